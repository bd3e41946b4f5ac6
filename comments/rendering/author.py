"""A reply as its own author gets it: its words, and where it stands in a plain sentence. Never a grade or a verdict."""

from datetime import datetime
from typing import Any

from django.conf import settings

from articles.rendering.times import rfc3339
from cms.support import HREF
from comments.models import Comment, CommentVersion, Decision
from comments.rendering.public import replies_href, thread_href
from comments.wording import ruling_text, state_text, waiting_text

_STATES = {
    "held": "received",
    "published": "published",
    "rejected": "not_published",
    "spam": "not_published",
    "removed": "removed",
    "deleted": "deleted",
}


def receipt(
    comment: Comment, *, token: str, locale: str, held_by: str | None, **extra: Any
) -> dict[str, Any]:
    """The answer to a new reply. Holds none of its words, so that no stored copy of the answer outlives them."""
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "version": comment.last_version,
        **_standing("published" if held_by is None else "received", comment, locale),
        "reason": waiting_text(held_by, locale) if held_by else None,
        "edit_until": _edit_until(comment),
        "author_token": token,
        "links": _links(comment),
        **extra,
    }


def own_document(
    comment: Comment,
    latest: CommentVersion,
    decision: Decision | None,
    *,
    next_review_at: datetime | None,
    support_text: str,
) -> dict[str, Any]:
    """What the holder of the token sees. `latest` with its private row unless erased; `decision` is the last one."""
    locale = comment.private.locale
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "version": latest.number,
        "public_version": comment.public_version.number if comment.public_version else None,
        **_standing(_state(comment, decision), comment, locale),
        "reason": _reason(comment, decision, locale),
        "author": _author(latest),
        "text": latest.text,
        "html": latest.html,
        "created_at": rfc3339(comment.created_at),
        "edited_at": rfc3339(latest.created_at) if latest.number > 1 and not latest.erased_at else None,
        "edit_until": _edit_until(comment),
        "next_review_at": rfc3339(next_review_at) if next_review_at else None,
        "allow_replies": comment.allows_replies,
        "notify_on_reply": comment.private.notify,
        "support_text": support_text,
        "support_href": HREF,
        "links": _links(comment),
    }


def own_href(comment: Comment) -> str:
    return f"/api/v1/my/comments/{comment.pk}"


def support_links() -> dict[str, str]:
    """Where anybody finds support, whatever they came for."""
    return {"support": HREF}


def standing(comment: Comment, locale: str) -> dict[str, Any]:
    """`state` and `state_text`, without a look at decisions: what somebody has looked at is told as received."""
    return _standing(_STATES[comment.state], comment, locale)


def _state(comment: Comment, decision: Decision | None) -> str:
    """`being_read`: a person has looked at the text that waits and put it aside."""
    if comment.state == "held" and decision is not None and decision.version == comment.last_version:
        return "received" if decision.decided_by_id is None else "being_read"
    return _STATES[comment.state]


def _standing(state: str, comment: Comment, locale: str) -> dict[str, Any]:
    waits = comment.private.queue == "waiting"
    return {"state": state, "state_text": state_text(state, edit_waits=waits, locale=locale)}


def _reason(comment: Comment, decision: Decision | None, locale: str) -> str | None:
    if decision is None or comment.state == "deleted":
        return None
    if comment.private.queue == "waiting":
        return None if decision.decided_by_id else waiting_text(decision.rule, locale)
    if decision.decision in ("publish", "redact"):
        return None
    return ruling_text(decision.reason, locale)


def _author(latest: CommentVersion) -> dict[str, Any]:
    private = None if latest.erased_at else latest.private
    return {
        "name": (private.author_name or None) if private else None,
        "website": (private.author_website or None) if private else None,
        "display_as": latest.display_as,
        "shown_as": latest.public_name or None,
    }


def _edit_until(comment: Comment) -> str | None:
    """Until when it can be edited; null when it no longer can whatever the hour."""
    if comment.state not in ("held", "published"):
        return None
    return rfc3339(comment.created_at + settings.COMMENT_EDIT_WINDOW)


def _links(comment: Comment) -> dict[str, str]:
    links = {"self": own_href(comment), "thread": thread_href(comment.article_id)}
    if comment.state in ("rejected", "spam", "removed"):
        links["appeals"] = f"{own_href(comment)}/appeals"
    if comment.visible:
        links |= {"public": f"/api/v1/comments/{comment.pk}", "replies": replies_href(comment)}
    return links
