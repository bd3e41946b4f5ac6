"""What of a reply is personal, table by table: what erasing deletes, what it empties, and what stays and why.

The verbs walk these lists. A table or a column of words that stands in none of them fails the suite.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from comments.models import (
    Appeal,
    AuthorMessage,
    Comment,
    CommentLabel,
    CommentPrivate,
    CommentVersion,
    Confirmation,
    Contact,
    ContactRequest,
    Decision,
    DecisionNote,
    DeskPreferences,
    Escalation,
    LearnedGate,
    Notice,
    Report,
    SpentToken,
    TextDigest,
    Thread,
    VersionPrivate,
)


@dataclass(frozen=True)
class Rows:
    """A table whose rows belong to replies. `reply` is the look-up that leads from a row to its reply's id."""

    model: type[Model]
    reply: str

    def of(self, comment_id: UUID) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.reply: comment_id})


WITH_A_VERSION = (
    Rows(TextDigest, "version__comment_id"),
    Rows(VersionPrivate, "version__comment_id"),
)
"""Deleted with the words of a version, whenever those go."""

WITH_THE_REPLY = (
    Rows(DecisionNote, "decision__comment_id"),
    Rows(AuthorMessage, "comment_id"),
    Rows(Appeal, "comment_id"),
    Rows(Report, "comment_id"),
    Rows(Notice, "reply_id"),
    Rows(CommentLabel, "comment_id"),
)
"""Deleted when all words of a reply go, in this order."""

CALLS: Mapping[str, Any] = {
    "open_reports": 0,
    "urgent_reports": 0,
    "open_appeals": 0,
    "names_erased_since": None,
}
"""What a reply's private row tells of the rows that go with it, and of its words: counts, and an instant."""

HANDED_ON = Rows(Escalation, "comment_id")
NOTES: Mapping[str, Any] = {"to": "", "note": "", "done": ""}
"""What is left of an escalation. The row stays, open or not: somebody may still be in need."""

WORDS: Mapping[str, Any] = {"text": "", "html": "", "public_name": "", "public_website": ""}
"""What is left of a version (`CommentVersion`) without its words."""

PERSON: Mapping[str, Any] = {
    "contact": None,
    "ip_digest": "",
    "country": "",
    "locale": "",
    "privacy_version": "",
    "notify": False,
    "urgency": 3,
}
"""What is left of a reply's private row (`CommentPrivate`) when its author is forgotten."""

FORGOTTEN = (Confirmation, ContactRequest, Contact)
"""Deleted when no reply needs them any more."""

KEPT: Mapping[type[Model], Mapping[str, str]] = {
    Comment: {
        "path": "the place in the thread; numbers",
        "newest": "the same place, for the other order",
        "state": "a word of a closed list",
    },
    CommentVersion: {
        "display_as": "a word of a closed list",
        "state": "a word of a closed list",
    },
    CommentPrivate: {
        "author_token_sha256": "makes the deletion repeatable; the digest of a random secret names nobody",
        "queue": "a word of a closed list",
    },
    Decision: {
        "decision": "a word of a closed list",
        "old_state": "a word of a closed list",
        "new_state": "a word of a closed list",
        "reason": "a code of a closed list",
        "rule": "the name of a check",
        "before": "numbers of versions, and words of closed lists",
    },
    DeskPreferences: {"rather_not": "a moderator's own; words of a closed list"},
    Thread: {"policy": "a word of a closed list"},
    SpentToken: {
        "digest": "of a random secret that only the sender holds; leads to no reply",
        "fingerprint": "a keyed digest of a whole request; leads to no reply, and goes within a day",
        "sealed": "an answer, which holds no words; only the sender's own form token opens it, for a day",
    },
    LearnedGate: {
        "weights": "numbers learned from all decisions together; no text can be read back from them",
        "key_id": "names a key of the site",
    },
}
"""Columns that may hold text or bytes and outlive an erasure, each with the reason."""
