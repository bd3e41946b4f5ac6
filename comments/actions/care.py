"""What a decision does to what was said beside it: it answers appeals and closes reports."""

from cms.errors import WrongState
from cms.models import User
from cms.roles import VERBS
from comments.actions.standing import Standing
from comments.models import Appeal, Comment, Decision, Report


def require_not_erased(comment: Comment) -> None:
    """Raises WrongState (code `reply_erased`)."""
    if comment.state == "deleted":
        raise WrongState(
            "Its author has erased this reply. There is nothing left of it.", code="reply_erased"
        )


def require_somebody_else(comment: Comment, by: User) -> None:
    """An appeal is answered by another person than the one whose decision it is about, when there is another.

    Raises WrongState (code `appeal_needs_another`).
    """
    if not comment.private.open_appeals:
        return
    decided = Appeal.objects.filter(comment=comment, answer__isnull=True).values_list(
        "decision__decided_by", flat=True
    )
    if decided.get() == by.pk and there_is_another(by):
        raise WrongState(
            "The author appeals against your own decision. Somebody else reads it this time.",
            code="appeal_needs_another",
        )


def there_is_another(by: User) -> bool:
    """Whether somebody else here may decide on replies."""
    others = User.objects.filter(is_active=True, groups__name__in=VERBS["comment.moderate"])
    return others.exclude(pk=by.pk).exists()


def answered_by(at: Standing, decision: Decision) -> None:
    """Close every report and the appeal: `decision` is what was done about them. Escalations stay open."""
    close_reports(at, decision)
    private = at.comment.private
    if private.open_appeals:
        Appeal.objects.filter(comment=at.comment, answer__isnull=True).update(answer=decision)
        private.open_appeals = 0
        private.save(update_fields=["open_appeals"])


def close_reports(at: Standing, decision: Decision) -> None:
    """The digest of an address is needed no longer than the report is open."""
    private = at.comment.private
    if private.open_reports:
        Report.objects.filter(comment=at.comment, closed_by__isnull=True).update(
            closed_by=decision, reporter=""
        )
        private.open_reports = private.urgent_reports = 0
        private.save(update_fields=["open_reports", "urgent_reports"])


def undone(at: Standing, decision: Decision, logged: Decision) -> None:
    """What `decision` closed is open again, and an appeal against it is answered by its being undone."""
    private = at.comment.private
    reports = Report.objects.filter(closed_by=decision)
    private.urgent_reports += reports.filter(urgent=True).count()
    private.open_reports += reports.update(closed_by=None)
    private.open_appeals += Appeal.objects.filter(answer=decision).update(answer=None)
    about_it = Appeal.objects.filter(decision=decision, answer__isnull=True)
    private.open_appeals -= about_it.update(answer=logged)
    private.save(update_fields=["open_reports", "urgent_reports", "open_appeals"])
