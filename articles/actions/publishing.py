"""Publishing: now, later, until; moving and cancelling what lies ahead."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.desk import Desk, Outcome, begins, commit, open_desk
from articles.actions.planning import Publishing, plan
from articles.actions.releases import revisiting as releases
from articles.actions.timeline import Transition
from articles.models import Publication
from articles.rendering.times import rfc3339
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch


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
    desk = open_desk(article_id, expected)
    change = Publishing(revision, update_type, change_note, correction, break_glass)
    transition = plan(desk, change, starts=_start(desk, effective_from), by=by)
    _end_at(desk, transition, effective_until)
    outcome = commit(
        desk,
        transition,
        "article.publish",
        by,
        {"archived_at": None},
        revision=revision,
        break_glass=bool(break_glass),
    )
    return releases.after(outcome, desk)


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
    desk = open_desk(article_id, expected)
    row = row_of(desk, publication_id)
    releases.require_free(desk, row)
    end = _expiry_of(desk, row)
    transition = next((t for t in desk.transitions if t.id == row.pk), None) or Transition.of(row)
    if effective_from is not None:
        if row.effective_from <= desk.database_now:
            raise WrongState("It has begun; when it began is history.", code="has_begun")
        desk.transitions = [t for t in _without_renderings_of(row, desk) if t.id != row.pk]
        transition = replace(transition, starts=_start(desk, effective_from))
        desk.transitions.append(transition)
    if not keep_end:
        desk.transitions = [t for t in desk.transitions if end is None or t.id != end.id]
        _end_at(desk, transition, effective_until)
    elif end and end.starts <= transition.starts:
        raise _bad_interval()
    if transition in desk.transitions and transition not in desk.without_an_end_of_nothing():
        raise _bad_interval()
    outcome = commit(desk, transition, "article.reschedule", by, publication=str(row.pk))
    return releases.after(outcome, desk)


@transaction.atomic
def cancel(*, article_id: UUID, publication_id: UUID, expected: IfMatch, by: User | None) -> Outcome:
    """Cancel a publication that has not begun, and the expiry that belonged to it. Raises WrongState if it has."""
    desk = open_desk(article_id, expected)
    row = row_of(desk, publication_id)
    if row.effective_from <= desk.database_now:
        raise WrongState("It has begun; take the article down instead.", code="has_begun")
    releases.require_free(desk, row)
    end = _expiry_of(desk, row)
    dropped = {row.pk} | ({end.id} if end else set())
    desk.transitions = [t for t in _without_renderings_of(row, desk) if t.id not in dropped]
    outcome = commit(desk, None, "article.cancel", by, publication=str(row.pk))
    return releases.after(outcome, desk)


def _start(desk: Desk, effective_from: datetime | None) -> datetime:
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


def _end_at(desk: Desk, transition: Transition, until: datetime | None) -> None:
    """End `transition` with a `gone` row (reason `expired`) at `until`, unless another begins before or then."""
    if until is not None and (until <= transition.starts or until < desk.stamp):
        raise _bad_interval()
    later = (t for t in desk.transitions if t.starts > transition.starts)
    following = min(later, default=None, key=begins)
    if following and (until is None or following.starts < until):
        desk.warnings.append(f"It ends where the next scheduled change begins: {rfc3339(following.starts)}.")
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


def _expiry_of(desk: Desk, row: Publication) -> Transition | None:
    """The expiry that follows a publication, if that is how it ends and was made with it: no other's goes with it."""
    made_with = (t for t in desk.transitions if t.reason == "expired" and t.created_at == row.created_at)
    return next((t for t in made_with if t.starts == row.effective_until), None)


def _without_renderings_of(row: Publication, desk: Desk) -> list[Transition]:
    """What lies ahead without what renders `row` once more: that falls with it, and keeps when it was made."""
    return [t for t in desk.transitions if t.update_type != "rerender" or t.created_at != row.created_at]


def row_of(desk: Desk, publication_id: UUID) -> Publication:
    row = next((row for row in desk.rows if row.pk == publication_id), None)
    if row is None:
        raise NotFound("This article has no such publication.")
    if row.effective_until <= desk.database_now:
        raise WrongState("It is over; the past does not change.", code="has_ended")
    return row


def _bad_interval() -> InvalidContent:
    error = FieldError(
        "invalid_interval", "It must end after it begins, and ahead of now.", pointer="/effective_until"
    )
    return InvalidContent("The interval is not possible.", code="invalid_interval", errors=(error,))
