"""What would begin on one article's timeline at a given instant: judged over its desk, and not laid down yet.

A verb plans one change and commits it; a release plans one for each of its articles, and commits them together.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from articles.actions.approval import Asked, ground, ground_again
from articles.actions.desk import Desk
from articles.actions.gathering import examined
from articles.actions.locking import revision_of
from articles.actions.states import refusal, row_state
from articles.actions.suppressed_texts import require_not_suppressed
from articles.actions.timeline import Transition
from articles.checks import findings
from articles.models import Article, Publication, Release, Revision
from cms import clock
from cms.errors import FieldError, InvalidContent
from cms.ids import uuid7
from cms.models import User


@dataclass(frozen=True)
class Publishing:
    """Making one revision public. Texts are what readers are told of it."""

    revision: int
    update_type: str = "major"
    change_note: str = ""
    correction: str = ""
    break_glass: str = ""


@dataclass(frozen=True)
class TakingDown:
    """Withdrawing, unpublishing or archiving, with what readers are told."""

    how: str
    reason: str = "editorial"
    explanation: str = ""
    alternative_id: UUID | None = None


@dataclass(frozen=True)
class Restoring:
    """What a past row made public, once more: the same revision in the same state, with the same words."""

    row: Publication
    change_note: str = ""


Plan = Publishing | TakingDown | Restoring


def plan(
    desk: Desk, change: Plan, *, starts: datetime, by: User | None, release: Release | None = None
) -> Transition:
    """Add to the desk's transitions what `change` makes begin at `starts`.

    Raises InvalidContent, WrongState or NotFound, as the verbs that change one article do.
    """
    if isinstance(change, Publishing):
        transition = _published(desk, change, starts, by)
    elif isinstance(change, TakingDown):
        transition = _taken_down(desk, change, starts, by)
    else:
        transition = _restored(desk.article, change, starts, by)
    transition = replace(transition, release=release)
    desk.transitions.append(transition)
    return transition


def _published(desk: Desk, change: Publishing, starts: datetime, by: User | None) -> Transition:
    chosen = revision_of(desk.article, change.revision)
    require_not_suppressed(chosen)
    _require_publishable(desk.article, chosen, starts)
    asked = Asked(change.update_type, change.correction, change.break_glass)
    return Transition(
        starts=starts,
        state=row_state("publish", "draft"),
        revision=chosen,
        update_type=change.update_type,
        created_at=clock.now(),
        created_by=by,
        change_note=change.change_note,
        correction=change.correction,
        break_glass=change.break_glass,
        review=ground(desk, chosen, starts, asked),
    )


def _taken_down(desk: Desk, change: TakingDown, starts: datetime, by: User | None) -> Transition:
    before = desk.before(starts)
    if before is None:
        raise refusal(change.how)
    state = row_state(change.how, before.state)
    _require_alternative(desk.article, change.alternative_id)
    return Transition(
        starts=starts,
        state=state,
        revision=before.revision,
        update_type="minor",
        created_at=clock.now(),
        created_by=by,
        reason=change.reason,
        explanation=change.explanation,
        alternative_id=change.alternative_id,
        review=before.review,
        break_glass="" if state == "gone" else before.break_glass,
    )


def _restored(article: Article, change: Restoring, starts: datetime, by: User | None) -> Transition:
    row, review = change.row, change.row.review
    if row.state != "gone":
        require_not_suppressed(row.revision)
    if row.state == "live":
        _require_publishable(article, row.revision, starts)
        review = ground_again(article, row)
    return replace(
        Transition.of(row),
        id=uuid7(),
        starts=starts,
        update_type="major" if row.state == "live" else "minor",
        created_at=clock.now(),
        created_by=by,
        change_note=change.change_note,
        correction="",
        review=review,
    )


def _require_publishable(article: Article, revision: Revision, at: datetime) -> None:
    errors = tuple(
        FieldError(finding.code, finding.message, pointer=finding.location)
        for finding in findings(examined(article, revision, at=at))
        if finding.severity == "error"
    )
    if errors:
        raise InvalidContent("Checks of this revision failed.", code="checks_failed", errors=errors)


def _require_alternative(article: Article, alternative_id: UUID | None) -> None:
    others = Article.objects.on_desk().exclude(pk=article.pk)
    if alternative_id and not others.filter(pk=alternative_id).exists():
        error = FieldError("unknown_article", "There is no such other article.", pointer="/alternative")
        raise InvalidContent("The alternative does not exist.", errors=(error,))
