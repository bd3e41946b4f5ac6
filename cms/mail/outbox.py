"""The outbox: letters go in with somebody's transaction, and are taken by one sender at a time until they are gone."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from cms import clock, sealing
from cms.mail.message import Message
from cms.mail.tasks import deliver
from cms.models import Letter
from cms.models.letters import GIVEN_UP, WAITING
from cms.waking import wake

CONTEXT = "letter"
LEASE = timedelta(minutes=5)
"""How long a sender has a letter for itself. One that dies lets it go after that."""

FORGOTTEN = timedelta(minutes=1)
KEPT = timedelta(days=30)
_SWEPT_AT_ONCE = 500


def offered() -> bool:
    """Whether this site sends mail at all."""
    return bool(settings.EMAIL_URL)


def queue(message: Message, *, about: UUID | None, now: datetime) -> None:
    """Put a letter out, in the caller's transaction. Does nothing where the site sends no mail."""
    _put("", message.as_facts(), about, now, now)


def queue_unwritten(
    writer: str, facts: Mapping[str, Any], *, about: UUID, now: datetime, due_at: datetime | None = None
) -> None:
    """Put out a letter that `writer`, a function named by its path, writes when its time has come.

    It is called as `writer(about, facts, now)`, and gives a Message, or None when there is nothing to say any more.
    `facts` is JSON and is kept sealed. Does nothing where the site sends no mail.
    """
    _put(writer, facts, about, now, due_at or now)


def withdraw(about: UUID) -> None:
    """Take back what waits about this, in the caller's transaction."""
    Letter.objects.filter(about=about).delete()


def take(letter_id: UUID, now: datetime) -> Letter | None:
    """The letter, for this caller alone until its lease ends; None when it is gone, not due, or somebody else's."""
    mine = Letter.objects.filter(pk=letter_id, state=WAITING, due_at__lte=now)
    if not mine.update(due_at=now + LEASE, attempts=F("attempts") + 1):
        return None
    return Letter.objects.filter(pk=letter_id).first()


def facts_of(letter: Letter) -> dict[str, Any]:
    """What was sealed. Raises sealing.CannotOpen."""
    opened: dict[str, Any] = json.loads(
        sealing.open_sealed(bytes(letter.sealed), settings.CONTACT_KEYS, CONTEXT)
    )
    return opened


def remove(letter: Letter) -> None:
    """It is sent, or there was nothing to say."""
    Letter.objects.filter(pk=letter.pk, attempts=letter.attempts).delete()


def put_back(letter: Letter, now: datetime) -> None:
    """Try again after a while, by settings.MAIL_RETRIES (seconds after each failed attempt); in the end no more."""
    if letter.attempts > len(settings.MAIL_RETRIES):
        give_up(letter, "exhausted", now)
        return
    due_at = now + timedelta(seconds=settings.MAIL_RETRIES[letter.attempts - 1])
    Letter.objects.filter(pk=letter.pk, attempts=letter.attempts).update(due_at=due_at)
    _wake(letter.pk, due_at, now)


def put_off(letter: Letter, until: datetime, now: datetime) -> None:
    """It is not time yet: as if it had not been taken."""
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts)
    mine.update(due_at=until, attempts=F("attempts") - 1)
    _wake(letter.pk, until, now)


def give_up(letter: Letter, reason: str, now: datetime) -> None:
    """Empty it. What is left is that there was one, and why it did not go."""
    Letter.objects.filter(pk=letter.pk, attempts=letter.attempts).update(
        state=GIVEN_UP, reason=reason, sealed=b"", about=None, due_at=now
    )


def sweep() -> None:
    """Wake those whose sender died or whose task was lost, and forget long given up ones. For settings.ROUNDS."""
    now = clock.now()
    late = Letter.objects.filter(state=WAITING, due_at__lte=now - FORGOTTEN).order_by("due_at")
    for letter_id in list(late.values_list("pk", flat=True)[:_SWEPT_AT_ONCE]):
        _wake(letter_id, now, now)
    Letter.objects.filter(state=GIVEN_UP, due_at__lte=now - KEPT).delete()


def _put(writer: str, facts: Mapping[str, Any], about: UUID | None, now: datetime, due_at: datetime) -> None:
    if not offered():
        return
    sealed = sealing.seal(json.dumps(facts).encode(), settings.CONTACT_KEYS, CONTEXT)
    letter = Letter.objects.create(writer=writer, about=about, sealed=sealed, created_at=now, due_at=due_at)
    _wake(letter.pk, due_at, now)


def _wake(letter_id: UUID, due_at: datetime, now: datetime) -> None:
    wake(deliver, letter_id, due_at=due_at, now=now)
