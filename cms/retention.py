"""How long things are kept: clocks, each with a period in settings.RETENTION, and the one way to end what is over.

The apps name their clocks in settings.RETENTION_CLOCKS. Ending goes in batches, each committed by itself: it may be
stopped at any moment, run again, and run twice at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from cms import clock as time
from cms import transactions
from cms.models import AddressKey, ApiToken, AuditEntry, IdempotencyRecord, Permit, RateWindow

BATCH = 500
EVER = datetime.min.replace(tzinfo=UTC)
"""Before everything: what is kept for ever was never over."""


@dataclass(frozen=True)
class Clock:
    """One period of settings.RETENTION.

    `due` gives the rows whose time was over at an instant. `end` is given some of these, still as a queryset that
    looks again, and the time now; it commits by itself and returns how many rows it ended.
    """

    name: str
    due: Callable[[datetime], QuerySet[Any]]
    end: Callable[[QuerySet[Any], datetime], int]


def over_before(name: str, now: datetime) -> datetime:
    """What is older than this is over, by the clock of that name."""
    days = settings.RETENTION[name]
    return EVER if days is None else now - timedelta(days=days)


def clocks() -> list[Clock]:
    """Every clock of the installation, in the order in which they are ended."""
    return list(chain.from_iterable(import_string(path) for path in settings.RETENTION_CLOCKS))


def count(clock: Clock, now: datetime) -> int:
    """How many rows `end` would end."""
    return clock.due(over_before(clock.name, now)).count()


def end(clock: Clock, now: datetime) -> Iterator[int]:
    """End what is over, the numbers of each batch as they are committed."""
    due, last = clock.due(over_before(clock.name, now)), None
    while True:
        rest = due.filter(pk__gt=last) if last is not None else due
        keys = list(rest.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        last = keys[-1]
        yield clock.end(due.filter(pk__in=keys), now)


def run() -> None:
    """End all that is over. For settings.ROUNDS."""
    now = time.now()
    for clock in clocks():
        for _ in end(clock, now):
            pass


def deleting(rows: QuerySet[Any], now: datetime) -> int:
    """A `Clock.end` that deletes rows."""
    return transactions.run(lambda: rows.delete()[1].get(rows.model._meta.label, 0))


def setting(**values: Any) -> Callable[[QuerySet[Any], datetime], int]:
    """A `Clock.end` that overwrites columns; `due` must leave out rows that are so already."""
    return lambda rows, now: transactions.run(lambda: rows.update(**values))


def _over(model: type[Model], **condition: str) -> Callable[[datetime], QuerySet[Any]]:
    """Rows whose column is before the instant: `_over(Model, created_at="lt")`."""
    ((column, comparison),) = condition.items()
    return lambda before: model._base_manager.filter(**{f"{column}__{comparison}": before})


def _blank_details(rows: QuerySet[Any], now: datetime) -> int:
    """Of the audit: who did what and when stay. The database allows it under a permit for each entry alone."""
    return transactions.run(lambda: _blanked(list(rows.values_list("pk", flat=True))))


def _blanked(keys: list[Any]) -> int:
    Permit.objects.bulk_create([Permit(kind="purge", subject=key) for key in keys], ignore_conflicts=True)
    done = AuditEntry.objects.filter(pk__in=keys).update(detail={})
    Permit.objects.filter(kind="purge", subject__in=keys).delete()
    return done


def _attempts(before: datetime) -> QuerySet[Any]:
    from axes.models import AccessAttempt

    return AccessAttempt.objects.filter(attempt_time__lt=before)


CLOCKS = (
    Clock("address_keys", lambda before: AddressKey.objects.filter(day__lt=before.date()), deleting),
    Clock("idempotency_records", _over(IdempotencyRecord, created_at="lte"), deleting),
    Clock(
        "rate_windows",
        lambda before: RateWindow.objects.filter(window__lt=int(before.timestamp())),
        deleting,
    ),
    Clock("sign_in_attempts", _attempts, deleting),
    Clock("sessions", _over(Session, expire_date="lt"), deleting),
    Clock("tokens", lambda before: ApiToken.objects.filter(Q(expiry__lt=before)), deleting),
    Clock(
        "audit_details",
        lambda before: AuditEntry.objects.filter(at__lt=before).exclude(detail={}),
        _blank_details,
    ),
)
"""The clocks of what both apps stand on."""
