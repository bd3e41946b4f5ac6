"""Several server processes: a text that was taken out of the past is in the memory of none of them any more."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from articles.models import Article
from articles.rendering.times import rfc3339
from cms import clock
from cms.models import User
from tests.articles.suppression.histories import (
    article_with_a_secret,
    suppressed,
    when_it_was_public,
)
from tests.concurrency import alone
from tests.load.length import chance
from tests.load.server import Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
READERS, PROCESSES = 3, 3
SLUGS = ("sleep", "dreams", "calm", "waking")
Reading = tuple[UUID, float, float, int]
"""Of which article, when it was asked and when it came (readings of the machine's clock), and the status."""


def test_what_was_suppressed_is_given_by_no_process(author: User, editor: User, administrator: User) -> None:
    articles = [article_with_a_secret(author, slug) for slug in SLUGS]
    then, readings, over = rfc3339(when_it_was_public()), list[Reading](), threading.Event()
    with serving(workers=PROCESSES) as server:
        readers = [
            threading.Thread(target=read_until, args=(over, server, chance(n), articles, then, readings))
            for n in range(READERS)
        ]
        for reader in readers:
            reader.start()
        taken = {article.pk: taken_out(article, editor, administrator) for article in articles}
        time.sleep(1)
        over.set()
        for reader in readers:
            reader.join()
    for article_id, sent, came, status in readings:
        began, gone = taken[article_id]
        assert status in (200, 410)
        assert status == 410 or sent < gone.timestamp(), "a text that was out of reach"
        assert status == 200 or came > began, "a text that was within reach"
    assert {status for _, _, _, status in readings} == {200, 410}
    assert len(readings) > 20 * len(articles)


def taken_out(article: Article, one: User, other: User) -> tuple[float, datetime]:
    """When it began, and from when on nobody is given the text."""
    began = time.time()
    found = alone(lambda: suppressed(article, by=one, second=other))
    clock.wait_until(found.visible_at)
    return began, found.visible_at


def read_until(
    over: threading.Event,
    server: Server,
    random: Callable,
    articles: list[Article],
    then: str,
    readings: list[Reading],
) -> None:
    while not over.is_set():
        article = random.choice(articles)
        here = f"/api/v1/articles/{article.pk}"
        answer = server.call("GET", random.choice([f"{here}/versions/1", f"{here}?at={then}"]))
        readings.append((article.pk, answer.sent, answer.came, answer.status))
