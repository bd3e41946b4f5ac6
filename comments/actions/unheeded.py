"""What moderators are called for: replies that are grave enough and that nobody has taken up."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from comments.models import AuthorMessage, Claim, CommentPrivate, Decision, Escalation
from comments.models.private import GRADES


def threshold() -> int:
    """The least grade that calls."""
    return GRADES.index(settings.COMMENT_ALERT_GRADE)


def unheeded() -> QuerySet[CommentPrivate]:
    """What waits, is grave enough, and was not claimed, handed on, written to or decided on by anybody."""
    rows = CommentPrivate.objects.filter(queue="waiting", urgency__lte=3 - threshold())
    by_a_person = Decision.objects.of_persons().filter(comment=OuterRef("pk"), at__gte=OuterRef("since"))
    rows = rows.exclude(Exists(by_a_person)).exclude(Exists(Claim.objects.filter(comment=OuterRef("pk"))))
    for model in (Escalation, AuthorMessage):
        rows = rows.exclude(Exists(model._base_manager.filter(comment=OuterRef("pk"))))
    return rows
