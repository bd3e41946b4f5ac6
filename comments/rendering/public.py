"""A comment as everybody gets it. An allow-list: what is not named here is not public."""

from typing import Any

from articles.rendering.times import rfc3339
from comments.models.comment import Comment

PUBLIC_STATES = ("published", "deleted", "removed")


def public_document(comment: Comment) -> dict[str, Any]:
    """The document of a visible comment; of a tombstone only its place, its state and what is beneath it."""
    version = comment.public_version
    return {
        "id": str(comment.pk),
        "article": str(comment.article_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "depth": comment.depth,
        "author": {
            "name": (version.public_name or None) if version else None,
            "website": (version.public_website or None) if version else None,
            "is_staff": comment.is_staff if version else False,
        },
        "html": version.html if version else "",
        "text": version.text if version else "",
        "created_at": rfc3339(comment.created_at),
        "edited_at": rfc3339(version.created_at) if version and version.number > 1 else None,
        "version": version.number if version else None,
        "replies": {
            "count": comment.public_replies,
            "href": replies_href(comment),
            "open": comment.allows_replies,
        },
        "state": comment.state if comment.state in PUBLIC_STATES else "removed",
    }


def thread_href(article_id: object) -> str:
    return f"/api/v1/articles/{article_id}/comments"


def replies_href(comment: Comment) -> str:
    return f"{thread_href(comment.article_id)}?parent={comment.pk}"
