"""The shape of a block on an author, and decorations of its view."""

from typing import Any

from drf_spectacular.utils import extend_schema

from cms.openapi.responses import document, nothing, problem, ref

BLOCK_COMPONENTS: dict[str, dict[str, Any]] = {
    "AuthorBlock": {
        "type": "object",
        "description": "Whether replies from the address of this one are read first. The address is not told.",
        "required": ["has_address", "blocked", "blocked_at", "blocked_by", "note", "links"],
        "properties": {
            "has_address": {"type": "boolean", "description": "False: nothing can be blocked."},
            "blocked": {"type": "boolean"},
            "blocked_at": {"type": ["string", "null"], "format": "date-time"},
            "blocked_by": {"type": ["string", "null"], "description": "A moderator's user name."},
            "note": {"type": "string"},
            "links": ref("Links"),
        },
    },
}

read = extend_schema(responses={200: document("AuthorBlock")})
block = extend_schema(responses={200: document("AuthorBlock", "Blocked."), **problem("no_address")})
unblock = extend_schema(responses={204: nothing("The block is lifted."), **problem("no_address")})
