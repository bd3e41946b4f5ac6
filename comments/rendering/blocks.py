"""A block on an author, as moderators see it: never the address that it is about."""

from typing import Any
from uuid import UUID

from articles.rendering.times import rfc3339
from comments.models import Contact

HREF = "/api/v1/editorial/comments"


def block_document(comment_id: UUID, contact: Contact | None) -> dict[str, Any]:
    """`has_address` is false when the reply's author erased it, or it never had one: then nothing can be blocked."""
    at = contact.blocked_at if contact else None
    by = contact.blocked_by if contact else None
    return {
        "has_address": contact is not None,
        "blocked": at is not None,
        "blocked_at": rfc3339(at) if at else None,
        "blocked_by": by.get_username() if by else None,
        "note": contact.block_note if contact else "",
        "links": {
            "self": f"{HREF}/{comment_id}/author-block",
            "comment": f"{HREF}/{comment_id}",
        },
    }
