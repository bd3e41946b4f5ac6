"""The ways to say who is calling, as OpenAPI security schemes."""

from typing import Any

SCHEMES: dict[str, dict[str, Any]] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made at /api/v1/editorial/tokens; it begins with `kt_`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "A browser's session after /sign-in. Writes need the CSRF token too.",
    },
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "User name and password; only for making a token.",
    },
    "preview": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of a preview link; it begins with `kp_`, and opens previews and nothing else.",
    },
    "author": {
        "type": "http",
        "scheme": "bearer",
        "description": "The `author_token` that came with one's own reply; it begins with `ka_`.",
    },
}
