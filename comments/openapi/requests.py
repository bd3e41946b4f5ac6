"""Shapes and decorations of requests about an address, and of the export."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from cms.openapi.responses import document, problem
from comments.models.comment import STATES
from comments.models.decision import LOGGED
from comments.models.requests import PURPOSES

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_ID = {"type": "string", "format": "uuid"}
_ID_OR_NULL = {"type": ["string", "null"], "format": "uuid"}
_INSTANT = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL = {"type": ["string", "null"], "format": "date-time"}
_PURPOSE = {"type": "string", "enum": list(PURPOSES)}
_STATE = {"type": "string", "enum": list(STATES)}


def _object(properties: dict[str, Any], description: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": description, "properties": properties, "required": required}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_VERSION = _object(
    {
        "number": {"type": "integer", "minimum": 1},
        "state": _TEXT,
        "created_at": _INSTANT,
        "erased_at": _INSTANT_OR_NULL,
        "name": _TEXT_OR_NULL,
        "website": _TEXT_OR_NULL,
        "display_as": _TEXT,
        "shown_as": _TEXT_OR_NULL,
        "text": _TEXT,
    },
    "One version, with what was typed.",
)
_DECISION = _object(
    {
        "version": {"type": "integer", "minimum": 1},
        "decision": {"type": "string", "enum": list(LOGGED)},
        "by": {"type": "string", "enum": ["a person", "a rule"]},
        "reason": {**_TEXT_OR_NULL, "description": "In a plain sentence, where one can be given."},
        "at": _INSTANT,
    },
    "What was decided, and when.",
)
_SAID = _object(
    {"text": _TEXT, "at": _INSTANT}, "What moderators wrote to the author, or the author to them."
)
_REPLY = _object(
    {
        "id": _ID,
        "article": _ID,
        "parent": _ID_OR_NULL,
        "state": _STATE,
        "created_at": _INSTANT,
        "country": _TEXT_OR_NULL,
        "locale": _TEXT_OR_NULL,
        "privacy_version": {**_TEXT_OR_NULL, "description": "The privacy notice that the author was shown."},
        "notify_on_reply": {"type": "boolean"},
        "versions": _list(_VERSION),
        "decisions": _list(_DECISION),
        "messages": _list(_SAID),
        "appeals": _list(_SAID),
    },
    "One reply.",
)
_CONTACT = {
    "type": ["object", "null"],
    "description": "Null when the reply's address was forgotten.",
    "required": ["address", "since", "confirmed_at", "muted_at", "last_letter_at", "requests"],
    "properties": {
        "address": {**_TEXT_OR_NULL, "description": "Null in an export for those who work here."},
        "since": _INSTANT,
        "confirmed_at": _INSTANT_OR_NULL,
        "muted_at": _INSTANT_OR_NULL,
        "last_letter_at": _INSTANT_OR_NULL,
        "requests": _list(
            _object(
                {"purpose": _PURPOSE, "at": _INSTANT, "used_at": _INSTANT_OR_NULL},
                "What was asked about the address.",
            )
        ),
    },
}

COMPONENTS: dict[str, dict[str, Any]] = {
    "ContactRequestReceived": _object(
        {
            "text": {**_TEXT, "description": "What happens now, in a sentence or two."},
            "offered": {"type": "boolean", "description": "Whether this site sends letters at all."},
        },
        "The same for every address.",
    ),
    "ContactLink": _object(
        {
            "purpose": _PURPOSE,
            "locale": _TEXT,
            "text": {**_TEXT, "description": "What it does, or what it has done."},
            "button": {**_TEXT_OR_NULL, "description": "What to write on the button that does it."},
            "done": {"type": "boolean"},
            "replies": _list(
                _object(
                    {
                        "id": _ID,
                        "article": _ID,
                        "state": _STATE,
                        "state_text": {**_TEXT, "description": "The same in a plain sentence."},
                        "created_at": _INSTANT,
                        "author_token": {**_TEXT, "pattern": "^ka_", "description": "Told this once."},
                        "href": {"type": "string", "format": "uri-reference"},
                    },
                    "One of one's replies, and its fresh token.",
                )
            ),
            "export": {"$ref": "#/components/schemas/PersonExport"},
            "erased": {"type": "integer", "minimum": 0, "description": "How many replies were erased."},
        },
        "What the link in a letter does, or what it has done.",
        ("replies", "export", "erased"),
    ),
    "PersonExport": _object(
        {
            "format": {"type": "integer", "minimum": 1},
            "made_at": _INSTANT,
            "contact": _CONTACT,
            "replies": _list(_REPLY),
        },
        "All that is kept of one person.",
    ),
    "AuthorErased": _object({"erased": {"type": "integer", "minimum": 1}}, "How many replies were erased."),
}

_EXAMPLE = OpenApiExample(
    "Whoever lost the token",
    value={"email": "pieter@example.org", "purpose": "manage", "locale": "en"},
    request_only=True,
)

ask = extend_schema(
    examples=[_EXAMPLE], responses={202: document("ContactRequestReceived", "Always, for every address.")}
)
see = extend_schema(responses={200: document("ContactLink", "What it would do.")})
fulfil = extend_schema(responses={200: document("ContactLink", "Done.")})
export_author = extend_schema(responses={200: document("PersonExport", "Everything, without the address.")})
erase_author = extend_schema(
    responses={200: document("AuthorErased", "Erased."), **problem("not_found")},
)
