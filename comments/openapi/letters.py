"""Decorations and shapes of what links in letters lead to, and of stopping letters on somebody's behalf."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema

from cms.openapi.responses import document, nothing, problem

COMPONENTS: dict[str, dict[str, Any]] = {
    "LinkInLetter": {
        "type": "object",
        "description": "What a link in a letter does, or what it has done.",
        "required": ["text", "button", "done"],
        "properties": {
            "text": {"type": "string", "description": "One or two sentences, by Accept-Language."},
            "button": {
                "type": ["string", "null"],
                "description": "What to write on the button that does it; null when it is done.",
            },
            "done": {"type": "boolean"},
            "trust_token": {
                "type": "string",
                "pattern": "^kc_",
                "description": "Of a confirmed address. Shown this once; send it with later replies.",
            },
        },
    },
}

see_confirmation = extend_schema(responses={200: document("LinkInLetter", "What it would do.")})
confirm = extend_schema(responses={200: document("LinkInLetter", "Confirmed; with the token.")})
see_stop = extend_schema(responses={200: document("LinkInLetter", "What it would do.")})
stop = extend_schema(responses={200: document("LinkInLetter", "Stopped. The same answer every time.")})
page_of_comment = extend_schema(
    responses={302: OpenApiResponse(None, "Where it is."), **problem("gone", "unavailable_for_legal_reasons")}
)
mute_author = extend_schema(responses={204: nothing("No letter goes there any more.")})
