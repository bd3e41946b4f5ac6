"""Readers under load are given what those instants say for ever, however publishers stall before their commits."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article
from cms import clock
from tests.articles.refusals import sql
from tests.concurrency import alone, together
from tests.load.hands import PUBLISHING, SLUGS, Hand, some_articles
from tests.load.length import TIMES, Amounts, Load, chance
from tests.load.reading import LISTS, Given, given

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 8
READERS, PUBLISHERS, ARTICLES = 4, 3, 5
LEAD = (1, 4)
"""Seconds: how far ahead what is scheduled lies."""
STALLS = (0, 0, 0, 0.2, 0.6, 1.4)
"""Seconds before a commit, one of them beyond every stamp: what comes too late is rolled back and stamped again."""

BREATH = 0.05
"""Seconds between two steps of one publisher: SQLite's lock has no queue, and whoever asks again at once gets it."""

Reading = tuple[str, datetime, Given]


@pytest.mark.parametrize("round_", range(TIMES))
def test_what_four_readers_were_given_is_what_its_instant_says_later(
    round_: int, travel: Callable[[float], datetime]
) -> None:
    articles = some_articles(ARTICLES)
    hands = [Hand(articles, chance(100 * round_ + n), LEAD, pause=stalling(n)) for n in range(PUBLISHERS)]
    records: list[list[Reading]] = [[] for _ in range(READERS)]
    load = Load(SECONDS, lambda: done_and_read(hands, records))
    together(
        [
            *(lambda hand=hand: publish_during(load, hand) for hand in hands),
            *(
                lambda n=n, record=record: read_during(load, n, articles, record)
                for n, record in enumerate(records)
            ),
        ]
    )
    travel(2 * LEAD[1] + 2)
    replayed: dict[tuple[str, datetime], Given] = {}
    for address, instant, answer in (reading for record in records for reading in record):
        key = (address, instant)
        if key not in replayed:
            replayed[key] = given(Client(), address, instant)
        assert replayed[key] == answer, key
    assert not load.lacks()


def done_and_read(hands: list[Hand], records: list[list[Reading]]) -> Amounts:
    """Work was done, every reader read over several seconds, and what was read changed meanwhile."""
    readings = [reading for record in records for reading in tuple(record)]
    done = [step for hand in hands for step in tuple(hand.done)]
    return {
        "done": (len(done), SECONDS),
        "published": (sum(step in PUBLISHING for step in done), ARTICLES + 1),
        "readings of each": (min(len(record) for record in records), 1),
        "instants": (len({instant for _, instant, _ in readings}), SECONDS // 2),
        "answers": (len({answer for _, _, answer in readings}), ARTICLES + 1),
    }


def stalling(seed: int) -> Callable[[], None]:
    """A statement that the database takes its time over, now and then."""
    random = chance(seed)

    def stall() -> None:
        seconds = random.choice(STALLS)
        if seconds and connection.vendor == "postgresql":
            sql(f"SELECT pg_sleep({seconds})")
        elif seconds:
            connection.connection.create_function("stall", 1, lambda slept: time.sleep(slept))
            sql(f"SELECT stall({seconds})")

    return stall


def publish_during(load: Load, hand: Hand) -> None:
    while load.goes_on():
        alone(hand.step)
        time.sleep(BREATH)


def read_during(load: Load, seed: int, articles: list[Article], record: list[Reading]) -> None:
    random, client = chance(seed), Client()
    addresses = [
        *(f"/api/v1/articles/{article.pk}" for article in articles),
        *(f"/api/v1/articles/{slug}?locale=en" for slug in SLUGS),
        *LISTS,
    ]
    while load.goes_on():
        address = random.choice(addresses)
        record.extend(alone(lambda a=address: one_reading(client, a)))


def one_reading(client: Client, address: str) -> list[Reading]:
    """One answer with its instant; none when the clock ticked meanwhile, since nobody knows which second it is of."""
    before = clock.now()
    answer = given(client, address)
    same = clock.floor(before) == clock.read_instant()
    return [(address, clock.floor(before), answer)] if same else []


def test_a_walk_that_began_before_a_change_sees_one_state(travel: Callable[[float], datetime]) -> None:
    """R12 under load: pages that were asked for one by one, while publishers go on, are pages of one instant."""
    articles = some_articles(ARTICLES)
    hand = Hand(articles, chance(7), LEAD)
    walks: list[tuple[datetime, Given]] = []
    load = Load(SECONDS / 2, lambda: {"walks": (len(walks), 1), "done": (len(hand.done), ARTICLES)})

    def walk() -> None:
        while load.goes_on():
            walks.extend(alone(lambda: one_slow_walk(Client())))

    together([lambda: publish_during(load, hand), walk, walk])
    travel(timedelta(seconds=2 * LEAD[1] + 2).total_seconds())
    assert not load.lacks()
    for instant, cards in walks:
        assert given(Client(), "/api/v1/articles?limit=1", instant) == cards


def one_slow_walk(client: Client) -> list[tuple[datetime, Given]]:
    """The first page within one second, the rest over several; with the instant of the first."""
    before = clock.read_instant()
    first = client.get("/api/v1/articles?limit=1").json()
    if clock.read_instant() != before:
        return []
    cards = list(first["results"])
    following = first["next"]
    while following:
        time.sleep(0.3)
        page = client.get(following.removeprefix("http://testserver")).json()
        cards += page["results"]
        following = page["next"]
    return [(before, tuple(json.dumps(card).encode() for card in cards))]
