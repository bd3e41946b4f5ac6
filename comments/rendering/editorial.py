"""A comment as moderators get it: the words that were typed, what the gate found, and what may be decided.

Holds no address: writing to an author does not need it to be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from articles.rendering.times import rfc3339
from comments.models import Claim, Comment, CommentLabel, CommentPrivate, CommentVersion, Decision
from comments.models.private import GRADES
from comments.rendering.public import thread_href
from comments.transitions import TRANSITIONS, situation

HREF = "/api/v1/editorial/comments"


@dataclass(frozen=True)
class Around:
    """What stands beside a reply: its latest version, its labels, slug and title of what is public of articles at
    `now`, by id.
    """

    latest: CommentVersion
    labels: Sequence[CommentLabel]
    articles: Mapping[UUID, Mapping[str, Any]]
    now: datetime


def moderated_document(private: CommentPrivate, around: Around) -> dict[str, Any]:
    """One entry of the queue."""
    comment, waits = private.comment, private.queue == "waiting"
    public = comment.public_version.number if comment.public_version else None
    words = _words(around.latest)
    return {
        "id": str(comment.pk),
        "article": article_document(comment.article_id, around.articles),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "in_reply_to": _parent(comment),
        "depth": comment.depth,
        "state": comment.state,
        "waiting": waits,
        "calls": {
            "escalations": private.open_escalations,
            "reports": private.open_reports,
            "urgent_reports": private.urgent_reports,
            "appeals": private.open_appeals,
        },
        "waiting_since": rfc3339(private.since) if private.calls else None,
        "waiting_seconds": _seconds(private.since, around.now) if private.calls else None,
        "names_erased_since": _instant(private.names_erased_since),
        "grade": private.grade,
        "version": comment.last_version,
        "public_version": public,
        "etag": comment.etag,
        "created_at": rfc3339(comment.created_at),
        "submitted_at": rfc3339(around.latest.created_at),
        "is_staff": comment.is_staff,
        **words,
        "folded_text": _folded(around.latest),
        "reasons": _reasons(words["verdicts"]),
        "labels": [_label(label) for label in around.labels],
        "replies": {"count": comment.public_replies},
        "claim": claim_document(getattr(comment, "claim", None), around.now),
        "allowed_decisions": _allowed(comment, around.latest, waits),
        "links": _links(private),
    }


def _allowed(comment: Comment, latest: CommentVersion, waits: bool) -> list[str]:
    """Of words that are gone nothing can be decided any more."""
    return [] if latest.erased_at else list(TRANSITIONS[situation(comment.state, waits=waits)])


def version_document(version: CommentVersion) -> dict[str, Any]:
    private = None if version.erased_at else version.private
    return {
        "number": version.number,
        "state": version.state,
        "grade": GRADES[private.grade] if private else "none",
        "created_at": rfc3339(version.created_at),
        "erased_at": rfc3339(version.erased_at) if version.erased_at else None,
        **_words(version),
    }


def decision_document(decision: Decision) -> dict[str, Any]:
    """A decision with whoever made it; `note` is null when none was written or the author's deletion erased it."""
    note, undoing = getattr(decision, "note", None), getattr(decision, "undoing", None)
    until = undo_until(decision)
    return {
        "id": str(decision.pk),
        "version": decision.version,
        "decision": decision.decision,
        "old_state": decision.old_state,
        "new_state": decision.new_state,
        "reason": decision.reason,
        "rule": decision.rule or None,
        "decided_by": decision.decided_by.get_username() if decision.decided_by else None,
        "note": note.text if note else None,
        "at": rfc3339(decision.at),
        "undoes": str(decision.undoes_id) if decision.undoes_id else None,
        "undone_by": str(undoing.pk) if undoing else None,
        "undo_until": rfc3339(until) if until else None,
    }


def undo_until(decision: Decision) -> datetime | None:
    """Until when it could be undone; None for what cannot be, whatever the hour."""
    if decision.before is None or getattr(decision, "undoing", None):
        return None
    return decision.at + settings.COMMENT_UNDO_WINDOW


def claim_document(claim: Claim | None, now: datetime) -> dict[str, Any] | None:
    """Null when nobody has it, or not any more."""
    if claim is None or claim.until <= now:
        return None
    return {"by": claim.by.get_username(), "until": rfc3339(claim.until)}


def article_document(article_id: UUID, articles: Mapping[UUID, Mapping[str, Any]]) -> dict[str, Any]:
    """Slug and title are null while nothing of the article is public: a draft's title is not the moderators'."""
    public = articles.get(article_id, {})
    return {
        "id": str(article_id),
        "slug": public.get("slug"),
        "title": public.get("title"),
        "href": f"/api/v1/articles/{article_id}",
    }


def _words(version: CommentVersion) -> dict[str, Any]:
    private = None if version.erased_at else version.private
    return {
        "author": {
            "name": (private.author_name or None) if private else None,
            "website": (private.author_website or None) if private else None,
            "display_as": version.display_as,
            "shown_as": version.public_name or None,
        },
        "text": version.text,
        "html": version.html,
        "verdicts": private.verdicts if private else [],
    }


def _instant(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


def _seconds(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds()))


def _folded(version: CommentVersion) -> str:
    return "" if version.erased_at else version.private.folded.strip()


def _reasons(verdicts: list[dict[str, Any]]) -> list[str]:
    """Why it waits, each sentence once, in the order of the checks."""
    return list(dict.fromkeys(verdict["explanation"] for verdict in verdicts if verdict["holds"]))


def _label(label: CommentLabel) -> dict[str, Any]:
    return {"kind": label.kind, "by": label.by.get_username() if label.by else None}


def _parent(comment: Comment) -> dict[str, Any] | None:
    """What is answered, as readers see it: no name and no words where it is not public (any more)."""
    parent = comment.parent
    if parent is None:
        return None
    public = parent.public_version
    return {
        "id": str(parent.pk),
        "state": parent.state,
        "author": (public.public_name or None) if public else None,
        "text": public.text if public else None,
        "href": f"{HREF}/{parent.pk}",
    }


def _links(private: CommentPrivate) -> dict[str, str]:
    comment = private.comment
    here = f"{HREF}/{comment.pk}"
    links = {
        "self": here,
        "versions": f"{here}/versions",
        "decisions": f"{here}/decisions",
        "author_block": f"{here}/author-block",
        "escalations": f"{here}/escalations",
        "messages": f"{here}/messages",
        "appeals": f"{here}/appeals",
        "reports": f"{here}/reports",
        "labels": f"{here}/labels",
        "thread": thread_href(comment.article_id),
    }
    if private.names_erased_since:
        links["names_nobody"] = f"{here}/names-nobody"
    if comment.state == "published" and comment.allows_replies:
        links["answer"] = f"/api/v1/editorial/articles/{comment.article_id}/comments?parent={comment.pk}"
    if comment.visible:
        links["public"] = f"/api/v1/comments/{comment.pk}"
    return links
