"""The shape of an answer of the site's, and decorations of its view."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from cms.openapi.responses import document, listing, problem, ref

_ID = {"type": "string", "format": "uuid"}
_STATES = ["held", "published", "rejected", "spam", "removed", "deleted"]
_PROPERTIES: dict[str, Any] = {
    "id": _ID,
    "article": _ID,
    "parent": {
        "type": ["string", "null"],
        "format": "uuid",
        "description": "The reply that it answers; null for an answer to the article.",
    },
    "state": {"type": "string", "enum": _STATES},
    "waiting": {"type": "boolean", "description": "It waits for a moderator's decision."},
    "shown_as": {
        "type": ["string", "null"],
        "description": "The name that readers see: a byline, or the site's. Null once erased.",
    },
    "held_by": {
        "type": ["string", "null"],
        "description": "The first rule of the gate that makes it wait; null: nothing does, or a person.",
    },
    "reasons": {"type": "array", "items": {"type": "string"}, "description": "Why it waits, in sentences."},
    "version": {"type": "integer", "minimum": 1},
    "created_at": {"type": "string", "format": "date-time"},
    "links": ref("Links"),
}
_WORDS: dict[str, Any] = {"text": {"type": "string"}, "html": {"type": "string"}}

ANSWER_COMPONENTS: dict[str, dict[str, Any]] = {
    "SiteAnswer": {
        "type": "object",
        "description": "A reply in the name of the site. Its words stand in the list, not in the answer to a POST.",
        "required": list(_PROPERTIES),
        "properties": _PROPERTIES | _WORDS,
    },
}

_EXAMPLE = OpenApiExample(
    "In the site's name",
    value={"text": "Thank you. We have corrected the second paragraph.", "answer_as": "site"},
    request_only=True,
)

listed = extend_schema(responses={200: listing("SiteAnswer")})
answer = extend_schema(
    examples=[_EXAMPLE],
    responses={
        201: document("SiteAnswer", "Public at once."),
        202: document("SiteAnswer", "Stored; a moderator reads it first, as `held_by` and `reasons` say."),
        **problem("article_not_public", "parent_not_public", "parent_closed"),
    },
)
