"""What the desk's pages show besides the answer itself: the same documents in words, and forms for what can be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cms import clock
from cms.errors import NotFound
from cms.ids import uuid7_text
from comments import moderation, reading, waits
from comments.models import Comment
from comments.rendering import desk
from comments.rendering.editorial import HREF, decision_document, undo_until
from comments.rendering.public import public_document
from comments.serializers.editorial import DECISIONS
from comments.wording import REASONS

Parts = dict[str, Any]


def queue(value: Mapping[str, Any]) -> Parts:
    now = clock.read_instant()
    return {
        "own_template": "moderation/queue.html",
        "rows": [desk.row(document, now) for document in value["results"]],
        "waited": [desk.waited(line) for line in waits.summary(now)],
        **_choices(list(DECISIONS)),
    }


def reply(value: Mapping[str, Any], comment: Comment) -> Parts:
    return {
        "own_template": "moderation/reply.html",
        "row": desk.row(value, clock.read_instant()),
        **_choices(value["allowed_decisions"]),
        **_last(comment),
    }


def decisions(comment: Comment) -> Parts:
    return {"own_template": "moderation/decided.html", "key": uuid7_text(), **_last(comment)}


def answers(value: Mapping[str, Any]) -> Parts:
    return {"own_template": "moderation/answers.html", "answers": value["results"]}


def exposure(value: Mapping[str, Any]) -> Parts:
    kinds = [(desk.kinds([entry["kind"]]), entry) for entry in value["kinds"]]
    return {"own_template": "moderation/exposure.html", "read": value, "kinds": kinds}


def site_answers(value: Mapping[str, Any], parent_id: UUID | None, *, moderates: bool) -> Parts:
    return {
        "own_template": "moderation/site_answers.html",
        "rows": [desk.answer_row(document) for document in value.get("results", ())],
        "answered": _answered(parent_id) if parent_id else None,
        "moderates": moderates,
    }


def _answered(parent_id: UUID) -> Mapping[str, Any] | None:
    """As readers see it; None where they do not."""
    try:
        return public_document(reading.visible_comment(parent_id))
    except NotFound:
        return None


def _choices(decisions: list[str]) -> Parts:
    return {
        "key": uuid7_text(),
        "decisions": [(name, meaning) for name, meaning in DECISIONS.items() if name in decisions],
        "reasons": list(REASONS.items()),
    }


def _last(comment: Comment) -> Parts:
    """The latest decision, and whether the page offers to undo it. One query."""
    last = moderation.latest_decision_on(comment)
    if last is None:
        return {}
    document, now = decision_document(last), clock.read_instant()
    untouched = comment.state != "deleted" and last.version == comment.last_version
    limit = undo_until(last)
    return {
        "last": document,
        "decided_ago": desk.how_long(max(0, int((now - last.at).total_seconds()))),
        "undo_for": desk.until(document["undo_until"], now) if untouched and limit and now <= limit else "",
        "etag": comment.etag,
        "reply_href": f"{HREF}/{comment.pk}",
    }
