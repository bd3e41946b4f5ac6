"""R7: what is scheduled is visible within a second of its instant, and gone within one of its end, with no worker.

No answer may be kept by a cache past the next transition that was known.
"""

import re
import time
from collections.abc import Callable
from datetime import datetime

import pytest

from articles.models import Article
from articles.rendering.times import rfc3339
from cms.models import User
from tests.builders import ahead, an_article, fresh
from tests.load.server import Answer, Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
BEGINS, ENDS = 3, 6
"""Seconds from now."""
LATE = 1.0
_AGES = re.compile(r"(?:max-age|stale-while-revalidate)=(\d+)")
ADDRESSES = ("/api/v1/articles/sleep", "/api/v1/articles/sleep?locale=en", "/api/v1/articles?locale=en")


def test_publishing_and_expiry_come_to_the_second_with_no_worker(
    editor: User, token_for: Callable[..., str]
) -> None:
    article = an_article()
    with serving() as server:
        begins, ends = ahead(seconds=BEGINS), ahead(seconds=ENDS)
        schedule(server, article, token_for(editor), begins, ends)
        answers: dict[str, list[Answer]] = {address: [] for address in ADDRESSES}
        while time.time() < ends.timestamp() + 2 * LATE:
            for address in ADDRESSES:
                answers[address].append(server.call("GET", address))
            time.sleep(0.03)
    for address, read in answers.items():
        assert_in_time(address, read, begins.timestamp(), ends.timestamp())


def schedule(server: Server, article: Article, token: str, begins: datetime, ends: datetime) -> None:
    answer = server.call(
        "POST",
        f"/api/v1/editorial/articles/{article.pk}/publications",
        {"revision": 1, "effective_from": rfc3339(begins), "effective_until": rfc3339(ends)},
        {
            "authorization": f"Bearer {token}",
            "if-match": fresh(article).etag,
            "idempotency-key": "once-and-for-all",
        },
    )
    assert answer.status == 201, answer.body


def assert_in_time(address: str, read: list[Answer], begins: float, ends: float) -> None:
    visible = [answer for answer in read if shows(answer)]
    assert visible, address
    assert all(begins <= answer.came and answer.sent < ends for answer in visible)
    assert visible[0].came - begins <= LATE
    after = [answer for answer in read if answer.sent >= ends]
    assert after
    assert not any(shows(answer) for answer in after)
    assert after[0].came - ends <= LATE
    for answer in read:
        lasting = sum(int(age) for age in _AGES.findall(answer.headers.get("Cache-Control", "")))
        if shows(answer):
            assert answer.sent + lasting <= ends
        elif answer.came < begins:
            assert lasting == 0 or answer.sent + lasting <= begins
            assert answer.status == 200 or answer.headers["Cache-Control"] == "no-store"


def shows(answer: Answer) -> bool:
    """Whether the article is there, alone or in a list."""
    return answer.status == 200 and ("results" not in answer.body or bool(answer.body["results"]))
