"""What moderators and the author of a reply tell each other: messages one way, an appeal the other."""

from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import WrongState
from cms.models import User
from comments.actions import care, standing
from comments.models import Appeal, AuthorMessage, Comment, Decision

APPEALABLE = ("rejected", "spam", "removed")
"""States in which a moderator's decision keeps a reply from readers."""


def send_message(*, comment_id: UUID, text: str, by: User, now: datetime) -> AuthorMessage:
    """Put words where only the reply's author sees them. Raises NotFound, and WrongState for an erased reply."""
    return transactions.run(lambda: _send_message(comment_id, text, by, now))


def _send_message(comment_id: UUID, text: str, by: User, now: datetime) -> AuthorMessage:
    at = standing.locked(comment_id)
    care.require_not_erased(at.comment)
    row = AuthorMessage.objects.create(comment=at.comment, text=text, sent_by=by, sent_at=now)
    at.touch()
    detail = {"message": str(row.pk)}
    audit.record(
        verb="comment.message", subject_type="comment", subject=comment_id, by=by, at=now, detail=detail
    )
    return row


def appeal(*, comment_id: UUID, text: str, now: datetime) -> Appeal:
    """Ask that the latest decision be looked at again, once for each decision. Who may was judged before.

    Raises NotFound, and WrongState (codes `nothing_to_appeal`, `appealed_already`).
    """
    return transactions.run(lambda: _appeal(comment_id, text, now))


def _appeal(comment_id: UUID, text: str, now: datetime) -> Appeal:
    at = standing.locked(comment_id)
    decision = _against(at.comment)
    if decision is None:
        raise WrongState("No decision against this reply is open to an appeal.", code="nothing_to_appeal")
    if Appeal.objects.filter(decision=decision).exists():
        raise WrongState("You have appealed against this decision already.", code="appealed_already")
    row = Appeal.objects.create(comment=at.comment, decision=decision, text=text, sent_at=now)
    at.count(now=now, appeals=1)
    audit.record(verb="comment.appeal", subject_type="comment", subject=comment_id, by=None, at=now)
    return row


def can_appeal(comment: Comment) -> bool:
    """Whether the author of the comment may appeal now."""
    decision = _against(comment)
    return decision is not None and not Appeal.objects.filter(decision=decision).exists()


def _against(comment: Comment) -> Decision | None:
    """The decision of a person that keeps the reply from readers, unless it is the answer to an appeal."""
    if comment.state not in APPEALABLE:
        return None
    last = Decision.objects.standing().filter(comment=comment).order_by("-id").first()
    if last is None or last.decided_by_id is None or Appeal.objects.filter(answer=last).exists():
        return None
    return last
