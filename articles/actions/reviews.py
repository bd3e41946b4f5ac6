"""Reviewing: one person's decision on one exact revision, and what follows from it for readers at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.approval import after_request_changes, writers_of_what_changed
from articles.actions.desk import Desk, commit, open_desk, record
from articles.actions.locking import revision_of
from articles.actions.releases.revisiting import revisit, told
from articles.actions.requesting import close_open
from articles.actions.standing import of_this_text
from articles.actions.timeline import Transition
from articles.diffing import as_text, blocks_of
from articles.markdown.tree import walk
from articles.models import Article, Review, Revision
from cms.errors import FieldError, InvalidContent, NotAllowed
from cms.ids import uuid7
from cms.models import User
from cms.preconditions import IfMatch


@dataclass(frozen=True)
class Decided:
    """A recorded decision. `visible_at` is when readers see it; None when nothing public changes now."""

    article: Article
    review: Review
    visible_at: datetime | None = None
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def review(
    *,
    article_id: UUID,
    revision: int,
    decision: str,
    expected: IfMatch,
    by: User,
    now: datetime,
    note: str = "",
    interests: str = "",
    remarks: Sequence[Mapping[str, Any]] = (),
    next_due_at: datetime | None = None,
) -> Decided:
    """Record a decision on a revision, and show it on what is public, or will be, of that very text.

    Approving what is live is a re-review: the same version and dates with a new day of review. Asking for changes
    takes an approval back: readers are told, and what was scheduled on it is cancelled. Raises NotAllowed when the
    reviewer wrote any of what changed, InvalidContent for remarks on what the revision does not hold.
    """
    desk = open_desk(article_id, expected)
    judged = revision_of(desk.article, revision)
    if by.pk in writers_of_what_changed(desk.article, judged):
        raise NotAllowed("Nobody reviews what they wrote themselves.", code="reviewer_is_author")
    _require_next_day(decision, next_due_at, now)
    require_remarks(judged, remarks)
    recorded = Review.objects.create(
        article=desk.article,
        revision=judged,
        revision_sha256=judged.sha256,
        reviewer=by,
        decision=decision,
        note=note,
        interests=interests,
        remarks=[dict(remark) for remark in remarks],
        next_due_at=next_due_at,
        created_at=now,
    )
    return _shown(desk, recorded, by, now)


def require_remarks(judged: Revision, remarks: Sequence[Mapping[str, Any]]) -> None:
    """Raises InvalidContent for a remark on a block that the revision lacks, or on words that are not there."""
    if not any(remark.get("block_id") or remark.get("quote") for remark in remarks):
        return
    texts = _texts(judged)
    errors = tuple(error for index, remark in enumerate(remarks) for error in _wrong(index, remark, texts))
    if errors:
        raise InvalidContent("A remark points at what this revision does not hold.", errors=errors)


def _texts(judged: Revision) -> dict[str, str]:
    """The text of every block by its id; under the empty id that of all."""
    blocks = blocks_of(judged.document["body_markdown"], judged.block_ids)
    texts = {block["id"]: _spaced(as_text(block)) for block in walk(blocks)}
    return {**texts, "": _spaced(" ".join(as_text(block) for block in blocks))}


def _wrong(index: int, remark: Mapping[str, Any], texts: Mapping[str, str]) -> list[FieldError]:
    block_id, quote = remark.get("block_id", ""), _spaced(remark.get("quote", ""))
    if block_id not in texts:
        said = "This revision has no such block."
        return [FieldError("unknown_block", said, pointer=f"/comments/{index}/block_id")]
    if quote not in texts[block_id]:
        said = "These words do not stand there."
        return [FieldError("not_in_block", said, pointer=f"/comments/{index}/quote")]
    return []


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _require_next_day(decision: str, next_due_at: datetime | None, now: datetime) -> None:
    if next_due_at is None or (decision == "approve" and next_due_at > now):
        return
    said = (
        "It must lie ahead." if decision == "approve" else "Only an approval sets the day of the next review."
    )
    error = FieldError("invalid", said, pointer="/next_due_at")
    raise InvalidContent("The day of the next review is not possible.", errors=(error,))


def _shown(desk: Desk, recorded: Review, by: User, now: datetime) -> Decided:
    """Lay the timeline anew where the decision changes what readers see, or will see."""
    before = list(desk.transitions)
    if recorded.decision == "request_changes":
        after_request_changes(desk, recorded, by)
    desk.transitions = [_resting(transition, recorded) for transition in desk.transitions]
    again = _again(desk, recorded)
    desk.transitions += [again] if again else []
    verb, number = f"article.review.{recorded.decision}", recorded.revision.number
    asked = {"review_requested_at": None} if close_open(desk.article, now, answered=recorded.revision) else {}
    if desk.transitions == before:
        record(desk, verb, by, asked, revision=number)
    else:
        commit(desk, again, verb, by, asked, revision=number)
    desk.warnings += told(revisit([desk.article.pk]))
    return Decided(desk.article, recorded, again.starts if again else None, desk.warnings)


def _resting(transition: Transition, recorded: Review) -> Transition:
    """What begins later with this very text rests on its newest decision."""
    concerned = transition.state == "live" and of_this_text(recorded, transition)
    return replace(transition, review=recorded) if concerned else transition


def _again(desk: Desk, recorded: Review) -> Transition | None:
    """What is live with this very text, once more with the decision on it; None when readers would see nothing new."""
    starts, row = desk.free_instant(), desk.covering
    live = desk.before(starts)
    if row is None or live is None or live.id != row.pk or live.state != "live":
        return None
    if not of_this_text(recorded, live) or not _tells(recorded, row.review_status):
        return None
    return replace(
        live,
        id=uuid7(),
        starts=starts,
        update_type="rerender",
        change_note="",
        correction="",
        review=recorded,
        release=None,
    )


def _tells(recorded: Review, status: str) -> bool:
    """Taking back what nobody had approved tells readers nothing."""
    return recorded.decision == "approve" or status == "current"
