"""Taking a span out of a reply without silencing the rest: a neutral mark stands in its place, in a new version.

What is taken out is personal or harmful, so it is kept nowhere: the words of every earlier version are erased at once.
It cannot be undone.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import FieldError, InvalidContent, PreconditionFailed, WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import care, claims, standing, threads
from comments.actions.erase import erase_versions
from comments.actions.writing import append_version, compose, words_of
from comments.models import Comment, CommentVersion, Decision
from comments.wording import redaction_mark

_WOULD_LINK = "([:"
"""Behind brackets these would make a link of the mark."""


@dataclass(frozen=True)
class Span:
    """From `start` until before `end`, in code points of the text of `version`; `label` is a code of `REDACTABLE`."""

    start: int
    end: int
    version: int
    label: str


def redact(*, comment_id: UUID, span: Span, if_match: IfMatch, by: User, now: datetime) -> Decision:
    """Replace the span and log it like a decision.

    Raises NotFound, PreconditionFailed when the reply or its version moved, InvalidContent for a span that the text
    has not, and WrongState (codes `not_redactable`, `claimed`).
    """
    return transactions.run(lambda: _redact(comment_id, span, if_match, by, now))


def _redact(comment_id: UUID, span: Span, if_match: IfMatch, by: User, now: datetime) -> Decision:
    at = standing.locked(comment_id)
    comment = at.comment
    if_match.require(comment.etag)
    claims.require_free(comment, by=by, now=now)
    version = _shown(comment)
    if version.number != span.version:
        raise PreconditionFailed(
            f"The text to redact is version {version.number} by now. Read it, then choose the span again.",
            current_etag=comment.etag,
        )
    _write(at, version, _without(version.text, span, comment.article.locale), now)
    decision = _log(comment, span, by, now)
    care.close_reports(at, decision)
    detail = {"version": span.version, "label": span.label}
    audit.record(
        verb="comment.redact", subject_type="comment", subject=comment_id, by=by, at=now, detail=detail
    )
    at.tell(now)
    return decision


def _shown(comment: Comment) -> CommentVersion:
    """The version that waits, else the public one. Raises WrongState for a reply that has neither."""
    waits, public = comment.private.queue == "waiting", comment.public_version
    if not waits and public is None:
        raise WrongState(
            "Nothing of this reply is public or waits to be: there is nothing to redact.",
            code="not_redactable",
        )
    number = comment.last_version if waits or public is None else public.number
    return comment.versions.select_related("private").get(number=number)


def _without(text: str, span: Span, locale: str) -> str:
    if span.end > len(text):
        detail = f"The text has {len(text)} characters."
        raise InvalidContent(detail, errors=(FieldError("out_of_range", detail, pointer="/end"),))
    rest = text[span.end :]
    apart = " " if rest[:1] and rest[:1] in _WOULD_LINK else ""
    return text[: span.start] + redaction_mark(span.label, locale) + apart + rest


def _write(at: standing.Standing, old: CommentVersion, text: str, now: datetime) -> None:
    """A new version in the place of the old one; of all earlier ones nothing is left."""
    comment, waits = at.comment, at.comment.private.queue == "waiting"
    words = replace(words_of(old), text=text)
    policy = threads.current_policy(comment.article_id).policy
    draft = compose(words, policy, comment.pk, is_staff=comment.is_staff)
    version, public = append_version(comment, draft, now), comment.public_version
    if not waits:
        comment.versions.filter(state="public").update(state="superseded")
        version.state = "public"
        version.save(update_fields=["state"])
        public = version
    at.move(state=comment.state, public_version=public, waits=waits)
    earlier = comment.versions.filter(number__lt=version.number).exclude(state__in=("public", "pending"))
    erase_versions(earlier, now)


def _log(comment: Comment, span: Span, by: User, now: datetime) -> Decision:
    return Decision.objects.create(
        comment=comment,
        version=span.version,
        decision="redact",
        old_state=comment.state,
        new_state=comment.state,
        reason=span.label,
        decided_by=by,
        at=now,
    )
