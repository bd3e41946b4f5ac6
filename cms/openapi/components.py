"""Schemas that every part of the API shares, written by hand as JSON Schema 2020-12. The apps add their own."""

from typing import Any

from cms.staffing import DAYS, MOST_PERIODS
from cms.support import LONGEST

FIELD_ERROR: dict[str, Any] = {
    "type": "object",
    "description": (
        "One thing wrong with one part of a request: `pointer` (RFC 6901) points into the body, `parameter` names "
        "a query parameter or header."
    ),
    "required": ["code", "detail"],
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "One sentence for a person."},
        "pointer": {"type": "string", "format": "json-pointer"},
        "parameter": {"type": "string"},
    },
}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": (
        "What went wrong (RFC 9457). Decide by `code`, never by `title` or `detail`. Further members may be there; "
        "ignore those that you do not know."
    ),
    "required": ["type", "title", "status", "detail", "code", "instance", "request_id", "retryable"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Where this kind of problem is documented.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "One plain sentence about this occurrence."},
        "code": {"type": "string", "description": "From the closed list at /api/docs/problems."},
        "instance": {"type": "string", "format": "uri-reference"},
        "request_id": {"type": "string"},
        "retryable": {"type": "boolean", "description": "Whether the same request may succeed later."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
    },
}

LINKS: dict[str, Any] = {
    "type": "object",
    "description": "Names to addresses. New names may appear.",
    "additionalProperties": {"type": "string", "format": "uri-reference"},
}

_PERIODS: dict[str, Any] = {
    "type": "array",
    "maxItems": MOST_PERIODS,
    "items": {
        "type": "array",
        "items": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
        "minItems": 2,
        "maxItems": 2,
    },
}
STAFFED_HOURS: dict[str, Any] = {
    "type": "object",
    "description": "When somebody reads replies; empty: nobody said. Times are of the zone, from and until.",
    "properties": {
        "time_zone": {"type": "string", "description": "IANA name."},
        "weekly": {
            "type": "object",
            "properties": dict.fromkeys(DAYS, _PERIODS),
            "additionalProperties": False,
        },
    },
}

SUPPORT_TEXTS: dict[str, Any] = {
    "type": "object",
    "description": "By locale: the sentence beside the way to helplines. Where there is none, ours stands.",
    "additionalProperties": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}

SITE: dict[str, Any] = {
    "type": "object",
    "required": [
        "name",
        "description",
        "default_locale",
        "locales",
        "time_zone",
        "contact",
        "privacy_notice_url",
        "privacy_version",
        "staffed_hours",
        "support_texts",
        "comments_close_after_days",
        "disclaimer",
        "demo",
        "limits",
        "links",
    ],
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "default_locale": {"type": "string", "description": "BCP 47."},
        "locales": {"type": "array", "items": {"type": "string"}},
        "time_zone": {
            "type": "string",
            "description": "IANA name of the zone that the magazine works in. Instants are in UTC everywhere.",
        },
        "contact": {"type": "string", "description": "An address or a page; empty when there is none."},
        "privacy_notice_url": {"type": "string", "format": "uri-reference"},
        "privacy_version": {"type": "string"},
        "staffed_hours": {"$ref": "#/components/schemas/StaffedHours"},
        "support_texts": {"$ref": "#/components/schemas/SupportTexts"},
        "comments_close_after_days": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "Replies to an article close so many days after it was first published; null: never so.",
        },
        "disclaimer": {"type": "object", "description": "By locale: what the site is not."},
        "demo": {"type": "boolean", "description": "Whether the content is a demonstration."},
        "limits": {
            "type": "object",
            "description": "The largest text that is accepted, in code points, by kind.",
            "additionalProperties": {"type": "integer"},
        },
        "links": {"$ref": "#/components/schemas/Links"},
    },
}

CHANGE: dict[str, Any] = {
    "type": "object",
    "description": (
        "Something became visible or ceased to be. No text: read `href`. In a full read, something that is live."
    ),
    "required": ["id", "type", "at", "subject", "version", "href", "cache_tags"],
    "properties": {
        "id": {
            "type": "string",
            "description": "Opaque and unique. Takes the place of `after`, and of `min_change` anywhere.",
        },
        "type": {
            "type": "string",
            "description": (
                "`article.` published, updated, moved, rerendered, withdrawn, gone, suppressed; `comment.` published, "
                "updated, removed; `catalogue.changed`; `release.published`. More may be added."
            ),
        },
        "at": {"type": "string", "format": "date-time", "description": "When it took effect."},
        "subject": {"type": "string", "format": "uuid"},
        "version": {
            "type": ["integer", "null"],
            "minimum": 0,
            "description": "Which version; null where there is none, or none any more.",
        },
        "href": {
            "type": ["string", "null"],
            "format": "uri-reference",
            "description": "Where to read it, or to learn that it is gone. Null for a release.",
        },
        "cache_tags": {"type": "array", "items": {"type": "string"}, "description": "What to purge."},
    },
}

CHANGES: dict[str, Any] = {
    "type": "object",
    "description": "A part of the log, in its order. Follow `next` for as long as you want to know.",
    "required": ["changes", "next", "cursor", "has_more"],
    "properties": {
        "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
        "next": {
            "type": "string",
            "format": "uri",
            "description": "Always given: what follows, now or later.",
        },
        "cursor": {"type": "string", "description": "What `next` begins behind: keep it."},
        "has_more": {"type": "boolean", "description": "Whether to follow `next` at once rather than later."},
    },
}

HEALTH: dict[str, Any] = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"type": "string", "const": "ok"}},
}

API_TOKEN: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name", "scopes", "created_at", "expires_at"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "scopes": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Empty: everything its user may do, but making tokens.",
        },
        "created_at": {"type": "string", "format": "date-time"},
        "expires_at": {"type": "string", "format": "date-time"},
    },
}

NEW_API_TOKEN: dict[str, Any] = {
    "allOf": [
        {"$ref": "#/components/schemas/ApiToken"},
        {
            "type": "object",
            "required": ["token"],
            "properties": {
                "token": {
                    "type": "string",
                    "pattern": "^kt_",
                    "description": "Shown this once. Send it as `Authorization: Bearer TOKEN`.",
                }
            },
        },
    ]
}

ME: dict[str, Any] = {
    "type": "object",
    "required": ["id", "username", "name", "roles", "verbs", "scopes", "links"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "username": {"type": "string"},
        "name": {"type": "string"},
        "roles": {"type": "array", "items": {"type": "string"}},
        "verbs": {
            "type": "array",
            "items": {"type": "string"},
            "description": "What this caller may do, by role and by the token's scopes.",
        },
        "scopes": {"type": "array", "items": {"type": "string"}},
        "links": {"$ref": "#/components/schemas/Links"},
    },
}

COMPONENTS: dict[str, dict[str, Any]] = {
    "FieldError": FIELD_ERROR,
    "Problem": PROBLEM,
    "Links": LINKS,
    "Site": SITE,
    "StaffedHours": STAFFED_HOURS,
    "SupportTexts": SUPPORT_TEXTS,
    "Change": CHANGE,
    "Changes": CHANGES,
    "Health": HEALTH,
    "ApiToken": API_TOKEN,
    "NewApiToken": NEW_API_TOKEN,
    "Me": ME,
}
