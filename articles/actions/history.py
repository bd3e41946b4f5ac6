"""Laying down the past of an article that has none: a demonstration, or a dump of this project's own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.locking import count_write, locked
from articles.actions.timeline import Transition, lay, rows_of
from articles.models import Publication, Review, Revision
from cms import audit, clock
from cms.errors import WrongState
from cms.models import Permit, User


@dataclass(frozen=True)
class Past:
    """One publication of the past; it ends where the next begins."""

    revision: Revision
    starts: datetime
    update_type: str
    change_note: str
    correction: str = ""
    review: Review | None = None
    state: str = "live"
    reason: str = ""
    explanation: str = ""
    alternative_id: UUID | None = None


@transaction.atomic
def lay_down(*, article_id: UUID, past: Sequence[Past], by: User | None) -> list[Publication]:
    """Give an article its past. Raises WrongState when it has one already: served history is never amended."""
    article = locked(article_id)
    if rows_of(article):
        raise WrongState("This article has a history of its own.", code="has_history")
    now = clock.now()
    transitions = [
        Transition(
            starts=part.starts,
            state=part.state,
            revision=part.revision,
            update_type=part.update_type,
            created_at=now,
            created_by=by,
            change_note=part.change_note,
            correction=part.correction,
            review=part.review,
            reason=part.reason,
            explanation=part.explanation,
            alternative_id=part.alternative_id,
        )
        for part in past
    ]
    with permitted("history", article.pk):
        rows = lay(article, [], transitions, now)
    count_write(article)
    audit.record(
        verb="article.lay_down", subject_type="article", subject=article.pk, by=by, at=now,
        detail={"publications": len(rows)},
    )  # fmt: skip
    return rows


@contextmanager
def permitted(kind: str, subject: UUID) -> Iterator[None]:
    """Allow, inside the open transaction, what a trigger otherwise refuses for `subject`."""
    permit = Permit.objects.create(kind=kind, subject=subject)
    yield
    permit.delete()
