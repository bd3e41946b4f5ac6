"""The shapes of replies as JSON Schema 2020-12, as `comments.rendering` makes them."""

from typing import Any

from cms.openapi.responses import ref
from comments.gate import GRADES
from comments.openapi import care
from comments.openapi.answers import ANSWER_COMPONENTS
from comments.openapi.blocks import BLOCK_COMPONENTS
from comments.openapi.forms import FORM_COMPONENTS
from comments.transitions import TRANSITIONS
from comments.wording import REASONS

Schema = dict[str, Any]

_ID: Schema = {"type": "string", "format": "uuid"}
_ID_OR_NULL: Schema = {"type": ["string", "null"], "format": "uuid"}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
_HREF: Schema = {"type": "string", "format": "uri-reference"}
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_NUMBER_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
_PARENT: Schema = {
    **_ID_OR_NULL,
    "description": "The reply that this one answers; null for an answer to the article.",
}
_DEPTH: Schema = {"type": "integer", "minimum": 0, "maximum": 199}
_STATES = [state for state in TRANSITIONS if state != "edited"]
_DECISIONS = ["publish", "hold", "reject", "spam", "remove"]
_DISPLAY = ["name", "initials", "anonymous"]


def _object(properties: Schema, description: str, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "description": description,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


COMMENT = _object(
    {
        "id": _ID,
        "article": _ID,
        "parent": _PARENT,
        "depth": _DEPTH,
        "author": _object(
            {
                "name": {**_TEXT_OR_NULL, "description": "Null: anonymous by choice, or a tombstone."},
                "website": {"type": ["string", "null"], "format": "uri"},
                "is_staff": {"type": "boolean", "description": "Written by the editorial staff."},
            },
            "Who wrote it, as far as they want to be known.",
        ),
        "html": {
            **_TEXT,
            "description": "Sanitised (p, br, em, strong, ul, ol, li, blockquote, a). Empty in a tombstone.",
        },
        "text": {
            **_TEXT,
            "description": "As it was typed, with its Markdown. Show it as text, never as HTML.",
        },
        "created_at": _INSTANT,
        "edited_at": {
            **_INSTANT_OR_NULL,
            "description": "When the public text was written, if it is not the first.",
        },
        "version": _NUMBER_OR_NULL,
        "replies": _object(
            {
                "count": {**_NUMBER, "description": "Published replies beneath it, at every level."},
                "href": _HREF,
                "open": {
                    "type": "boolean",
                    "description": "Whether its author takes answers; the thread's own policy comes before.",
                },
            },
            "What lies beneath it.",
            optional=("open",),
        ),
        "state": {
            "type": "string",
            "enum": ["published", "deleted", "removed"],
            "description": "`deleted` (by its author) and `removed` (by the site) are tombstones above public replies.",
        },
    },
    "A reply, or the tombstone of one.",
)

_STANDING: Schema = {
    "state": {
        "type": "string",
        "enum": ["received", "being_read", "published", "not_published", "removed", "deleted"],
    },
    "state_text": {
        **_TEXT,
        "description": "The state in a plain sentence, in the author's language where we have it.",
    },
    "reason": {**_TEXT_OR_NULL, "description": "Why it waits, or was decided against, in a plain sentence."},
}

_SUPPORT_TEXT: Schema = {
    **_TEXT,
    "description": "Beside the way to helplines: the same for everybody, whatever was written. Editors may word it.",
}

RECEIPT = _object(
    {
        "id": _ID,
        "article": _ID,
        "parent": _PARENT,
        "version": {"type": "integer", "minimum": 1},
        **_STANDING,
        "next_review_at": {
            **_INSTANT_OR_NULL,
            "description": "When replies are read next; null when not fixed.",
        },
        "edit_until": _INSTANT_OR_NULL,
        "author_token": {
            **_TEXT,
            "pattern": "^ka_",
            "description": "Shown this once. With it the author reads, edits and deletes their reply.",
        },
        "support": {
            "type": "array",
            "items": ref("Helpline"),
            "description": "Helplines of the country that was sent, as `/api/v1/helplines` gives them.",
        },
        "support_text": _SUPPORT_TEXT,
        "letter": {
            **_TEXT_OR_NULL,
            "description": "When a letter was asked for and the site sends mail: what to expect, whatever the address.",
        },
        "links": ref("Links"),
    },
    "What became of a new reply. It does not repeat its words.",
)

_TYPED_AUTHOR = _object(
    {
        "name": _TEXT_OR_NULL,
        "website": {"type": ["string", "null"], "format": "uri"},
        "display_as": {"type": "string", "enum": _DISPLAY},
        "shown_as": {**_TEXT_OR_NULL, "description": "What readers see, or would; null: nothing."},
    },
    "What was typed. Null once erased.",
)

OWN_COMMENT = _object(
    {
        "id": _ID,
        "article": _ID,
        "parent": _PARENT,
        "version": {
            "type": "integer",
            "minimum": 1,
            "description": "The latest; `text` and `html` are its own.",
        },
        "public_version": {**_NUMBER_OR_NULL, "description": "The version that readers see."},
        **_STANDING,
        "author": _TYPED_AUTHOR,
        "text": _TEXT,
        "html": _TEXT,
        "created_at": _INSTANT,
        "edited_at": _INSTANT_OR_NULL,
        "edit_until": {**_INSTANT_OR_NULL, "description": "Null: it can no longer be edited."},
        "next_review_at": _INSTANT_OR_NULL,
        "messages": care.OWN_MESSAGES,
        "redactions": care.OWN_REDACTIONS,
        "appeal": ref("OwnAppeal"),
        "allow_replies": {"type": "boolean", "description": "Whether others may answer it."},
        "notify_on_reply": {"type": "boolean", "description": "Whether letters about answers are wanted."},
        "support_text": _SUPPORT_TEXT,
        "support_href": {**_TEXT, "format": "uri-reference"},
        "links": ref("Links"),
    },
    "One's own reply.",
)

VERDICT = _object(
    {
        "rule": _TEXT,
        "version": _NUMBER,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "explanation": _TEXT,
        "span": {
            "type": ["array", "null"],
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
            "description": "From and until, in code points of `text`.",
        },
        "holds": {"type": "boolean"},
    },
    "What one check of the gate found.",
)

_MODERATED_WORDS: Schema = {
    "author": _TYPED_AUTHOR,
    "text": _TEXT,
    "html": _TEXT,
    "verdicts": {"type": "array", "items": ref("Verdict")},
}
_GRADE: Schema = {
    "type": "string",
    "enum": list(GRADES),
    "description": "How the words speak of self-harm. It orders the queue and says nothing certain of a person.",
}

MODERATED_COMMENT = _object(
    {
        "id": _ID,
        "article": _object(
            {"id": _ID, "slug": _TEXT_OR_NULL, "title": _TEXT_OR_NULL, "href": _HREF},
            "Slug and title of what is public of it; null while nothing is.",
        ),
        "parent": _PARENT,
        "in_reply_to": {
            "type": ["object", "null"],
            "description": "The reply that this one answers, as readers see it.",
            "required": ["id", "state", "author", "text", "href"],
            "properties": {
                "id": _ID,
                "state": {"type": "string", "enum": _STATES},
                "author": _TEXT_OR_NULL,
                "text": {**_TEXT_OR_NULL, "description": "Null where it is not public (any more)."},
                "href": _HREF,
            },
        },
        "depth": _DEPTH,
        "state": {"type": "string", "enum": _STATES},
        "waiting": {
            "type": "boolean",
            "description": "A version waits for a decision; the public one, if any, stays.",
        },
        "calls": care.OPEN_CALLS,
        "waiting_since": {
            **_INSTANT_OR_NULL,
            "description": "Since when it calls for a person; null: not.",
        },
        "waiting_seconds": {"type": ["integer", "null"], "minimum": 0},
        "names_erased_since": {
            **_INSTANT_OR_NULL,
            "description": "It names who wrote what it answers, and they erased that then; null: no, or looked at.",
        },
        "grade": _GRADE,
        "version": {"type": "integer", "minimum": 1, "description": "The latest, whose words these are."},
        "public_version": _NUMBER_OR_NULL,
        "etag": {**_TEXT, "description": "What If-Match must name to decide on it."},
        "created_at": _INSTANT,
        "submitted_at": {**_INSTANT, "description": "When the latest version came."},
        "is_staff": {"type": "boolean"},
        **_MODERATED_WORDS,
        "folded_text": {
            **_TEXT,
            "description": "The words as checks compare them: disguises seen through. `q` searches these.",
        },
        "reasons": {"type": "array", "items": _TEXT, "description": "Why it waits, in sentences."},
        "labels": {"type": "array", "items": ref("CommentLabel")},
        "replies": _object({"count": _NUMBER}, "Published replies beneath it."),
        "claim": {
            "type": ["object", "null"],
            "description": "Who is reading it; null when nobody is.",
            "required": ["by", "until"],
            "properties": {"by": _TEXT, "until": _INSTANT},
        },
        "allowed_decisions": {"type": "array", "items": {"type": "string", "enum": _DECISIONS}},
        "links": ref("Links"),
        "collapsed": {
            "type": "boolean",
            "description": "In the queue: whether it holds a kind that the caller would rather not see.",
        },
    },
    "A reply as moderators read it. It never holds the author's address.",
    optional=("collapsed",),
)

MODERATED_VERSION = _object(
    {
        "number": {"type": "integer", "minimum": 1},
        "state": {"type": "string", "enum": ["pending", "public", "superseded", "refused"]},
        "grade": _GRADE,
        "created_at": _INSTANT,
        "erased_at": _INSTANT_OR_NULL,
        **_MODERATED_WORDS,
    },
    "One version of a reply.",
)

COMMENT_DECISION = _object(
    {
        "id": _ID,
        "version": {"type": "integer", "minimum": 1},
        "decision": {"type": "string", "enum": [*_DECISIONS, "undo", "redact"]},
        "old_state": {"type": "string", "enum": _STATES},
        "new_state": {"type": "string", "enum": _STATES},
        "reason": {"type": "string", "enum": list(REASONS)},
        "rule": {**_TEXT_OR_NULL, "description": "The rule of the gate that decided; null for a person."},
        "decided_by": {**_TEXT_OR_NULL, "description": "The moderator's user name; null for the gate."},
        "note": _TEXT_OR_NULL,
        "at": _INSTANT,
        "undoes": {**_ID_OR_NULL, "description": "The decision that this one took back."},
        "undone_by": {**_ID_OR_NULL, "description": "What took this decision back."},
        "undo_until": {
            **_INSTANT_OR_NULL,
            "description": "Until when it can be undone, while it is the latest and nothing is edited or erased.",
        },
    },
    "One ruling on one version.",
)

COMPONENTS: dict[str, Schema] = {
    "Comment": COMMENT,
    "CommentReceipt": RECEIPT,
    "OwnComment": OWN_COMMENT,
    "Verdict": VERDICT,
    "ModeratedComment": MODERATED_COMMENT,
    "ModeratedCommentVersion": MODERATED_VERSION,
    "CommentDecision": COMMENT_DECISION,
    **care.COMPONENTS,
    **FORM_COMPONENTS,
    **BLOCK_COMPONENTS,
    **ANSWER_COMPONENTS,
}
