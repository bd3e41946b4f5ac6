"""Whatever the desk does and whenever: what was served at an instant is what that instant will always say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import actions
from articles.models import Article, Publication
from cms import clock, transactions
from cms.clock import FAR
from cms.errors import DomainError
from tests.articles.reader import served
from tests.builders import SECOND, a_revision, ahead, an_article, published, rows, tag, taken_down

pytestmark = pytest.mark.django_db
MARGIN = timedelta(hours=1)
"""How far ahead of the machine's clock a sequence begins: no stamp comes near what the database itself judges by."""

LATER = st.integers(min_value=3, max_value=400)
STEPS = st.one_of(
    st.tuples(st.just("write")),
    st.tuples(st.just("publish"), st.none() | LATER, st.none() | LATER, st.sampled_from(["major", "minor"])),
    st.tuples(st.just("move"), st.integers(0, 5), LATER),
    st.tuples(st.just("end"), st.integers(0, 5), st.none() | LATER),
    st.tuples(st.just("cancel"), st.integers(0, 5)),
    st.tuples(st.just("take_down"), st.sampled_from(["withdraw", "unpublish", "archive"])),
)
SEQUENCES = st.lists(st.tuples(STEPS, st.sampled_from([0, 0, 1, 2, 60, 300])), min_size=2, max_size=10)


@dataclass
class Desk:
    """One article under a random hand, and everything that a reader was given meanwhile."""

    article: Article
    shift: timedelta = MARGIN
    seen: dict[datetime, bytes | str | None] = field(default_factory=dict)

    def take(self, step: tuple[Any, ...]) -> None:
        """One step; one that is refused changes nothing."""
        before = timeline(self.article)
        try:
            with transaction.atomic():
                getattr(self, step[0])(*step[1:])
                connection.check_constraints()
        except DomainError:
            assert timeline(self.article) == before

    def pass_time(self, seconds: float) -> None:
        self.shift += timedelta(seconds=seconds)
        clock.set_shift(self.shift)

    def read(self) -> None:
        instant = clock.read_instant()
        self.seen[instant] = served(self.article, instant)

    def write(self) -> None:
        a_revision(self.article, summary=f"Written as number {len(self.seen)} at {clock.now()}.")

    def publish(self, starts: int | None, lasts: int | None, update_type: str) -> None:
        begins = ahead(seconds=starts) if starts else None
        ends = (begins or ahead()) + timedelta(seconds=lasts) if lasts else None
        published(self.article, effective_from=begins, effective_until=ends, update_type=update_type)

    def move(self, index: int, seconds: int) -> None:
        self._reschedule(index, effective_from=ahead(seconds=seconds))

    def end(self, index: int, seconds: int | None) -> None:
        self._reschedule(index, keep_end=False, effective_until=ahead(seconds=seconds) if seconds else None)

    def cancel(self, index: int) -> None:
        if row := self._row(index):
            actions.cancel(
                article_id=self.article.pk, publication_id=row.pk, expected=tag(self.article), by=None
            )

    def take_down(self, how: str) -> None:
        taken_down(self.article, how, explanation="Outdated.")

    def _reschedule(self, index: int, **bounds: Any) -> None:
        if row := self._row(index):
            transactions.run(
                lambda: actions.reschedule(
                    article_id=self.article.pk,
                    publication_id=row.pk,
                    expected=tag(self.article),
                    by=None,
                    **bounds,
                )
            )

    def _row(self, index: int) -> Publication | None:
        found = rows(self.article)
        return found[-1 - index % len(found)] if found else None


@contextmanager
def a_desk() -> Iterator[Desk]:
    """A desk whose rows and clock are taken back afterwards."""
    try:
        with transaction.atomic():
            clock.set_shift(MARGIN)
            yield Desk(an_article())
            transaction.set_rollback(True)
    finally:
        clock.set_shift(timedelta(0))


def timeline(article: Article) -> list[tuple[Any, ...]]:
    return list(
        Publication.objects.filter(article=article)
        .in_time_order()
        .values_list("id", "version", "state", "effective_from", "effective_until", "etag")
    )


def after_each_step(
    sequence: list[tuple[tuple[Any, ...], int]], judges: tuple[Callable[[Desk], None], ...]
) -> None:
    with a_desk() as desk:
        for step, seconds in sequence:
            desk.read()
            desk.take(step)
            desk.read()
            desk.pass_time(seconds)
            desk.read()
            for judge in judges:
                judge(desk)


def one_row_covers_every_instant(desk: Desk) -> None:
    found = rows(desk.article)
    if not found:
        return
    begin = found[0].effective_from
    bounds = {row.effective_from for row in found} | {clock.read_instant(), FAR - SECOND}
    for instant in sorted({bound + offset for bound in bounds for offset in (-SECOND, 0 * SECOND, SECOND)}):
        if begin <= instant < FAR:
            assert sum(row.effective_from <= instant < row.effective_until for row in found) == 1


def what_was_seen_is_what_is_said(desk: Desk) -> None:
    for instant, given_then in desk.seen.items():
        assert served(desk.article, instant) == given_then


def versions_count_up_in_time(desk: Desk) -> None:
    found = [row for row in rows(desk.article) if row.update_type != "rerender"]
    assert [row.version for row in found] == list(range(1, len(found) + 1))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SEQUENCES)
def test_whatever_the_desk_does_time_that_has_passed_stays_as_it_was(
    sequence: list[tuple[tuple[Any, ...], int]],
) -> None:
    after_each_step(
        sequence, (one_row_covers_every_instant, what_was_seen_is_what_is_said, versions_count_up_in_time)
    )
