"""What a moderator has read this week, counted for their own eyes; and what they would rather not see.

Nothing here compares people: no count of anybody else can be asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from cms import audit, transactions
from cms.models import User
from cms.preconditions import IfMatch
from comments.models import DeskPreferences, Reading

WEEK = timedelta(days=7)
AGAIN = timedelta(minutes=15)
"""Opening the same reply again sooner is not written down anew."""

_BY_KIND = ("comment__labels__kind", "opened", "decided")


@dataclass(frozen=True)
class Counts:
    """Replies opened and decided; each reply once."""

    opened: int
    decided: int


def opened(*, comment_id: UUID, by: User, now: datetime) -> None:
    """Note that `by` has opened a reply, unless that was noted a moment ago."""
    recent = Reading.objects.filter(user=by, comment=comment_id, opened_at__gt=now - AGAIN)
    if recent.exists():
        return
    with transaction.atomic():
        Reading.objects.update_or_create(user=by, comment_id=comment_id, defaults={"opened_at": now})
        Reading.objects.filter(user=by, opened_at__lte=now - WEEK).delete()


def decided(*, comment_id: UUID, by: User, now: datetime) -> None:
    """Note that `by` has decided on it. Call it inside the decision's transaction."""
    Reading.objects.update_or_create(
        user=by,
        comment_id=comment_id,
        defaults={"decided_at": now},
        create_defaults={"opened_at": now, "decided_at": now},
    )


def counts(*, by: User, since: datetime) -> tuple[Counts, dict[str, Counts]]:
    """Since an instant: of all replies, and of each kind of which there is any. Two queries."""
    is_opened, is_decided = Q(opened_at__gte=since), Q(decided_at__gte=since)
    rows = Reading.objects.filter(is_opened | is_decided, user=by)
    numbers = {"opened": Count("pk", filter=is_opened), "decided": Count("pk", filter=is_decided)}
    whole = rows.aggregate(**numbers)
    by_kind: dict[str, Counts] = {}
    labelled = rows.filter(comment__labels__isnull=False).values("comment__labels__kind")
    for kind, opened, decided in labelled.annotate(**numbers).values_list(*_BY_KIND):
        by_kind[kind] = Counts(opened, decided)
    return Counts(**whole), by_kind


def hard(*, by: User, since: datetime) -> int:
    """How many replies with any label `by` has opened since an instant."""
    rows = Reading.objects.filter(user=by, opened_at__gte=since, comment__labels__isnull=False)
    return rows.values("comment_id").distinct().count()


def preferences_of(user: User) -> DeskPreferences:
    """What they asked for; nothing yet is an unsaved row."""
    return DeskPreferences.objects.filter(pk=user.pk).first() or DeskPreferences(user=user)


def prefer(*, rather_not: Sequence[str], if_match: IfMatch, by: User, now: datetime) -> DeskPreferences:
    """Write down which kinds `by` would rather not see. Raises PreconditionFailed."""
    return transactions.run(lambda: _prefer(rather_not, if_match, by, now))


def _prefer(rather_not: Sequence[str], if_match: IfMatch, by: User, now: datetime) -> DeskPreferences:
    rows = DeskPreferences.objects.select_for_update(of=("self",)).filter(pk=by.pk)
    found = rows.first() or DeskPreferences(user=by)
    if_match.require(found.etag)
    if found.rather_not == list(rather_not):
        return found
    if found._state.adding:
        DeskPreferences.objects.bulk_create([found], ignore_conflicts=True)
        found = rows.get()
        if_match.require(found.etag)
    found.rather_not, found.sequence = list(rather_not), found.sequence + 1
    found.save(update_fields=["rather_not", "sequence"])
    audit.record(verb="desk.prefer", subject_type="user", subject=by.pk, by=by, at=now)
    return found
