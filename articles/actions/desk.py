"""One article's timeline under its lock: what a verb changes, and how the change is laid down and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import dropwhile
from uuid import UUID

from articles.actions.approval import settle
from articles.actions.locking import count_write, locked
from articles.actions.releases.neighbours import lock_with
from articles.actions.timeline import Transition, ahead, clear, rows_of, write
from articles.models import Article, Publication
from cms import audit, clock, transactions
from cms.models import User
from cms.preconditions import IfMatch


@dataclass(frozen=True)
class Outcome:
    """A changed timeline. `row` is the publication the caller meant; `visible_at` when readers see the change."""

    article: Article
    row: Publication | None
    visible_at: datetime
    warnings: list[str] = field(default_factory=list)
    suppression_id: UUID | None = None
    """What was asked for along with it."""


@dataclass
class Desk:
    """One article's timeline under its lock, with the stamp at which a change made now begins."""

    article: Article
    rows: list[Publication]
    transitions: list[Transition]
    stamp: datetime
    database_now: datetime
    warnings: list[str] = field(default_factory=list)

    @property
    def covering(self) -> Publication | None:
        return next(
            (row for row in self.rows if row.effective_from <= self.database_now < row.effective_until), None
        )

    def before(self, instant: datetime) -> Transition | None:
        """What covers the moment before `instant`: it may still lie ahead of now."""
        covering = [Transition.of(self.covering)] if self.covering else []
        return max(
            (t for t in (*covering, *self.transitions) if t.starts < instant), default=None, key=begins
        )

    def releases(self) -> set[UUID]:
        """Releases that make something begin on this article, ahead of now."""
        return {transition.release.pk for transition in self.transitions if transition.release}

    def without_an_end_of_nothing(self) -> list[Transition]:
        """The transitions but those that would make an article gone before it was ever public."""
        if any(row.effective_from <= self.database_now for row in self.rows):
            return self.transitions
        return list(dropwhile(lambda each: each.state == "gone", sorted(self.transitions, key=begins)))

    def free_instant(self) -> datetime:
        """The stamp, or the next second at which nothing else begins."""
        taken = {transition.starts for transition in self.transitions}
        instant = self.stamp
        while instant in taken:
            instant += timedelta(seconds=1)
        return instant


def open_desk(article_id: UUID, expected: IfMatch) -> Desk:
    """Take the article under lock. Raises NotFound, and PreconditionFailed when it was changed since it was read."""
    lock_with([article_id])
    article = locked(article_id)
    expected.require(article.etag)
    return desk_of(article)


def desk_of(article: Article) -> Desk:
    """The desk of an article that is locked already, or that is only looked at."""
    rows = rows_of(article)
    now = clock.database_now()
    return Desk(article, rows, ahead(rows, now), clock.stamp(), now)


def commit(
    desk: Desk,
    transition: Transition | None,
    verb: str,
    by: User | None,
    changes: Mapping[str, object] | None = None,
    **detail: object,
) -> Outcome:
    """Lay down what one desk plans, and record it. Raises InvalidContent when a minor update is minor no longer."""
    settle(desk, transition, by)
    written = lay_down_together([desk])[desk.article.pk]
    record(desk, verb, by, changes, **detail)
    row = next((row for row in written if transition and row.pk == transition.id), None)
    if transition and row is None:
        row = next(row for row in desk.rows if row.pk == transition.id)
    visible_at = transition.starts if transition else desk.stamp
    return Outcome(desk.article, row, visible_at, desk.warnings)


def lay_down_together(desks: Sequence[Desk]) -> dict[UUID, list[Publication]]:
    """Make the rows ahead of every desk be its transitions; returns them by article.

    All end what they end before any begins anything, so that a slug may pass from one to another.
    """
    before = {desk.article.pk: _intervals(desk.rows) for desk in desks}
    for desk in desks:
        settle(desk, None, None)
        desk.transitions = desk.without_an_end_of_nothing()
    begun = {
        desk.article.pk: clear(desk.article, desk.rows, desk.transitions, desk.database_now) for desk in desks
    }
    written = {
        desk.article.pk: write(desk.article, begun[desk.article.pk], desk.transitions) for desk in desks
    }
    instants = {
        instant
        for desk in desks
        for instant in _moved(before[desk.article.pk], desk, written[desk.article.pk])
    }
    if instants:
        transactions.must_commit_before(min(instants))
    return written


def record(
    desk: Desk, verb: str, by: User | None, changes: Mapping[str, object] | None = None, **detail: object
) -> None:
    """Count the write of the article, and say in the audit who did it."""
    count_write(desk.article, **(changes or {}))
    audit.record(
        verb=verb, subject_type="article", subject=desk.article.pk, by=by, at=clock.now(), detail=detail
    )


def _intervals(rows: list[Publication]) -> set[tuple[UUID, datetime, datetime]]:
    return {(row.pk, row.effective_from, row.effective_until) for row in rows}


def _moved(
    before: set[tuple[UUID, datetime, datetime]], desk: Desk, written: list[Publication]
) -> set[datetime]:
    """Instants at which what readers see was changed by this transaction: all must still lie ahead at its commit."""
    begun = [row for row in desk.rows if row.effective_from <= desk.database_now]
    bounds = {bound for _, *interval in before ^ _intervals([*begun, *written]) for bound in interval}
    return {bound for bound in bounds if desk.database_now < bound < clock.FAR}


def begins(transition: Transition) -> datetime:
    return transition.starts
