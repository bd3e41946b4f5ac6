"""What the service keeps in memory has a bound: after many requests of every kind it is what it was after some.

Requests in the thousands here; `make soak` sends a hundred thousand, over ten thousand articles.
"""

import json
import threading
from collections import Counter
from itertools import count
from random import Random
from urllib.parse import quote

import pytest
from django.core.management import call_command

from articles.models import Publication
from benchmarks.serving import memory_of
from cms import clock
from comments.models import Thread
from tests.load.length import TIMES, chance
from tests.load.server import Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES, REPLIES, REQUESTS = (40, 200, 1_000) if TIMES == 1 else (10_000, 20_000, 100_000)
WARM = REQUESTS // 5
WORKERS, CALLERS = 2, 4
MOST_MEGABYTES = 350
"""Of the whole service: what its processes share counts once (PSS), for it is there once."""

MOST_GROWTH = 1.25 if TIMES == 1 else 1.05
"""After so few requests what is kept of answers is still growing towards its bound (`DELIVERY_MEMORY`)."""

WORDS = ("garden", "letters", "bread", "quiet walks", '"the old garden"', "nothing-of-that-name")
ADDRESSES = count()


def test_memory_is_flat_and_small_whatever_is_asked() -> None:
    call_command("seed_scale", articles=ARTICLES, versions=1, comments=REPLIES, words=120)
    kinds = addresses()
    told: Counter[int] = Counter()
    with serving(workers=WORKERS, TRUSTED_PROXIES="1") as server:
        ask(server, kinds, WARM, told)
        warm = memory_of(server.pid)
        ask(server, kinds, REQUESTS - WARM, told)
        late = memory_of(server.pid)
    assert set(told) <= {200, 201, 202, 304, 404, 410}, told
    assert told.total() == REQUESTS
    assert late.processes == warm.processes >= WORKERS
    assert late.pss < MOST_MEGABYTES, (warm, late)
    assert late.rss < warm.rss * MOST_GROWTH, (warm, late)


def addresses() -> dict[str, list[str]]:
    """Of every kind that readers ask for."""
    live = Publication.objects.live(clock.read_instant()).order_by("id")
    found = list(live.values_list("slug", "locale", "article_id"))
    threads = list(Thread.objects.order_by("-public_count").values_list("article_id", flat=True)[:50])
    orders = ("-published_at", "published_at", "-updated_at", "title")
    return {
        "articles": [f"/api/v1/articles/{slug}?locale={locale}" for slug, locale, _ in found],
        "lists": [f"/api/v1/articles?limit={n}&ordering={order}" for n in range(1, 101) for order in orders],
        "searches": [f"/api/v1/search?q={quote(word)}&limit={n}" for word in WORDS for n in range(1, 51)],
        "replies": [f"/api/v1/articles/{pk}/comments?limit={n}" for pk in threads for n in range(1, 51)],
        "nothing": [f"/api/v1/articles/nothing-{n}?locale=en" for n in range(10_000)],
        "past": [f"/api/v1/articles/{pk}/versions/1" for _, _, pk in found],
        "posting": [f"/api/v1/articles/{pk}/comments" for _, _, pk in found],
    }


def ask(server: Server, kinds: dict[str, list[str]], number: int, told: Counter[int]) -> None:
    """So many requests by several callers at once."""
    counts = [Counter[int]() for _ in range(CALLERS)]
    shares = [number // CALLERS + (place < number % CALLERS) for place in range(CALLERS)]
    callers = [
        threading.Thread(target=call, args=(server, kinds, share, chance(number + place), counts[place]))
        for place, share in enumerate(shares)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    for counted in counts:
        told.update(counted)


def call(
    server: Server, kinds: dict[str, list[str]], number: int, random: Random, told: Counter[int]
) -> None:
    """Nine in ten read."""
    names = list(kinds)
    for _ in range(number):
        name = random.choice(names[:-1]) if random.random() < 0.9 else names[-1]
        address = random.choice(kinds[name])
        told[post(server, address) if name == "posting" else get(server, address, random)] += 1


def get(server: Server, address: str, random: Random) -> int:
    coding = {"accept-encoding": "gzip"} if random.random() < 0.5 else {}
    return server.ask("GET", address, headers=coding)


def post(server: Server, address: str) -> int:
    """From an address of its own, so that no limit is met."""
    place = next(ADDRESSES)
    reply = {
        "author_name": "A reader",
        "author_email": f"reader-{place}@example.org",
        "text": f"The bowl on our table has a seam too. Thank you for this text, number {place}.",
    }
    sender = f"10.{place // 65_536}.{place // 256 % 256}.{place % 256}"
    headers = {
        "content-type": "application/json",
        "idempotency-key": f"reply-{place}",
        "x-forwarded-for": sender,
    }
    return server.ask("POST", address, json.dumps(reply), headers)
