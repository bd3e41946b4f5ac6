"""What a publication rests on: an approval of its very text, or, for a minor update, the text it barely differs from.

Who may approve is judged in `articles.actions.reviews`; how it shows to readers in `articles.actions.standing`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from articles import guard
from articles.actions.standing import of_this_text
from articles.actions.timeline import Transition
from articles.models import Article, Publication, Review, Revision
from articles.rendering.body import body_of
from articles.rendering.times import rfc3339
from cms import audit, clock
from cms.errors import FieldError, InvalidContent, WrongState
from cms.models import User

if TYPE_CHECKING:
    from articles.actions.desk import Desk

NOT_MINOR = "A minor update changes nothing that must be reviewed; send it as a major one."


@dataclass(frozen=True)
class Asked:
    """A publication somebody asks for: what kind of update it is, and what readers are to be told."""

    update_type: str = "major"
    correction: str = ""
    break_glass: str = ""


def approval_of(revision: Revision) -> Review | None:
    """The approval a publication of `revision` may rest on: the latest decision on this very text, if it approves."""
    decisions = Review.objects.filter(
        article_id=revision.article_id, revision_sha256=revision.sha256
    ).select_related("reviewer")
    latest = decisions.order_by("-created_at", "-id").first()
    return latest if latest and latest.decision == "approve" else None


def writers_of_what_changed(article: Article, judged: Revision) -> set[UUID | None]:
    """Authors of the revisions between the last public one before `judged` and `judged` itself.

    What was published past its review does not count as public: whoever wrote it cannot approve what stands on it.
    """
    rows = Publication.objects.filter(article=article, revision__number__lt=judged.number)
    unreviewed = Q(review_status="pending")
    last_public = (
        rows.exclude(unreviewed)
        .order_by("-revision__number")
        .values_list("revision__number", flat=True)
        .first()
    ) or 0
    changed = article.revisions.filter(number__gt=last_public, number__lte=judged.number)
    return set(changed.values_list("author_id", flat=True))


def ground(desk: "Desk", revision: Revision, starts: datetime, asked: Asked) -> Review | None:
    """The approval that a publication at `starts` rests on; None for one that needs none.

    Raises InvalidContent (not_minor; invalid for a correction of nothing) and WrongState (not_approved).
    """
    before = _before(desk, starts)
    if asked.correction and not before:
        raise _invalid("/correction", "nothing_to_correct", "A first publication corrects nothing.")
    if asked.update_type == "minor":
        require_minor(before, revision)
        return _own_approval(desk.article, revision) or _borrowed(before)
    return _required(_own_approval(desk.article, revision), revision, asked.break_glass)


def ground_again(article: Article, row: Publication) -> Review | None:
    """The approval that what a past row showed may rest on once more. Raises WrongState (not_approved)."""
    approval = _own_approval(article, row.revision)
    if approval is None and row.review and row.review.decision == "approve":
        approval = approval_of(row.review.revision)
    return _required(approval, row.revision, row.break_glass)


def _required(approval: Review | None, revision: Revision, break_glass: str) -> Review | None:
    if revision.document["medical"] and approval is None and not break_glass:
        raise WrongState(
            "A medical article needs the approval of a reviewer who wrote none of what changed.",
            code="not_approved",
        )
    return approval


def require_minor(before: list[Transition], revision: Revision) -> None:
    """Raises InvalidContent (not_minor) naming every difference from what was reviewed, or else published."""
    errors: tuple[FieldError, ...]
    base = _base(before)
    if base is None:
        detail = "The first publication is a major one, and so is the first after it was gone."
        errors = (FieldError("first_publication", detail, pointer="/update_type"),)
    else:
        errors = tuple(
            FieldError(found.code, found.detail, pointer=found.pointer)
            for found in guard.differences(_text(base.revision), _text(revision))
        )
    if errors:
        raise InvalidContent(NOT_MINOR, code="not_minor", errors=errors)


def settle(desk: "Desk", meant: Transition | None, by: User | None) -> None:
    """Cancel minor updates ahead that are minor no longer, now that something else comes before them.

    What a release holds is the release's to judge. Raises InvalidContent (not_minor) when it is what was `meant`.
    """
    ahead = [t for t in desk.transitions if t.update_type == "minor" and t.state == "live" and not t.release]
    for transition in sorted(ahead, key=lambda t: t.starts):
        try:
            require_minor(_before(desk, transition.starts), transition.revision)
        except InvalidContent:
            if meant and transition.id == meant.id:
                raise
            drop(desk, transition, by, because="not_minor")


def after_request_changes(desk: "Desk", review: Review, by: User | None) -> None:
    """Cancel what was to be published on an approval that `review` takes back; the desk's warnings say so.

    What need not be approved stays, and its readers are told. What a release holds is the release's to judge.
    """
    for transition in list(desk.transitions):
        if transition.state != "live" or transition.release or not of_this_text(review, transition):
            continue
        if transition.revision.document["medical"] and not transition.break_glass:
            drop(desk, transition, by, because="changes_requested")


def drop(desk: "Desk", transition: Transition, by: User | None, *, because: str) -> None:
    """Take a transition that has not begun, and the expiry made with it, out of the desk; audited and warned of."""
    later = [t for t in desk.transitions if t.starts > transition.starts]
    following = min(later, default=None, key=lambda t: t.starts)
    dropped = {transition.id}
    if following and following.reason == "expired" and following.created_at == transition.created_at:
        dropped.add(following.id)
    desk.transitions = [t for t in desk.transitions if t.id not in dropped]
    owner = transition.created_by
    whose = f", scheduled by {owner.username}," if owner else ""
    desk.warnings.append(f"What was to begin at {rfc3339(transition.starts)}{whose} has been cancelled.")
    audit.record(
        verb="article.cancel",
        subject_type="article",
        subject=desk.article.pk,
        by=by,
        at=clock.now(),
        detail={
            "publication": str(transition.id),
            "because": because,
            "scheduled_by": owner.username if owner else None,
        },
    )


def _own_approval(article: Article, revision: Revision) -> Review | None:
    approval = approval_of(revision)
    if approval and approval.reviewer_id in writers_of_what_changed(article, revision):
        return None
    return approval


def _before(desk: "Desk", instant: datetime) -> list[Transition]:
    """Everything that begins before `instant`, in time order."""
    begun = [Transition.of(row) for row in desk.rows if row.effective_from <= desk.database_now]
    return sorted((t for t in (*begun, *desk.transitions) if t.starts < instant), key=lambda t: t.starts)


def _base(before: list[Transition]) -> Transition | None:
    """What a minor update is compared with: the last text that was approved itself, or published as a major update."""
    if not before or before[-1].state == "gone":
        return None
    live = [t for t in before if t.state == "live"]
    return next((t for t in reversed(live) if _stands_for_itself(t)), live[-1] if live else None)


def _borrowed(before: list[Transition]) -> Review | None:
    """The approval of the text that a minor update barely differs from."""
    base = _base(before)
    return base.review if base and base.review and base.review.decision == "approve" else None


def _stands_for_itself(transition: Transition) -> bool:
    review = transition.review
    approved = review and review.decision == "approve" and of_this_text(review, transition)
    return transition.update_type == "major" or bool(approved)


def _text(revision: Revision) -> guard.Text:
    content = revision.document
    body = body_of(content["body_markdown"], tuple(revision.block_ids), revision.article.locale)
    return guard.Text(content, body)


def _invalid(pointer: str, code: str, detail: str) -> InvalidContent:
    return InvalidContent(detail, errors=(FieldError(code, detail, pointer=pointer),))
