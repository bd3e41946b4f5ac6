"""Whatever becomes of the catalogue, `at` gives back what was served: entry by entry and list by list, to the byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import actions
from articles.models import CatalogueItem
from cms import clock
from cms.errors import DomainError
from cms.preconditions import IfMatch
from tests.articles.api.walking import kept_for
from tests.articles.memento.links import rfc3339
from tests.builders import SECOND, ago, an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
MARGIN = timedelta(hours=1)
KEYS = ("alpha", "beta", "gamma")
PATHS = {
    "topic": "topics",
    "person": "people",
    "reference": "references",
    "legal_status": "legal-statuses",
    "helpline": "helplines",
}
DETAILED = ("topic", "person", "reference")
STEPS = st.tuples(
    st.sampled_from(["create", "save", "save", "retire"]),
    st.sampled_from(KEYS),
    st.sampled_from([0, 1, 2, 60, 300]),
)
SEQUENCES = st.lists(STEPS, min_size=2, max_size=9)


@dataclass
class Shelf:
    """One kind of entries under a random hand, and everything that a reader was given meanwhile."""

    kind: str
    api: ApiClient = field(default_factory=ApiClient)
    shift: timedelta = MARGIN
    seen: dict[tuple[datetime, str], tuple[int, bytes]] = field(default_factory=dict)

    @property
    def places(self) -> list[str]:
        """The list, and the entries where the kind has addresses for them."""
        path = f"/api/v1/{PATHS[self.kind]}"
        entries = [f"{path}/{key}" for key in KEYS] if self.kind in DETAILED else []
        return [f"{path}?country=CA" if self.kind == "helpline" else path, *entries]

    def take(self, verb: str, key: str) -> None:
        """One step; one that is refused changes nothing."""
        item = CatalogueItem.objects.filter(kind=self.kind, key=key).first()
        try:
            with transaction.atomic():
                if verb == "create" or item is None:
                    self.create(key)
                else:
                    getattr(self, verb)(item, IfMatch((item.etag,)))
        except DomainError:
            pass

    def create(self, key: str) -> None:
        pattern = CatalogueItem.objects.get(kind=self.kind, key="pattern").versions.get()
        actions.create_entry(kind=self.kind, key=key, content=pattern.document, by=None)

    def save(self, item: CatalogueItem, expected: IfMatch) -> None:
        head = item.versions.get(number=item.head_number).document
        words = {"note": f"Version {item.head_number + 1}.", "summary": f"Version {item.head_number + 1}."}
        actions.save_entry(item_id=item.pk, content=head | words, expected=expected, by=None)

    def retire(self, item: CatalogueItem, expected: IfMatch) -> None:
        actions.retire_entry(item_id=item.pk, expected=expected, by=None)

    def pass_time(self, seconds: float) -> None:
        self.shift += timedelta(seconds=seconds)
        clock.set_shift(self.shift)

    def read(self) -> None:
        for place in self.places:
            before = clock.read_instant()
            answer = served(self.api, place)
            if clock.read_instant() == before:  # else nobody knows which second the answer speaks of
                self.seen[before, place] = answer

    def replay(self) -> None:
        for (instant, place), answer in self.seen.items():
            mark = "&" if "?" in place else "?"
            assert served(self.api, f"{place}{mark}at={rfc3339(instant)}") == answer, (instant, place)


def served(api: ApiClient, address: str) -> tuple[int, bytes]:
    """Status and body; without the body of a problem, which names the request."""
    answer = api.get(address)
    return answer.status_code, answer.content if answer.status_code == 200 else b""


@contextmanager
def a_shelf(kind: str) -> Iterator[Shelf]:
    """A shelf with one entry, whose rows and clock are taken back afterwards."""
    try:
        with transaction.atomic():
            clock.set_shift(MARGIN)
            an_entry(kind, "pattern", since=ago(days=1))
            yield Shelf(kind)
            transaction.set_rollback(True)
    finally:
        clock.set_shift(timedelta(0))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(PATHS)), SEQUENCES)
def test_what_was_served_at_an_instant_is_what_that_instant_says(
    kind: str, sequence: list[tuple[str, str, int]]
) -> None:
    with a_shelf(kind) as shelf:
        for verb, key, seconds in sequence:
            shelf.read()
            shelf.take(verb, key)
            shelf.read()
            shelf.pass_time(seconds)
        shelf.read()
        shelf.replay()


def at(path: str, instant: datetime) -> str:
    return f"/api/v1/{path}?at={rfc3339(instant)}"


@pytest.mark.parametrize("kind", DETAILED)
def test_before_its_first_version_an_entry_is_404_and_in_no_list(api: ApiClient, kind: str) -> None:
    path = PATHS[kind]
    began = an_entry(kind, "alpha").versions.get().effective_from
    before = api.get(at(f"{path}/alpha", began - SECOND))
    assert (before.status_code, before.json()["code"], before["Cache-Control"]) == (
        404,
        "not_found",
        "no-store",
    )
    assert api.get(at(path, began - SECOND)).json()["results"] == []
    assert api.get(at(f"{path}/alpha", began)).status_code == 200
    assert len(api.get(at(path, began)).json()["results"]) == 1


@pytest.mark.parametrize("kind", ["legal_status", "helpline"])
def test_before_its_first_version_an_entry_is_in_no_list(api: ApiClient, kind: str) -> None:
    began = an_entry(kind, "alpha").versions.get().effective_from
    country = "&country=CA" if kind == "helpline" else ""
    for instant, expected in ((began - SECOND, 0), (began, 1)):
        found = api.get(at(PATHS[kind], instant) + country).json()["results"]
        assert len(found) == expected


@pytest.mark.parametrize("kind", DETAILED)
def test_once_it_is_retired_an_entry_is_404_and_its_past_stays(
    api: ApiClient, kind: str, travel: Any
) -> None:
    item = an_entry(kind, "alpha")
    was = api.get(f"/api/v1/{PATHS[kind]}/alpha")
    before = clock.read_instant()
    actions.retire_entry(item_id=item.pk, expected=IfMatch((item.etag,)), by=None)
    travel(3)
    assert api.get(f"/api/v1/{PATHS[kind]}/alpha").status_code == 404
    assert api.get(at(f"{PATHS[kind]}/alpha", before)).content == was.content


@pytest.mark.parametrize("kind", DETAILED)
def test_no_age_of_an_entry_passes_the_second_at_which_it_changes(
    api: ApiClient, kind: str, travel: Any
) -> None:
    item = an_entry(kind, "alpha")
    place = f"/api/v1/{PATHS[kind]}/alpha"
    assert kept_for(api.get(place)) == 120
    actions.retire_entry(item_id=item.pk, expected=IfMatch((item.etag,)), by=None)
    ends = item.versions.get().effective_until
    assert kept_for(api.get(place)) <= (ends - clock.now()).total_seconds() + 0.5


@pytest.mark.parametrize(
    "place", [f"{path}{part}" for path in ("topics", "people") for part in ("", "/alpha")]
)
def test_an_instant_ahead_is_refused_everywhere(api: ApiClient, place: str) -> None:
    answer = api.get(at(place, clock.read_instant() + 30 * SECOND))
    assert (answer.status_code, answer.json()["code"]) == (400, "at_in_future")
