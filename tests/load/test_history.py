"""Whatever happened to a few articles in any order: what was served at an instant, lists too, stays said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Publication
from cms import clock
from tests.builders import SECOND
from tests.load.hands import SLUGS, Hand, some_articles
from tests.load.length import TIMES, chance
from tests.load.reading import LISTS, Given, given

pytestmark = pytest.mark.django_db
MARGIN = timedelta(hours=1)
"""How far ahead of the machine's clock a history begins: no stamp comes near what the database itself judges by."""
STEPS, ARTICLES, READ = 30, 5, 7


@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_every_instant_of_a_random_history_says_later_what_it_said_then(seed: int, client: Client) -> None:
    random = chance(seed)
    with a_clock_of_its_own() as pass_time:
        articles = some_articles(ARTICLES)
        hand = Hand(articles, random, lead=(3, 400), pause=connection.check_constraints)
        seen: dict[tuple[str, datetime], Given] = {}
        addresses = addresses_of(articles)
        for _ in range(STEPS):
            hand.step()
            read_all(client, random.sample(addresses, READ), seen)
            pass_time(random.choice([1, 2, 3, 60, 300]))
            read_all(client, random.sample(addresses, READ), seen)
        pass_time(3600)
        assert {key: given(client, *key) for key in seen} == seen
        assert_every_publication_says_what_it_said(client)
        assert len(hand.done) > STEPS / 4


@contextmanager
def a_clock_of_its_own() -> Iterator[Callable[[float], None]]:
    shift = MARGIN

    def go(seconds: float) -> None:
        nonlocal shift
        shift += timedelta(seconds=seconds)
        clock.set_shift(shift)

    try:
        go(0)
        yield go
    finally:
        clock.set_shift(timedelta(0))


def addresses_of(articles: list[Article]) -> list[str]:
    documents = [f"/api/v1/articles/{article.pk}" for article in articles]
    by_slug = [f"/api/v1/articles/{slug}?locale=en" for slug in SLUGS]
    return [*documents, *by_slug, *LISTS]


def read_all(client: Client, addresses: list[str], seen: dict[tuple[str, datetime], Given]) -> None:
    """Read everything at one instant; the clock may tick meanwhile, and then it is read again."""
    while True:
        instant = clock.read_instant()
        answers = {(address, instant): given(client, address) for address in addresses}
        if clock.read_instant() == instant:
            break
    for key, answer in answers.items():
        assert seen.setdefault(key, answer) == answer


def assert_every_publication_says_what_it_said(client: Client) -> None:
    """At its first and its last second, and under the number of its version."""
    connection.check_constraints()
    begun = Publication.objects.begun(clock.now()).exclude(state="gone").select_related("rendering")
    last_of: dict[tuple[object, int], Publication] = {}
    for row in begun.in_time_order():
        stored, address = bytes(row.rendering.body), f"/api/v1/articles/{row.article_id}"
        last_of[row.article_id, row.version] = row
        for instant in {row.effective_from, min(row.effective_until, clock.read_instant()) - SECOND}:
            assert given(client, address, instant) == (200, stored, row.etag)
    for (article_id, version), row in last_of.items():
        address = f"/api/v1/articles/{article_id}/versions/{version}"
        assert given(client, address) == (200, bytes(row.rendering.body), row.etag)
