"""All that is kept of a person, as one document: every reply, every version, what was decided and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from articles.rendering.times import rfc3339
from comments.models import (
    Appeal,
    AuthorMessage,
    CommentPrivate,
    CommentVersion,
    Contact,
    ContactRequest,
    Decision,
)
from comments.wording import ruling_text

FORMAT = 1


@dataclass(frozen=True)
class Written:
    """What was written to, by and about the author of each reply, by the reply's id."""

    versions: Mapping[UUID, Sequence[CommentVersion]]
    decisions: Mapping[UUID, Sequence[Decision]]
    messages: Mapping[UUID, Sequence[AuthorMessage]]
    appeals: Mapping[UUID, Sequence[Appeal]]


def export_document(
    replies: Iterable[CommentPrivate],
    written: Written,
    *,
    contact: dict[str, Any] | None,
    made_at: datetime,
) -> dict[str, Any]:
    """The document; its rows were loaded before."""
    return {
        "format": FORMAT,
        "made_at": rfc3339(made_at),
        "contact": contact,
        "replies": [_reply(row, written) for row in replies],
    }


def contact_document(
    contact: Contact, address: str | None, requests: Iterable[ContactRequest]
) -> dict[str, Any]:
    """`address` is None for whoever need not see it."""
    return {
        "address": address,
        "since": rfc3339(contact.created_at),
        "confirmed_at": _instant(contact.confirmed_at),
        "muted_at": _instant(contact.muted_at),
        "last_letter_at": _instant(contact.notified_at),
        "requests": [
            {"purpose": row.purpose, "at": rfc3339(row.created_at), "used_at": _instant(row.used_at)}
            for row in requests
        ],
    }


def _reply(own: CommentPrivate, written: Written) -> dict[str, Any]:
    comment = own.comment
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "state": comment.state,
        "created_at": rfc3339(comment.created_at),
        "country": own.country or None,
        "locale": own.locale or None,
        "privacy_version": own.privacy_version or None,
        "notify_on_reply": own.notify,
        "versions": [_version(version) for version in written.versions.get(own.pk, ())],
        "decisions": [_decision(decision, own.locale) for decision in written.decisions.get(own.pk, ())],
        "messages": [_said(message) for message in written.messages.get(own.pk, ())],
        "appeals": [_said(appeal) for appeal in written.appeals.get(own.pk, ())],
    }


def _version(version: CommentVersion) -> dict[str, Any]:
    private = getattr(version, "private", None)
    return {
        "number": version.number,
        "state": version.state,
        "created_at": rfc3339(version.created_at),
        "erased_at": _instant(version.erased_at),
        "name": (private.author_name or None) if private else None,
        "website": (private.author_website or None) if private else None,
        "display_as": version.display_as,
        "shown_as": version.public_name or None,
        "text": version.text,
    }


def _decision(decision: Decision, locale: str) -> dict[str, Any]:
    """What was decided and why, as its author may know it. Who decided is nobody's to know."""
    return {
        "version": decision.version,
        "decision": decision.decision,
        "by": "a person" if decision.decided_by_id else "a rule",
        "reason": ruling_text(decision.reason, locale),
        "at": rfc3339(decision.at),
    }


def _said(row: AuthorMessage | Appeal) -> dict[str, Any]:
    return {"text": row.text, "at": rfc3339(row.sent_at)}


def _instant(instant: datetime | None) -> str | None:
    return rfc3339(instant) if instant else None
