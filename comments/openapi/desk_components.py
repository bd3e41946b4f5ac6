"""The shapes of the moderators' desk: labels, what one has read, what one asked for, answers to many decisions."""

from typing import Any

from cms.openapi.responses import ref
from comments.models.desk import KINDS

Schema = dict[str, Any]

_KIND: Schema = {"type": "string", "enum": list(KINDS)}
_NUMBER: Schema = {"type": "integer", "minimum": 0}


def _object(properties: Schema, description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "required": list(properties),
        "properties": properties,
    }


LABEL = _object(
    {
        "kind": _KIND,
        "by": {"type": ["string", "null"], "description": "The moderator who set it; null for the gate."},
    },
    "A kind of content that a reply holds. Only moderators see it; it is erased with the reply.",
)
_COUNTS = _object(
    {"opened": _NUMBER, "decided": _NUMBER}, "Replies, each counted once: opened, and decided on."
)
_PERIODS: Schema = {"today": _COUNTS, "week": _COUNTS}
EXPOSURE = _object(
    {
        **_PERIODS,
        "kinds": {
            "type": "array",
            "items": _object({"kind": _KIND, **_PERIODS}, "Of one kind of content."),
            "description": "Those of which there was any this week.",
        },
        "advice": {
            "type": ["string", "null"],
            "description": "A word on resting, after much hard content in one day.",
        },
    },
    "What the caller has read: since midnight in the site's time zone, and in the last seven days. Nobody else's can "
    "be asked for.",
)
PREFERENCES = _object(
    {
        "rather_not": {"type": "array", "items": _KIND, "uniqueItems": True},
        "kinds": {"type": "array", "items": _KIND, "description": "All that can be chosen."},
    },
    "What the caller would rather not see. Only they can read it.",
)
ANSWER = _object(
    {
        "id": {"type": "string", "format": "uuid", "description": "The reply."},
        "status": {"type": "integer", "description": "As if it had been decided alone: 201, 404, 409."},
        "message": {"type": "string", "description": "One sentence for a person."},
        "decision": {"type": ["string", "null"], "format": "uuid", "description": "What `undo` names."},
        "state": {"type": ["string", "null"], "description": "The reply's state after the decision."},
        "etag": {"type": ["string", "null"], "description": "The reply's new tag."},
        "problem": {"oneOf": [ref("Problem"), {"type": "null"}]},
    },
    "What became of one of the decisions.",
)
ANSWERS = _object(
    {"results": {"type": "array", "items": ref("BulkAnswer")}},
    "An answer for each decision, in the order sent.",
)

COMPONENTS: dict[str, Schema] = {
    "CommentLabel": LABEL,
    "Exposure": EXPOSURE,
    "DeskPreferences": PREFERENCES,
    "BulkAnswer": ANSWER,
    "BulkAnswers": ANSWERS,
}
