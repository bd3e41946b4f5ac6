"""An answer of the site's as those get it who may give one: where it stands and what holds it. No account is named."""

from typing import Any

from articles.rendering.times import rfc3339
from comments.models import Comment, CommentVersion
from comments.rendering.editorial import HREF
from comments.rendering.public import thread_href


def answer_document(comment: Comment, latest: CommentVersion) -> dict[str, Any]:
    """Without its words, so that no stored copy of an answer outlives them."""
    waits = comment.private.queue == "waiting"
    holding = _holding(latest) if waits else []
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "state": comment.state,
        "waiting": waits,
        "shown_as": latest.public_name or None,
        "held_by": holding[0]["rule"] if holding else None,
        "reasons": list(dict.fromkeys(verdict["explanation"] for verdict in holding)),
        "version": latest.number,
        "created_at": rfc3339(comment.created_at),
        "links": _links(comment),
    }


def words_of(version: CommentVersion) -> dict[str, str]:
    """Its words; empty once they are erased."""
    return {"text": version.text, "html": version.html}


def answers_href(comment: Comment) -> str:
    return f"/api/v1/editorial/articles/{comment.article_id}/comments"


def _holding(version: CommentVersion) -> list[dict[str, Any]]:
    verdicts = [] if version.erased_at else version.private.verdicts
    return [verdict for verdict in verdicts if verdict["holds"]]


def _links(comment: Comment) -> dict[str, str]:
    links = {
        "answers": answers_href(comment),
        "moderation": f"{HREF}/{comment.pk}",
        "thread": thread_href(comment.article_id),
    }
    if comment.visible:
        links["public"] = f"/api/v1/comments/{comment.pk}"
    return links
