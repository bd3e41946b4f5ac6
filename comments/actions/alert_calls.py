"""The alert as a call of the site's own address: signed, at least once, tried again, given up in the end.

A call is a row of its own, written with the reply that causes it; what it says is found out when it is made.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from articles.rendering.times import rfc3339
from cms import calling, clock, transactions
from cms.waking import wake
from comments.actions.unheeded import unheeded
from comments.models import AlertCall
from comments.models.private import GRADES
from comments.tasks import call as task

logger = logging.getLogger(__name__)

TYPE = "comment.alert"
LEASE = timedelta(minutes=2)
"""How long whoever makes a call has it alone: longer than a call can take."""
FORGOTTEN = timedelta(minutes=1)
_SWEPT_AT_ONCE = 100


def offered() -> bool:
    """Whether this site has an address that is called."""
    return bool(settings.COMMENT_ALERT_WEBHOOK_URL)


def queue(*, now: datetime, due_at: datetime) -> None:
    """Have it called, in the caller's transaction. Does nothing where the site has no such address."""
    if offered():
        row = AlertCall.objects.create(created_at=now, due_at=due_at)
        wake(task, row.pk, due_at=due_at, now=now)


def make(call_id: UUID) -> None:
    """Call, outside of any transaction, and take the row off; or put it back. Logs the kind of a failure only."""
    row = _taken(call_id, clock.now())
    if row is None:
        return
    try:
        _call(row, clock.now())
    except Exception as error:  # whatever the other side does, the call is kept for another attempt
        reason = error if isinstance(error, calling.NotTaken) else type(error).__name__
        logger.warning("An alert was not taken at attempt %s: %s", row.attempts, reason)
        transactions.run(lambda: _put_back(row, clock.now()))
    else:
        transactions.run(lambda: _remove(row))


def sweep() -> None:
    """Wake what a worker that died, or a lost task, left behind. For settings.ROUNDS."""
    now = clock.now()
    late = AlertCall.objects.filter(due_at__lte=now - FORGOTTEN).order_by("due_at")
    for call_id in list(late.values_list("pk", flat=True)[:_SWEPT_AT_ONCE]):
        wake(task, call_id, due_at=now, now=now)


def said(now: datetime) -> dict[str, Any] | None:
    """The gravest grade that waits unheeded, since when, and where the desk is; None when nothing does."""
    first = unheeded().order_by("urgency", "since").values_list("urgency", "since").first()
    if first is None:
        return None
    urgency, since = first
    return {
        "type": TYPE,
        "timestamp": rfc3339(clock.floor(now)),
        "data": {
            "grade": GRADES[3 - urgency],
            "waiting_since": rfc3339(clock.floor(since)),
            "desk": f"{settings.PUBLIC_URL}/api/v1/editorial/comments",
        },
    }


def _taken(call_id: UUID, now: datetime) -> AlertCall | None:
    """The call, for this caller alone until its lease ends; None when it is gone, not due, or somebody else's."""
    due = AlertCall.objects.filter(pk=call_id, due_at__lte=now)
    if not due.update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    return AlertCall.objects.filter(pk=call_id).first()


def _call(row: AlertCall, now: datetime) -> None:
    if not offered() or (document := said(now)) is None:
        return
    body = json.dumps(document, separators=(",", ":")).encode()
    keys = settings.COMMENT_ALERT_WEBHOOK_KEYS
    headers = calling.signed(call_id=str(row.pk), at=now, body=body, keys=keys)
    calling.post(settings.COMMENT_ALERT_WEBHOOK_URL, body, headers)


def _put_back(row: AlertCall, now: datetime) -> None:
    """Again after a while, by settings.COMMENT_ALERT_WEBHOOK_RETRIES; in the end no more."""
    waits = settings.COMMENT_ALERT_WEBHOOK_RETRIES
    if row.attempts > len(waits):
        logger.error("An alert was given up after %s attempts", row.attempts)
        _remove(row)
        return
    due_at = now + timedelta(seconds=waits[row.attempts - 1])
    AlertCall.objects.filter(pk=row.pk, attempts=row.attempts).update(due_at=due_at)
    wake(task, row.pk, due_at=due_at, now=now)


def _remove(row: AlertCall) -> None:
    AlertCall.objects.filter(pk=row.pk, attempts=row.attempts).delete()
