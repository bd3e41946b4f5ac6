"""Publishing: now, later, until; moving and cancelling what lies ahead; taking down."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from articles.actions.gathering import examined
from articles.actions.locking import count_write, locked, revision_of
from articles.actions.reviews import approval_of, writers_of_what_changed
from articles.actions.timeline import Transition, ahead, lay, rows_of
from articles.checks import findings
from articles.models import Article, Publication, Review, Revision
from cms import audit, clock, transactions
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch

TAKE_DOWN = {
    # (how, state now) -> state after
    ("withdraw", "live"): "withdrawn",
    ("unpublish", "live"): "gone",
    ("unpublish", "withdrawn"): "gone",
    ("archive", "live"): "gone",
    ("archive", "withdrawn"): "gone",
}
"""What taking down does to the row that covers now. Anything else is refused as a wrong state."""


@dataclass(frozen=True)
class Outcome:
    """A changed timeline. `row` is the publication the caller meant; `visible_at` when readers see the change."""

    article: Article
    row: Publication | None
    visible_at: datetime
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Desk:
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
            (t for t in (*covering, *self.transitions) if t.starts < instant), default=None, key=_begins
        )

    def free_instant(self) -> datetime:
        """The stamp, or the next second at which nothing else begins."""
        taken = {transition.starts for transition in self.transitions}
        instant = self.stamp
        while instant in taken:
            instant += timedelta(seconds=1)
        return instant


@transaction.atomic
def publish(
    *,
    article_id: UUID,
    revision: int,
    expected: IfMatch,
    by: User | None,
    effective_from: datetime | None = None,
    effective_until: datetime | None = None,
    update_type: str = "major",
    change_note: str = "",
    correction: str = "",
    break_glass: str = "",
) -> Outcome:
    """Make `revision` public: now, or from an instant ahead; for good, or until one.

    Raises InvalidContent (checks_failed, invalid_interval), WrongState (not_approved, instant_taken) and
    PreconditionFailed. The answer's `visible_at` is when readers see it.
    """
    desk = _open(article_id, expected)
    chosen = revision_of(desk.article, revision)
    starts = _start(desk, effective_from)
    _require_publishable(desk.article, chosen)
    transition = Transition(
        starts=starts,
        state="live",
        revision=chosen,
        update_type=update_type,
        created_at=clock.now(),
        created_by=by,
        change_note=change_note,
        correction=correction,
        break_glass=break_glass,
        review=_approval(desk.article, chosen, break_glass),
    )
    desk.transitions.append(transition)
    _end_at(desk, transition, effective_until)
    changes = {"archived_at": None}
    return _commit(
        desk, transition, "article.publish", by, changes, revision=revision, break_glass=bool(break_glass)
    )


@transaction.atomic
def reschedule(
    *,
    article_id: UUID,
    publication_id: UUID,
    expected: IfMatch,
    by: User | None,
    effective_from: datetime | None = None,
    effective_until: datetime | None = None,
    keep_end: bool = True,
) -> Outcome:
    """Move bounds that lie ahead. With `keep_end` false, `effective_until` (None: open) replaces the end.

    Raises WrongState for a bound that has begun, InvalidContent for an interval that ends before it begins.
    """
    desk = _open(article_id, expected)
    row = _row(desk, publication_id)
    end = _expiry_of(desk, row)
    transition = next((t for t in desk.transitions if t.id == row.pk), None) or Transition.of(row)
    if effective_from is not None:
        if row.effective_from <= desk.database_now:
            raise WrongState("It has begun; when it began is history.", code="has_begun")
        desk.transitions.remove(transition)
        transition = replace(transition, starts=_start(desk, effective_from))
        desk.transitions.append(transition)
    if not keep_end:
        desk.transitions = [t for t in desk.transitions if end is None or t.id != end.id]
        _end_at(desk, transition, effective_until)
    elif end and end.starts <= transition.starts:
        raise _bad_interval()
    return _commit(desk, transition, "article.reschedule", by, publication=str(row.pk))


@transaction.atomic
def cancel(*, article_id: UUID, publication_id: UUID, expected: IfMatch, by: User | None) -> Outcome:
    """Cancel a publication that has not begun, and the expiry that belonged to it. Raises WrongState if it has."""
    desk = _open(article_id, expected)
    row = _row(desk, publication_id)
    if row.effective_from <= desk.database_now:
        raise WrongState("It has begun; take the article down instead.", code="has_begun")
    end = _expiry_of(desk, row)
    dropped = {row.pk} | ({end.id} if end else set())
    desk.transitions = [t for t in desk.transitions if t.id not in dropped]
    return _commit(desk, None, "article.cancel", by, publication=str(row.pk))


@transaction.atomic
def take_down(
    *,
    article_id: UUID,
    how: str,
    expected: IfMatch,
    by: User | None,
    reason: str = "editorial",
    explanation: str = "",
    alternative_id: UUID | None = None,
) -> Outcome:
    """Withdraw (still readable, with a banner), unpublish (gone), or archive (gone, and off the desk's lists).

    Unpublishing and archiving cancel what was scheduled. Raises WrongState when there is nothing to take down.
    """
    desk = _open(article_id, expected)
    starts = desk.free_instant()
    before = desk.before(starts)
    state = TAKE_DOWN.get((how, before.state if before else "none"))
    if state is None or before is None:
        raise WrongState(f"An article that is not public cannot be taken down by {how}.", code="not_public")
    if (
        alternative_id
        and not Article.objects.on_desk().exclude(pk=article_id).filter(pk=alternative_id).exists()
    ):
        error = FieldError("unknown_article", "There is no such other article.", pointer="/alternative")
        raise InvalidContent("The alternative does not exist.", errors=(error,))
    if state == "gone" and desk.transitions:
        desk.transitions = []
        desk.warnings.append("What was scheduled after this has been cancelled.")
    transition = Transition(
        starts=starts,
        state=state,
        revision=before.revision,
        update_type="minor",
        created_at=clock.now(),
        created_by=by,
        reason=reason,
        explanation=explanation,
        alternative_id=alternative_id,
        review=before.review,
        break_glass="" if state == "gone" else before.break_glass,
    )
    desk.transitions.append(transition)
    archived = {"archived_at": clock.now()} if how == "archive" else {}
    return _commit(desk, transition, f"article.{how}", by, archived, reason=reason)


def _open(article_id: UUID, expected: IfMatch) -> _Desk:
    article = locked(article_id)
    expected.require(article.etag)
    rows = rows_of(article)
    now = clock.database_now()
    return _Desk(article, rows, ahead(rows, now), clock.stamp(), now)


def _start(desk: _Desk, effective_from: datetime | None) -> datetime:
    if effective_from is None:
        return desk.free_instant()
    if effective_from < desk.stamp:
        error = FieldError(
            "in_past", "It must lie ahead; leave it out to publish now.", pointer="/effective_from"
        )
        raise InvalidContent(
            "A publication cannot begin in the past.", code="invalid_interval", errors=(error,)
        )
    if any(transition.starts == effective_from for transition in desk.transitions):
        raise WrongState("Something else of this article begins at that very instant.", code="instant_taken")
    return effective_from


def _require_publishable(article: Article, revision: Revision) -> None:
    errors = tuple(
        FieldError(finding.code, finding.message, pointer=finding.location)
        for finding in findings(examined(article, revision))
        if finding.severity == "error"
    )
    if errors:
        raise InvalidContent("Checks of this revision failed.", code="checks_failed", errors=errors)


def _approval(article: Article, revision: Revision, break_glass: str) -> Review | None:
    """The approval a publication rests on. A medical one needs it, unless the glass is broken with a reason."""
    approval = approval_of(revision)
    if approval and approval.reviewer_id in writers_of_what_changed(article, revision):
        approval = None
    if revision.document["medical"] and approval is None and not break_glass:
        raise WrongState(
            "A medical article needs the approval of a reviewer who wrote none of what changed.",
            code="not_approved",
        )
    return approval


def _end_at(desk: _Desk, transition: Transition, until: datetime | None) -> None:
    """End `transition` with a `gone` row (reason `expired`) at `until`, unless another begins before or then."""
    if until is not None and (until <= transition.starts or until < desk.stamp):
        raise _bad_interval()
    later = (t for t in desk.transitions if t.starts > transition.starts)
    following = min(later, default=None, key=_begins)
    if following and (until is None or following.starts < until):
        desk.warnings.append(f"It ends where the next scheduled change begins: {_shown(following.starts)}.")
    if until is None or (following and following.starts <= until):
        return
    expiry = Transition(
        starts=until,
        state="gone",
        revision=transition.revision,
        update_type="minor",
        created_at=transition.created_at,
        created_by=transition.created_by,
        reason="expired",
    )
    desk.transitions.append(expiry)


def _expiry_of(desk: _Desk, row: Publication) -> Transition | None:
    """The expiry that follows a publication, if that is how it ends and was made with it: no other's goes with it."""
    made_with = (t for t in desk.transitions if t.reason == "expired" and t.created_at == row.created_at)
    return next((t for t in made_with if t.starts == row.effective_until), None)


def _row(desk: _Desk, publication_id: UUID) -> Publication:
    row = next((row for row in desk.rows if row.pk == publication_id), None)
    if row is None:
        raise NotFound("This article has no such publication.")
    if row.effective_until <= desk.database_now:
        raise WrongState("It is over; the past does not change.", code="has_ended")
    return row


def _commit(
    desk: _Desk,
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
    before: set[tuple[UUID, datetime, datetime]], desk: _Desk, written: list[Publication]
) -> set[datetime]:
    """Instants at which what readers see was changed by this transaction: all must still lie ahead at its commit."""
    begun = [row for row in desk.rows if row.effective_from <= desk.database_now]
    after = {(row.pk, row.effective_from, row.effective_until) for row in (*begun, *written)}
    bounds = {bound for _, *interval in before ^ after for bound in interval}
    return {bound for bound in bounds if desk.database_now < bound < clock.FAR}


def _begins(transition: Transition) -> datetime:
    return transition.starts


def _shown(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _bad_interval() -> InvalidContent:
    error = FieldError(
        "invalid_interval", "It must end after it begins, and ahead of now.", pointer="/effective_until"
    )
    return InvalidContent("The interval is not possible.", code="invalid_interval", errors=(error,))
