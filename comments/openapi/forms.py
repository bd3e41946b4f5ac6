"""Decorations and shapes of what a form needs: the form itself, its tokens, its challenges."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

from cms.openapi.responses import document, problem, ref

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_HREF: Schema = {"type": "string", "format": "uri-reference"}
_SECONDS: Schema = {"type": "integer", "minimum": 0}


def _object(properties: Schema, description: str, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "description": description,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


FIELD = _object(
    {
        "name": {**_TEXT, "description": "What to call it when sending the reply."},
        "type": {"type": "string", "enum": ["text", "email", "url", "textarea", "select", "checkbox"]},
        "label": _TEXT,
        "help": _TEXT,
        "required": {"type": "boolean"},
        "max_length": {"type": "integer", "minimum": 1, "description": "In Unicode code points."},
        "choices": {"type": "array", "items": _object({"value": _TEXT, "label": _TEXT}, "One of several.")},
        "default": _TEXT,
    },
    "A field that people fill in.",
    optional=("max_length", "choices", "default"),
)

FORM = _object(
    {
        "article": {"type": "string", "format": "uuid"},
        "locale": {
            **_TEXT,
            "description": "The article's. Texts are in it where we have them, else in English.",
        },
        "policy": {"type": "string", "enum": ["hold", "publish", "closed"]},
        "closes_at": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "From this instant on nothing new is taken; null: not fixed.",
        },
        "moderation": {**_TEXT, "description": "Who reads a reply, and when it appears."},
        "staffed_hours": ref("StaffedHours"),
        "hours": {**_TEXT, "description": "The same in a sentence."},
        "support": _object({"text": _TEXT, "href": _HREF}, "Where help is, whatever is written."),
        "visibility": {**_TEXT, "description": "That a reply stays public, and under which name."},
        "afterwards": _object({"text": _TEXT, "edit_seconds": _SECONDS}, "How to change and to delete it."),
        "privacy_notice": _object(
            {
                "version": {**_TEXT, "description": "Send it as `privacy_version`."},
                "href": {"type": ["string", "null"], "format": "uri-reference"},
            },
            "The notice to show.",
        ),
        "fields": {"type": "array", "items": ref("CommentFormField")},
        "honeypot": {
            "type": ["object", "null"],
            "description": "A field that people must not see. A reply in which it is filled in is read first.",
            "required": ["name", "text"],
            "properties": {"name": _TEXT, "text": {**_TEXT, "description": "What a frontend does with it."}},
        },
        "form_token": _object(
            {
                "href": {
                    **_HREF,
                    "description": "POST `body` here on first focus; send what comes as `form_token`.",
                },
                "body": _object({"article": {"type": "string", "format": "uuid"}}, "What to send."),
                "lifetime_seconds": {**_SECONDS, "description": "After this a token is too old."},
                "fastest_seconds": {
                    **_SECONDS,
                    "description": "A reply sent sooner is read by a person first.",
                },
            },
            "How to get a token.",
        ),
        "altcha": {
            "type": ["object", "null"],
            "description": "Where a proof of work is asked for: the address for ALTCHA's widget.",
            "required": ["challenge_href"],
            "properties": {"challenge_href": _HREF},
        },
        "links": ref("Links"),
    },
    "The form for a reply. Instants and lengths of time, no judgement about now.",
)

TOKEN = _object(
    {
        "form_token": {**_TEXT, "pattern": "^kf_", "description": "Send it with the reply. Opaque."},
        "article": {"type": "string", "format": "uuid"},
        "expires_at": {"type": "string", "format": "date-time"},
    },
    "A token for one reply to one article.",
)

CHALLENGE = _object(
    {
        "parameters": {"type": "object", "additionalProperties": True},
        "signature": _TEXT,
    },
    "A challenge as ALTCHA's widget takes it. Opaque.",
)

FORM_COMPONENTS: dict[str, Schema] = {
    "CommentForm": FORM,
    "CommentFormField": FIELD,
    "FormToken": TOKEN,
    "FormChallenge": CHALLENGE,
}

READER_ADDRESS = OpenApiParameter(
    name="Reader-Address",
    location=OpenApiParameter.HEADER,
    description=(
        "The IPv4 or IPv6 address of the reader for whom a frontend's server posts, with a token of scope "
        "`comments:relay`: limits then count for that address. From anybody without a token it is not read."
    ),
    required=False,
    type=str,
)
SENDERS: Any = [{}, {"bearer": []}]
"""Nobody needs a token here; a relay has one."""

mint = extend_schema(
    parameters=[READER_ADDRESS],
    auth=SENDERS,
    responses={
        201: document("FormToken", "Made. It is told this once."),
        **problem("not_found", "gone", "unavailable_for_legal_reasons"),
        **problem("authentication_failed", "not_allowed"),
    },
)
challenge = extend_schema(responses={200: document("FormChallenge", "A fresh one."), **problem("not_found")})
