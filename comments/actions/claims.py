"""Claims: who has taken a reply to read it. A claim keeps two moderators from one text, and nobody from their own.

It ends with a decision, when it is given back, or by itself; no job has to run. No author notices it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from articles.rendering.times import rfc3339
from cms import audit, transactions
from cms.errors import NotFound, WrongState
from cms.models import User
from cms.roles import may
from comments.actions import care, exposure
from comments.models import Appeal, Claim, Comment, CommentLabel, CommentPrivate, Decision
from comments.querysets.queue import QueueQuerySet

OVERRIDE = "comment.override_claim"


class NothingWaits(NotFound):
    """Nothing waits that this moderator could be handed. `extra` says what waits all the same."""

    code = "nothing_waits"


def claim(*, comment_id: UUID, by: User, now: datetime) -> Claim:
    """Take one reply, or go on with one's own claim.

    Raises NotFound, and WrongState (codes `claimed`, `not_claimable`).
    """
    return transactions.run(lambda: _claim(comment_id, by, now))


def claim_next(*, by: User, now: datetime) -> Claim:
    """Take the most urgent reply that waits and that nobody reads.

    Not handed out are those that `by` gave back, those that `by` put aside in their present version, and those that
    hold a kind of content that `by` would rather not see. Two that ask at once never get the same. Raises NothingWaits.
    """
    return transactions.run(lambda: _claim_next(by, now))


def release(*, comment_id: UUID, by: User, now: datetime) -> None:
    """Give a reply back. Does nothing when there is no claim. Raises NotFound, WrongState (code `claimed`)."""
    transactions.run(lambda: _release(comment_id, by, now))


def require_free(comment: Comment, *, by: User, now: datetime) -> None:
    """Raises WrongState (code `claimed`) while somebody else reads it, unless `by` may override that."""
    held = Claim.objects.filter(comment=comment, until__gt=now).exclude(by=by).select_related("by").first()
    if held is None or may(by, OVERRIDE):
        return
    raise WrongState(
        f"{held.by.get_username()} is reading this reply. Take another, or wait until they are done.",
        code="claimed",
        claimed_by=held.by.get_username(),
        claimed_until=rfc3339(held.until),
    )


def end(comment: Comment) -> None:
    """No claim any more: it was decided."""
    Claim.objects.filter(comment=comment).delete()


def _claim(comment_id: UUID, by: User, now: datetime) -> Claim:
    locked = CommentPrivate.objects.select_for_update(of=("self",)).filter(pk=comment_id)
    private = locked.select_related("comment").first()
    if private is None:
        raise NotFound("There is no such reply.")
    if private.comment.state == "deleted":
        raise WrongState("Its author has erased this reply. There is nothing to read.", code="not_claimable")
    require_free(private.comment, by=by, now=now)
    return _take(private, by, now)


def _claim_next(by: User, now: datetime) -> Claim:
    waiting = for_moderator(by, now).in_order().select_for_update(of=("self",), skip_locked=True)
    while private := waiting.first():
        # Who was before us may have committed between our statement's beginning and its lock.
        if not Claim.objects.filter(comment=private.pk, until__gt=now).exists():
            return _take(private, by, now)
    raise _nothing(by, now)


def for_moderator(by: User, now: datetime) -> QueueQuerySet:
    """What waits and could be handed to this moderator."""
    waiting: QueueQuerySet = CommentPrivate.objects.in_queue("waiting").unclaimed(now)
    given_back = Claim.objects.filter(comment=OuterRef("pk"), by=by, given_back=True)
    put_aside = (
        Decision.objects.of_persons()
        .standing()
        .filter(
            comment=OuterRef("pk"), version=OuterRef("comment__last_version"), decision="hold", decided_by=by
        )
    )
    rest: QueueQuerySet = waiting.exclude(Exists(given_back)).exclude(Exists(put_aside))
    if avoided := exposure.preferences_of(by).rather_not:
        rest = rest.exclude(Exists(CommentLabel.objects.filter(comment=OuterRef("pk"), kind__in=avoided)))
    if not care.there_is_another(by):
        return rest
    own_case = Appeal.objects.filter(comment=OuterRef("pk"), answer__isnull=True, decision__decided_by=by)
    return rest.exclude(Exists(own_case))


def _take(private: CommentPrivate, by: User, now: datetime) -> Claim:
    until = now + settings.COMMENT_CLAIM_TIME
    taken, _ = Claim.objects.update_or_create(
        comment_id=private.pk, defaults={"by": by, "until": until, "given_back": False}
    )
    _record("comment.claim", private.pk, by, now)
    return taken


def _release(comment_id: UUID, by: User, now: datetime) -> None:
    private = CommentPrivate.objects.select_for_update(of=("self",)).filter(pk=comment_id).first()
    if private is None:
        raise NotFound("There is no such reply.")
    require_free(Comment(pk=comment_id), by=by, now=now)
    if Claim.objects.filter(comment=comment_id, until__gt=now).update(until=now, given_back=True):
        _record("comment.release", comment_id, by, now)


def _record(verb: str, comment_id: UUID, by: User, now: datetime) -> None:
    audit.record(verb=verb, subject_type="comment", subject=comment_id, by=by, at=now)


def _nothing(by: User, now: datetime) -> NothingWaits:
    left = _left(by, now)
    if not left["waiting"]:
        return NothingWaits("Nothing waits. Thank you for looking.", **left)
    return NothingWaits(
        f"Nothing is left for you. Of {left['waiting']} that wait, {left['claimed']} are being read by somebody, and "
        "the others you gave back, put aside, or would rather not see. They stay in the queue.",
        **left,
    )


def _left(by: User, now: datetime) -> dict[str, Any]:
    waiting = CommentPrivate.objects.in_queue("waiting")
    return {"waiting": waiting.count(), "claimed": waiting.claimed(now).count()}
