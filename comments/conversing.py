"""Reading what is said about a reply beside decisions. A few queries, however many rows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cms import pagination
from cms.errors import NotFound
from cms.pagination import Order, Page
from comments.models import Appeal, AuthorMessage, Comment, Decision, Escalation, Report

BY_AGE = Order((("id", "asc"),))
URGENT_FIRST = Order((("urgent", "desc"), ("id", "asc")))


def escalations_of(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    return pagination.page(_escalations().filter(comment=comment), order=BY_AGE, limit=limit, cursor=cursor)


def open_escalations(*, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    rows = _escalations().filter(closed_at__isnull=True)
    return pagination.page(rows, order=BY_AGE, limit=limit, cursor=cursor)


def escalation(comment: Comment, escalation_id: UUID) -> Escalation:
    """Raises NotFound for one of another reply."""
    if (row := _escalations().filter(comment=comment, pk=escalation_id).first()) is None:
        raise NotFound("This reply has no such escalation.")
    return row


def messages_to(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    rows = AuthorMessage.objects.filter(comment=comment).select_related("sent_by")
    return pagination.page(rows, order=BY_AGE, limit=limit, cursor=cursor)


def every_message_to(comment: Comment) -> list[AuthorMessage]:
    return list(AuthorMessage.objects.filter(comment=comment).order_by("id"))


def appeals_of(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    rows = Appeal.objects.filter(comment=comment).select_related("decision__decided_by")
    return pagination.page(rows, order=BY_AGE, limit=limit, cursor=cursor)


def last_appeal(comment: Comment) -> Appeal | None:
    return Appeal.objects.filter(comment=comment).order_by("-id").first()


def redactions_of(comment: Comment) -> list[Decision]:
    return list(Decision.objects.filter(comment=comment, decision="redact").order_by("id"))


def reports_on(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    return pagination.page(Report.objects.filter(comment=comment), order=BY_AGE, limit=limit, cursor=cursor)


def open_reports(*, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    """Those that say that somebody is identified or frightened first, then the oldest."""
    rows = Report.objects.filter(closed_by__isnull=True)
    return pagination.page(rows, order=URGENT_FIRST, limit=limit, cursor=cursor)


def _escalations() -> Any:
    return Escalation.objects.select_related("opened_by", "closed_by")
