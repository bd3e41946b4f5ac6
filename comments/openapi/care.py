"""How escalations, messages, appeals and reports are documented: their shapes, and decorations of their views."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from cms.openapi.responses import document, listing, problem, ref
from comments.gate import GRADES
from comments.models.care import REPORT_REASONS

Schema = dict[str, Any]

_ID: Schema = {"type": "string", "format": "uuid"}
_ID_OR_NULL: Schema = {"type": ["string", "null"], "format": "uuid"}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
_HREF: Schema = {"type": "string", "format": "uri-reference"}
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


def _object(properties: Schema, description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "required": list(properties),
        "properties": properties,
    }


OWN_MESSAGES: Schema = {
    "type": "array",
    "items": _object({"text": _TEXT, "sent_at": _INSTANT}, "A message from the moderators."),
    "description": "What moderators wrote to the author. No moderator is named.",
}
OWN_REDACTIONS: Schema = {
    "type": "array",
    "items": _object(
        {"mark": {**_TEXT, "description": "What readers see in its place."}, "at": _INSTANT},
        "A part that a moderator took out.",
    ),
    "description": "What moderators took out of the text.",
}
_SECONDS: Schema = {"type": ["integer", "null"], "minimum": 0}
_WAIT = _object(
    {
        "grade": {"type": "string", "enum": list(GRADES)},
        "count": {"type": "integer", "minimum": 0},
        "median_seconds": _SECONDS,
        "p90_seconds": {**_SECONDS, "description": "Nine of ten waited no longer (nearest rank)."},
        "longest_seconds": _SECONDS,
    },
    "How long replies of one grade wait, or waited.",
)
OPEN_CALLS = _object(
    {
        "escalations": {"type": "integer", "minimum": 0},
        "reports": {"type": "integer", "minimum": 0},
        "urgent_reports": {
            "type": "integer",
            "minimum": 0,
            "description": "Those of the reports that say that it identifies or frightens who reported it.",
        },
        "appeals": {"type": "integer", "minimum": 0},
    },
    "What is open about it beside a version that waits.",
)

COMPONENTS: dict[str, Schema] = {
    "CommentEscalation": _object(
        {
            "id": _ID,
            "comment": _ID,
            "to": _TEXT,
            "note": _TEXT,
            "opened_by": _TEXT,
            "opened_at": _INSTANT,
            "done": {**_TEXT, "description": "What was done; empty while it is open, and after an erasure."},
            "closed_by": _TEXT_OR_NULL,
            "closed_at": {**_INSTANT_OR_NULL, "description": "Null while it is open."},
            "href": _HREF,
            "links": ref("Links"),
        },
        "A reply in the hands of somebody who can do more.",
    ),
    "CommentMessage": _object(
        {"id": _ID, "text": _TEXT, "sent_by": _TEXT, "sent_at": _INSTANT},
        "A moderator's message to the author of a reply.",
    ),
    "CommentAppeal": _object(
        {
            "id": _ID,
            "decision": {**_ID, "description": "What it is about."},
            "decided_by": _TEXT_OR_NULL,
            "text": _TEXT,
            "sent_at": _INSTANT,
            "answer": {**_ID_OR_NULL, "description": "The decision that answered it; null while it is open."},
        },
        "An author's objection to a decision.",
    ),
    "OwnAppeal": _object(
        {
            "state": {"type": "string", "enum": ["none", "possible", "waiting", "answered"]},
            "state_text": _TEXT,
            "sent_at": _INSTANT_OR_NULL,
        },
        "Whether the author can ask that a decision be looked at again, or has.",
    ),
    "CommentReport": _object(
        {
            "id": _ID,
            "comment": _ID,
            "reason": {"type": "string", "enum": list(REPORT_REASONS)},
            "identifies_me": {"type": "boolean"},
            "frightens_me": {"type": "boolean"},
            "note": _TEXT,
            "sent_at": _INSTANT,
            "open": {"type": "boolean", "description": "No decision was made on the reply since."},
            "href": _HREF,
        },
        "What a reader reported of a reply. It does not tell who.",
    ),
    "CommentWaits": _object(
        {
            "at": _INSTANT,
            "waiting": {"type": "array", "items": _WAIT, "description": "Those that wait now."},
            "decided": {
                "type": "array",
                "items": _object(
                    {"days": {"type": "integer"}, "grades": {"type": "array", "items": _WAIT}},
                    "Texts that a person first decided on within so many days.",
                ),
            },
            "open_escalations": {"type": "integer", "minimum": 0},
        },
        "How many replies wait and for how long.",
    ),
    "ReportReceived": _object(
        {"state": {"type": "string", "const": "received"}, "state_text": _TEXT, "links": ref("Links")},
        "The one answer to every report.",
    ),
}

_ESCALATION = OpenApiExample(
    "To the clinical lead",
    value={"to": "Clinical lead", "note": "Please read the last lines first."},
    request_only=True,
)
_REDACTION = OpenApiExample(
    "A telephone number",
    value={"start": 24, "end": 32, "version": 1, "label": "personal_data"},
    request_only=True,
)
_REPORT = OpenApiExample(
    "It says who I am",
    value={"reason": "privacy", "identifies_me": True, "note": "My street is in it."},
    request_only=True,
)

escalations = extend_schema(responses={200: listing("CommentEscalation")})
escalate = extend_schema(
    examples=[_ESCALATION],
    responses={201: document("CommentEscalation", "Opened."), **problem("reply_erased")},
)
one_escalation = extend_schema(responses={200: document("CommentEscalation")})
settle = extend_schema(
    responses={200: document("CommentEscalation", "Closed."), **problem("escalation_closed")}
)
open_escalations = extend_schema(responses={200: listing("CommentEscalation")})
messages = extend_schema(responses={200: listing("CommentMessage")})
send_message = extend_schema(
    responses={201: document("CommentMessage", "The author can read it."), **problem("reply_erased")}
)
appeals = extend_schema(responses={200: listing("CommentAppeal")})
appeal = extend_schema(
    responses={201: document("OwnAppeal"), **problem("nothing_to_appeal", "appealed_already")}
)
redact = extend_schema(
    examples=[_REDACTION],
    responses={
        201: document("CommentDecision", "Redacted and logged; ETag is the reply's new one."),
        **problem("not_redactable", "claimed"),
    },
)
waits = extend_schema(responses={200: document("CommentWaits")})
reports = extend_schema(responses={200: listing("CommentReport")})
open_reports = extend_schema(responses={200: listing("CommentReport")})
report = extend_schema(
    examples=[_REPORT],
    responses={
        202: document("ReportReceived"),
        **problem("not_found", "gone", "unavailable_for_legal_reasons"),
    },
)
