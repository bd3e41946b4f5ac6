"""Escalations, messages, appeals and reports as moderators get them, and as the reply's author does."""

from collections.abc import Iterable
from typing import Any

from articles.rendering.times import rfc3339
from comments.models import Appeal, AuthorMessage, CommentPrivate, Decision, Escalation, Report
from comments.rendering.editorial import HREF
from comments.wording import appeal_text, redaction_mark


def escalation_document(row: Escalation) -> dict[str, Any]:
    """`to`, `note` and `done` are empty once the author has erased the reply."""
    here = f"{HREF}/{row.comment_id}"
    return {
        "id": str(row.pk),
        "comment": str(row.comment_id),
        "to": row.to,
        "note": row.note,
        "opened_by": row.opened_by.get_username(),
        "opened_at": rfc3339(row.opened_at),
        "done": row.done,
        "closed_by": row.closed_by.get_username() if row.closed_by else None,
        "closed_at": rfc3339(row.closed_at) if row.closed_at else None,
        "href": f"{here}/escalations/{row.pk}",
        "links": {"comment": here},
    }


def message_document(row: AuthorMessage) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "text": row.text,
        "sent_by": row.sent_by.get_username(),
        "sent_at": rfc3339(row.sent_at),
    }


def report_document(row: Report) -> dict[str, Any]:
    """Nothing in it tells who reported."""
    return {
        "id": str(row.pk),
        "comment": str(row.comment_id),
        "reason": row.reason,
        "identifies_me": row.identifies_me,
        "frightens_me": row.frightens_me,
        "note": row.note,
        "sent_at": rfc3339(row.sent_at),
        "open": row.closed_by_id is None,
        "href": f"{HREF}/{row.comment_id}",
    }


def appeal_document(row: Appeal) -> dict[str, Any]:
    """`decision` is what it is about, `answer` the decision that was made on it."""
    return {
        "id": str(row.pk),
        "decision": str(row.decision_id),
        "decided_by": row.decision.decided_by.get_username() if row.decision.decided_by else None,
        "text": row.text,
        "sent_at": rfc3339(row.sent_at),
        "answer": str(row.answer_id) if row.answer_id else None,
    }


def own_messages(rows: Iterable[AuthorMessage]) -> list[dict[str, Any]]:
    """As the author reads them: no moderator is named."""
    return [{"text": row.text, "sent_at": rfc3339(row.sent_at)} for row in rows]


def own_redactions(rows: Iterable[Decision], locale: str) -> list[dict[str, Any]]:
    """What was taken out of the author's text, and when: the mark that readers see, not the words."""
    return [{"mark": redaction_mark(row.reason, locale), "at": rfc3339(row.at)} for row in rows]


def own_appeal(private: CommentPrivate, last: Appeal | None, *, possible: bool) -> dict[str, Any]:
    """Where the author's latest appeal stands, if there was one, and whether one can be sent now."""
    state = "possible" if possible else "none"
    if last is not None and not possible:
        state = "answered" if last.answer_id else "waiting"
    return {
        "state": state,
        "state_text": appeal_text(state, private.locale),
        "sent_at": rfc3339(last.sent_at) if last and state in ("waiting", "answered") else None,
    }
