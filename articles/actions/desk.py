"""One article's timeline under its lock: what a verb changes, and how the change is laid down and told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from articles.actions.locking import count_write, locked
from articles.actions.timeline import Transition, ahead, lay, rows_of
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

    def free_instant(self) -> datetime:
        """The stamp, or the next second at which nothing else begins."""
        taken = {transition.starts for transition in self.transitions}
        instant = self.stamp
        while instant in taken:
            instant += timedelta(seconds=1)
        return instant


def open_desk(article_id: UUID, expected: IfMatch) -> Desk:
    article = locked(article_id)
    expected.require(article.etag)
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
    before = {(row.pk, row.effective_from, row.effective_until) for row in desk.rows}
    written = lay(desk.article, desk.rows, desk.transitions, desk.database_now)
    instants = _moved(before, desk, written)
    if instants:
        transactions.must_commit_before(min(instants))
    count_write(desk.article, **(changes or {}))
    audit.record(
        verb=verb, subject_type="article", subject=desk.article.pk, by=by, at=clock.now(), detail=detail
    )
    row = next((row for row in written if transition and row.pk == transition.id), None)
    if transition and row is None:
        row = next(row for row in desk.rows if row.pk == transition.id)
    visible_at = transition.starts if transition else desk.stamp
    return Outcome(desk.article, row, visible_at, desk.warnings)


def _moved(
    before: set[tuple[UUID, datetime, datetime]], desk: Desk, written: list[Publication]
) -> set[datetime]:
    """Instants at which what readers see was changed by this transaction: all must still lie ahead at its commit."""
    begun = [row for row in desk.rows if row.effective_from <= desk.database_now]
    after = {(row.pk, row.effective_from, row.effective_until) for row in (*begun, *written)}
    bounds = {bound for _, *interval in before ^ after for bound in interval}
    return {bound for bound in bounds if desk.database_now < bound < clock.FAR}


def begins(transition: Transition) -> datetime:
    return transition.starts
