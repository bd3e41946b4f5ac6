"""Writing and reading the public log of changes: in the order of time, and with nothing lost between two readers.

An identifier is taken under one lock, held until the commit, so the order of identifiers is that of commits: a
reader who has seen number n will never be shown a smaller one later. What is scheduled waits in a list of its own.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice, takewhile
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from cms import bulk, clock
from cms.models import Change, PendingChange

_LOCK = 0x6B696E74  # "kint": the log's key among PostgreSQL's advisory locks
_AT_ONCE = 5_000


def log(
    *,
    at: datetime,
    type: str,
    subject: uuid.UUID,
    article_id: uuid.UUID | None = None,
    version: int | None = None,
    cache_tags: Iterable[str] = (),
) -> Change:
    """Append one change that takes effect at `at`. Call it inside the verb's transaction, as its last statement."""
    with transaction.atomic():
        _lock()
        _move(Q(due_at__lt=at) | Q(due_at__lte=clock.read_instant()))
        return Change.objects.create(
            at=at,
            type=type,
            subject=subject,
            article_id=article_id,
            version=version,
            cache_tags=list(cache_tags),
        )


def schedule(
    *,
    due_at: datetime,
    publication_id: uuid.UUID,
    type: str,
    subject: uuid.UUID,
    article_id: uuid.UUID | None = None,
    version: int | None = None,
    cache_tags: Iterable[str] = (),
) -> None:
    """Note a change that lies ahead, in the place of what was noted for the same publication."""
    PendingChange.objects.update_or_create(
        publication_id=publication_id,
        defaults={
            "due_at": due_at,
            "type": type,
            "subject": subject,
            "article_id": article_id,
            "version": version,
            "cache_tags": list(cache_tags),
        },
    )


def unschedule(publication_id: uuid.UUID) -> None:
    """Forget what was noted for a publication that will not begin."""
    PendingChange.objects.filter(publication_id=publication_id).delete()


def settle(now: datetime) -> int:
    """Move every change that is due by `now` into the log and return how many; safe to repeat, and at any time."""
    due = Q(due_at__lte=now)
    if not PendingChange.objects.filter(due).exists():
        return 0
    with transaction.atomic():
        _lock()
        return _move(due)


def after(number: int, *, at: datetime, limit: int) -> list[Change]:
    """Up to `limit` changes that follow number `number` and had taken effect by `at`; settle first.

    It ends at the first that lies ahead (a verb is waiting for its second to come), although one behind that may
    have taken effect: skipping it would lose it.
    """
    rows = Change.objects.filter(id__gt=number).order_by("id")[:limit]
    return list(takewhile(lambda change: change.at <= at, rows))


class Told(NamedTuple):
    """A change of the past that was never told: the fields of an entry, small enough to put millions of aside."""

    at: datetime
    type: str
    subject: uuid.UUID
    article_id: uuid.UUID | None
    version: int | None
    cache_tags: tuple[str, ...]

    def packed(self) -> list[Any]:
        """As JSON can hold it."""
        article_id = str(self.article_id) if self.article_id else None
        return [
            self.at.isoformat(),
            self.type,
            str(self.subject),
            article_id,
            self.version,
            list(self.cache_tags),
        ]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> "Told":
        """What `packed` was made of."""
        at, type_, subject, article_id, version, tags = packed
        known = uuid.UUID(article_id) if article_id else None
        return cls(datetime.fromisoformat(at), type_, uuid.UUID(subject), known, version, tuple(tags))


def lay_down(past: Iterable[Told]) -> None:
    """Append a whole past, which comes in the order of time, to a log that is empty.

    Raises ValueError when the log is not empty or the past out of order.
    """
    with transaction.atomic():
        _lock()
        if Change.objects.exists():
            raise ValueError("the log has entries; what was told stays in its order")
        rows = _in_order(past)
        while part := list(islice(rows, _AT_ONCE)):
            bulk.write(Change(**row._asdict()) for row in part)


def _in_order(past: Iterable[Told]) -> Iterator[Told]:
    before = None
    for told in past:
        if before is not None and told.at < before:
            raise ValueError("the past has to come in the order of time")
        before = told.at
        yield told


def _move(due: Q) -> int:
    """Under the log's lock. A row due before `at` can no longer be cancelled: its second is closer than any stamp."""
    rows = list(PendingChange.objects.filter(due).order_by("due_at", "id"))
    if rows:
        Change.objects.bulk_create(
            Change(
                at=row.due_at,
                type=row.type,
                subject=row.subject,
                article_id=row.article_id,
                version=row.version,
                cache_tags=row.cache_tags,
            )
            for row in rows
        )
        PendingChange.objects.filter(id__in=[row.id for row in rows]).delete()
    return len(rows)


def _lock() -> None:
    """Until the commit nobody else appends. On SQLite an immediate transaction is that lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
