"""Several server processes, each with a memory of its own: no answer is older than what had begun when it was asked."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from cms import clock
from tests.concurrency import alone, together
from tests.load.hands import SLUGS, Hand, some_articles
from tests.load.length import TIMES, Amounts, Load, chance
from tests.load.reading import Given, given
from tests.load.server import Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS, READERS, PUBLISHERS, ARTICLES, PROCESSES = 10, 3, 2, 4, 3
LEAD = (1, 4)
BREATH = 0.15
LIST, FEED = "/api/v1/articles?limit=100&locale=en", "/api/v1/feeds/articles.json?locale=en"


@dataclass(frozen=True)
class Reading:
    """What was given at an address, to somebody who asked and had it between two seconds of the clock."""

    address: str
    first: datetime
    last: datetime
    answer: Given


@pytest.mark.parametrize("round_", range(TIMES))
def test_no_process_gives_what_is_over(round_: int, travel: Callable[[float], datetime]) -> None:
    articles = some_articles(ARTICLES)
    addresses = [
        *(f"/api/v1/articles/{article.pk}" for article in articles),
        *(f"/api/v1/articles/{slug}?locale=en" for slug in SLUGS[:2]),
        LIST,
        FEED,
    ]
    hands = [Hand(articles, chance(1_000 + 10 * round_ + n), LEAD) for n in range(PUBLISHERS)]
    readings: list[Reading] = []
    with serving(workers=PROCESSES) as server:
        load = Load(SECONDS, lambda: done_and_read(hands, readings))
        readers = [
            threading.Thread(target=read_during, args=(load, server, chance(n), addresses, readings))
            for n in range(READERS)
        ]
        for reader in readers:
            reader.start()
        together([lambda hand=hand: publish_during(load, hand) for hand in hands])
        for reader in readers:
            reader.join()
    travel(2 * LEAD[1] + 2)
    truths: dict[tuple[str, datetime], Given] = {}
    for reading in readings:
        assert reading.answer in [truth(truths, reading.address, at) for at in seconds_of(reading)], reading
    assert not load.lacks()


def done_and_read(hands: list[Hand], readings: list[Reading]) -> Amounts:
    return {
        "done": (sum(len(hand.done) for hand in hands), SECONDS),
        "readings": (len(readings), 50 * SECONDS),
        "answers": (len({reading.answer for reading in tuple(readings)}), ARTICLES + 1),
    }


def seconds_of(reading: Reading) -> list[datetime]:
    """The seconds that the answer may speak of; nearly always it is one."""
    count = int((reading.last - reading.first).total_seconds()) + 1
    return [reading.first + timedelta(seconds=number) for number in range(count)]


def truth(known: dict[tuple[str, datetime], Given], address: str, at: datetime) -> Given:
    """What the database says of an instant, past the memory of any process. A feed is a list, told otherwise."""
    if (address, at) not in known:
        answer = given(Client(), LIST if address == FEED else address, at)
        known[address, at] = tuple(_item(json.loads(card)) for card in answer) if address == FEED else answer
    return known[address, at]


def _item(found: dict[str, Any]) -> tuple[str, ...]:
    """What a card and an item of a feed say alike."""
    return (found["id"], found["title"], found["summary"])


def publish_during(load: Load, hand: Hand) -> None:
    while load.goes_on():
        alone(hand.step)
        time.sleep(BREATH)


def read_during(load: Load, server: Server, random, addresses: list[str], readings: list[Reading]) -> None:
    while load.goes_on():
        address = random.choice(addresses)
        answer = server.call("GET", address)
        first, last = (
            clock.floor(datetime.fromtimestamp(moment, UTC)) for moment in (answer.sent, answer.came)
        )
        readings.append(Reading(address, first, last, as_given(answer)))


def as_given(answer) -> Given:
    """In the form of `tests.load.reading.given`."""
    if "items" in (answer.body or {}):
        return tuple(_item(item) for item in answer.body["items"])
    if "results" in (answer.body or {}):
        return tuple(json.dumps(card).encode() for card in answer.body["results"])
    if answer.status == 200:
        return (200, answer.content, answer.headers["ETag"])
    if answer.status == 308:
        return (308, answer.headers["Location"].partition("?")[0].removeprefix("http://testserver"))
    problem = answer.body
    return (answer.status, problem["code"], problem.get("reason"), problem.get("alternative_href"))
