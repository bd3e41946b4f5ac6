"""Decorations of what readers write."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from cms.openapi.responses import document, nothing, problem
from comments.openapi import care
from comments.openapi.forms import READER_ADDRESS, SENDERS

_EXAMPLE = OpenApiExample(
    "A reply",
    value={
        "author_name": "Pieter",
        "author_email": "pieter@example.org",
        "text": "Thank you. The part about *finding words slowly* helped me.",
        "display_as": "initials",
        "country": "CA",
    },
    request_only=True,
)

submit = extend_schema(
    examples=[_EXAMPLE],
    parameters=[READER_ADDRESS],
    auth=SENDERS,
    responses={
        201: document("CommentReceipt", "Public at once."),
        202: document("CommentReceipt", "Stored; a person reads it first."),
        **problem("not_found", "locale_needed", "gone", "unavailable_for_legal_reasons"),
        **problem("comments_closed", "parent_not_public", "parent_closed"),
        **problem("authentication_failed", "not_allowed"),
    },
)
read_own = extend_schema(responses={200: document("OwnComment")})
edit_own = extend_schema(
    responses={200: document("OwnComment"), **problem("edit_window_over", "not_editable", "reply_erased")},
)
erase_own = extend_schema(responses={204: nothing("Erased. The same answer every time.")})
appeal = care.appeal
