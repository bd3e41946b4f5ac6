"""The alert that a reply waits which should be read first. It says that and nothing else: no text, name, topic or id.

A letter goes to each address of `settings.COMMENT_ALERT_TO`, never sooner than `COMMENT_ALERT_EVERY` after the one
before, and again after `COMMENT_ALERT_REPEAT` while nobody has taken up what it was about.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from cms import clock, mail, transactions
from cms.models import Site
from comments.models import AlertState, AuthorMessage, Claim, CommentPrivate, Decision, Escalation
from comments.models.private import GRADES
from comments.wording import alert_text

WRITER = "comments.actions.alerting.letter"
ABOUT = UUID(int=2)
"""All alerts are about the same: the queue."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
DESK = "/api/v1/editorial/comments"


def raise_for(grade: int, now: datetime) -> None:
    """Call whoever the site names when `grade` is grave enough, in the caller's transaction."""
    if _is_on() and grade >= _threshold():
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


def unheeded() -> QuerySet[CommentPrivate]:
    """What waits, is grave enough, and was not claimed, handed on, written to or decided on by anybody."""
    rows = CommentPrivate.objects.filter(queue="waiting", urgency__lte=3 - _threshold())
    by_a_person = Decision.objects.of_persons().filter(comment=OuterRef("pk"), at__gte=OuterRef("since"))
    rows = rows.exclude(Exists(by_a_person)).exclude(Exists(Claim.objects.filter(comment=OuterRef("pk"))))
    for model in (Escalation, AuthorMessage):
        rows = rows.exclude(Exists(model._base_manager.filter(comment=OuterRef("pk"))))
    return rows


def _is_on() -> bool:
    return bool(settings.COMMENT_ALERT_TO) and mail.offered()


def _threshold() -> int:
    return GRADES.index(settings.COMMENT_ALERT_GRADE)


def _call(now: datetime) -> None:
    """One letter to each, as soon as one may go; none when one is on its way."""
    AlertState.objects.bulk_create([AlertState(told_at=_NEVER)], ignore_conflicts=True)
    state = AlertState.objects.select_for_update(of=("self",)).get(pk=1)
    if state.told_at > now:
        return
    state.told_at = max(now, state.told_at + settings.COMMENT_ALERT_EVERY)
    state.save(update_fields=["told_at"])
    for address in settings.COMMENT_ALERT_TO:
        mail.queue_unwritten(WRITER, {"to": address}, about=ABOUT, now=now, due_at=state.told_at)
