"""The alert that a reply waits which should be read first. It says that and nothing else: no text, name, topic or id.

A letter goes to each address of `settings.COMMENT_ALERT_TO`, and a call to `COMMENT_ALERT_WEBHOOK_URL`, never sooner
than `COMMENT_ALERT_EVERY` after the one before, and again after `COMMENT_ALERT_REPEAT` while nobody has taken up what
it was about.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from cms import clock, mail, transactions
from cms.models import Site
from comments.actions import alert_calls
from comments.actions.unheeded import threshold, unheeded
from comments.models import AlertState
from comments.wording import alert_text

WRITER = "comments.actions.alerting.letter"
ABOUT = UUID(int=2)
"""All alerts are about the same: the queue."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
DESK = "/api/v1/editorial/comments"


def raise_for(grade: int, now: datetime) -> None:
    """Call whoever the site names when `grade` is grave enough, in the caller's transaction."""
    if _is_on() and grade >= threshold():
        _call(now)


def repeat() -> None:
    """Call again where nobody came. For settings.ROUNDS."""
    now = clock.now()
    if not _is_on() or not settings.COMMENT_ALERT_REPEAT or not unheeded().exists():
        return
    state = AlertState.objects.filter(pk=1).first()
    if state is None or state.told_at + settings.COMMENT_ALERT_REPEAT <= now:
        transactions.run(lambda: _call(now))


def letter(about: UUID, facts: Mapping[str, Any], now: datetime) -> mail.Message | None:
    """What is sent; nothing when everything has been taken up by then."""
    if not unheeded().exists():
        return None
    locale = Site.objects.filter(pk=1).values_list("default_locale", flat=True).first() or "en"
    text = alert_text(locale).format(desk=f"{settings.PUBLIC_URL}{DESK}")
    return mail.Message(facts["to"], mail.subject(locale), text)


def _is_on() -> bool:
    return alert_calls.offered() or (bool(settings.COMMENT_ALERT_TO) and mail.offered())


def _call(now: datetime) -> None:
    """One letter to each and one call, as soon as they may go; none when some are on their way."""
    AlertState.objects.bulk_create([AlertState(told_at=_NEVER)], ignore_conflicts=True)
    state = AlertState.objects.select_for_update(of=("self",)).get(pk=1)
    if state.told_at > now:
        return
    state.told_at = max(now, state.told_at + settings.COMMENT_ALERT_EVERY)
    state.save(update_fields=["told_at"])
    for address in settings.COMMENT_ALERT_TO:
        mail.queue_unwritten(WRITER, {"to": address}, about=ABOUT, now=now, due_at=state.told_at)
    alert_calls.queue(now=now, due_at=state.told_at)
