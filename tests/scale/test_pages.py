"""Any page of a list costs what its second costs, also the first and the last, counted in what the database does for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

import pytest
from django.db import connection
from django.test import Client

from articles.models import CatalogueItem
from articles.rendering.times import rfc3339
from cms import clock
from comments.models import Comment, Thread
from tests.scale.explaining import heard, nodes_of
from tests.scale.test_plans import many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many")]
__all__ = ["many"]

PAGES = 12
"""At least so many has each list here: were pages passed over one by one, the last would cost as much as all."""

ALIKE = 3.0
"""How much dearer than the dearest of its first followers the last page may be: versions that are over lie unevenly,
more of them the further back one goes."""


def addresses() -> Iterator[str]:
    now = clock.read_instant()
    then, soon = rfc3339(now - timedelta(days=200)), rfc3339(now - timedelta(days=3))
    topic = CatalogueItem.objects.of_kind("topic").order_by("id")[0].key
    long_ago = rfc3339(now - timedelta(days=700))
    for ordering in ("-published_at", "published_at", "-updated_at", "title"):
        first = f"/api/v1/articles?ordering={ordering}"
        yield f"{first}&limit=5"
        yield f"{first}&limit=4&locale=en"
        yield f"{first}&limit=1&topic={topic}"
        yield f"{first}&limit=2&locale=en&at={then}"
        yield f"{first}&limit=4&at={soon}"
        yield f"{first}&limit=2&at={long_ago}"
        yield f"{first}&limit=4&published_before={soon}"
        yield f"{first}&limit=4&published_after=2000-01-01T00:00:00Z"
        yield f"{first}&limit=4&updated_after=2000-01-01T00:00:00Z"
    yield "/api/v1/manifest?limit=5"
    yield f"/api/v1/manifest?limit=3&at={then}"
    thread = Thread.objects.order_by("-public_count")[0].article_id
    for asked in ("", "&ordering=created_at", "&depth=0"):
        yield f"/api/v1/articles/{thread}/comments?limit=8{asked}"


def test_the_first_and_the_last_page_cost_what_the_second_costs() -> None:
    for address in addresses():
        pages = list(every_page(address))
        assert len(pages) >= PAGES, f"{address} has {len(pages)} pages"
        first, early, late = cost(pages[0]), max(cost(page) for page in pages[1:4]), cost(pages[-2])
        told = f"{address}: the first {first} steps, then up to {early}, and the last {late}"
        assert max(first, late) <= ALIKE * early, told


def every_page(address: str) -> Iterator[str]:
    following = address
    while following:
        yield following
        said = Client().get(following).json()["next"]
        following = said and path_of(said)


def path_of(address: str) -> str:
    return f"/{address.partition('://')[2].partition('/')[2]}"


def cost(address: str) -> int:
    """What the database does for an address that was asked for before."""

    def ask() -> None:
        assert Client().get(address).status_code == 200

    return steps_of_sqlite(ask) if connection.vendor == "sqlite" else rows_of_postgresql(ask)


def steps_of_sqlite(work: Callable[[], None]) -> int:
    """Instructions of its virtual machine."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(count, 1)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return steps


def rows_of_postgresql(work: Callable[[], None]) -> int:
    """Rows that the statements look at, those included that they then drop."""
    return sum(
        round((node["Actual Rows"] + dropped(node)) * node["Actual Loops"])
        for said in heard(work)
        for node in nodes_of(said, "ANALYZE, TIMING OFF")
    )


def dropped(node: dict[str, float]) -> float:
    return sum(rows for name, rows in node.items() if name.startswith("Rows Removed by"))


def test_passing_over_rows_is_counted() -> None:
    """The measure itself: what reads more costs more."""
    comments = Comment.objects.order_by("id")
    few, many = (
        lambda: list(islice(comments[:5], 5)),
        lambda: list(comments.filter(path__gt=b"")[400:405]),
    )
    count = steps_of_sqlite if connection.vendor == "sqlite" else rows_of_postgresql
    assert count(many) > 10 * count(few)
