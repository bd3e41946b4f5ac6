"""Loading all that is kept of a person for the export: a few queries, however many replies."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from comments.actions import contacts, subject
from comments.actions.subject import Everything
from comments.models import Appeal, AuthorMessage, CommentVersion, Decision
from comments.rendering.export import Written, contact_document, export_document


def with_address(everything: Everything, made_at: datetime) -> dict[str, Any]:
    """For the person themselves. Raises sealing.CannotOpen."""
    found = everything.contact
    return _document(everything, contacts.address_of(found) if found else None, made_at)


def without_address(everything: Everything, made_at: datetime) -> dict[str, Any]:
    """For whoever answers a person, who knows their own address."""
    return _document(everything, None, made_at)


def _document(everything: Everything, address: str | None, made_at: datetime) -> dict[str, Any]:
    ids = [row.pk for row in everything.replies]
    versions = CommentVersion.objects.filter(comment__in=ids).select_related("private").order_by("number")
    decisions = Decision.objects.filter(comment__in=ids).order_by("id")
    found = everything.contact
    return export_document(
        everything.replies,
        Written(
            _by_reply(versions),
            _by_reply(decisions),
            _by_reply(AuthorMessage.objects.filter(comment__in=ids).order_by("id")),
            _by_reply(Appeal.objects.filter(comment__in=ids).order_by("id")),
        ),
        contact=contact_document(found, address, subject.pending_requests(found)) if found else None,
        made_at=made_at,
    )


def _by_reply(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.comment_id].append(row)
    return found
