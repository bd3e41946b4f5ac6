"""A letter as it goes out: plain text, with headers that track nobody and a subject that tells nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

_SUBJECTS = {"en": "A message for you", "fr": "Un message pour vous"}


class NotYet(Exception):
    """Raised by a writer: the letter is to be written at `until`, and not before. No attempt is counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True)
class Message:
    """`to` is one address in clear, `text` the whole letter. `headers` add to those that every letter has.

    `on_sent` is called in the transaction that takes the letter off the list; only for letters written when due.
    """

    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    on_sent: Callable[[], None] | None = None

    def as_facts(self) -> dict[str, Any]:
        return {"to": self.to, "subject": self.subject, "text": self.text, "headers": dict(self.headers)}


def subject(locale: str) -> str:
    """What every letter is called: settings.MAIL_SUBJECT, else a few neutral words in the language of `locale`."""
    language = locale.partition("-")[0].lower()
    return settings.MAIL_SUBJECT or _SUBJECTS.get(language, _SUBJECTS["en"])


def composed(message: Message, letter_id: UUID) -> EmailMessage:
    """The letter for the wire. Its Message-ID is the same at every attempt, so that a second copy can be known."""
    domain = settings.MAIL_FROM.rpartition("@")[2]
    own = {"Message-ID": f"<{letter_id}@{domain}>", "Auto-Submitted": "auto-generated"}  # RFC 5322, RFC 3834
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((settings.MAIL_SENDER, settings.MAIL_FROM)),
        to=[message.to],
        headers={**own, **message.headers},
    )
