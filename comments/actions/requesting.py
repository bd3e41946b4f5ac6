"""Requests about an address: a letter goes to it, and only what its owner does at the link in it counts.

A known and an unknown address take the same steps, in the same number of statements.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from cms import mail, sealing, transactions
from cms.errors import NotFound
from comments import asking
from comments.actions import contacts
from comments.models import ContactRequest

LINK_PREFIX = "kq_"
WRITER = f"{__name__}.write"


def ask(*, email: str, purpose: str, locale: str, now: datetime) -> None:
    """Note the request and queue its letter, whatever is known of the normalised address.

    `purpose` is one of `comments.models.requests.PURPOSES`.
    """
    transactions.run(lambda: _ask(email, purpose, locale, now))


def _ask(email: str, purpose: str, locale: str, now: datetime) -> None:
    token = sealing.new_token(LINK_PREFIX)
    contact_id = contacts.known(email)
    row = ContactRequest.objects.create(
        contact_id=contact_id,
        purpose=purpose,
        locale=locale,
        token_sha256=sealing.token_digest(token),
        created_at=now,
        expires_at=now + settings.CONTACT_REQUEST_LIFETIME,
    )
    mail.queue_unwritten(WRITER, {"token": token}, about=contact_id or row.pk, now=now)


def write(about: UUID, facts: Mapping[str, Any], now: datetime) -> mail.Message | None:
    """The letter; None when the address is not known, was erased meanwhile, or is muted and asks for no more than that.

    It goes to a muted address too, for its owner asked for it.
    """
    try:
        found = waiting(facts["token"], now)
    except NotFound:
        return None
    contact = found.contact
    if contact is None or (found.purpose == "stop_mail" and contact.muted_at):
        return None
    hours = int(settings.CONTACT_REQUEST_LIFETIME.total_seconds() // 3600)
    text = asking.letter(found.purpose, found.locale, link=_link(facts["token"]), hours=hours)
    return mail.Message(contacts.address_of(contact), mail.subject(found.locale), text)


def waiting(token: str, now: datetime) -> ContactRequest:
    """The request that a link stands for. Raises NotFound, alike for one that is unknown, spent or too old."""
    return _good(token, now, Q(used_at__isnull=True))


@dataclass(frozen=True)
class Spent:
    """A request that was acted on, locked. `again`: it had been before."""

    request: ContactRequest
    contact_id: UUID
    again: bool


def spend(token: str, now: datetime) -> Spent:
    """Spend the request, for an open transaction. One for a copy can be spent again for a short while.

    A copy is stored nowhere, and whoever presses twice sees the second answer only. Raises NotFound, also for an
    address that nobody knows.
    """
    digest = sealing.token_digest(token)
    list(ContactRequest.objects.select_for_update(of=("self",)).filter(token_sha256=digest))
    lately = Q(purpose="export", used_at__gt=now - settings.CONTACT_EXPORT_AGAIN)
    found = _good(token, now, Q(used_at__isnull=True) | lately)
    if found.contact_id is None:
        raise _no_good()
    again = found.used_at is not None
    if not again:
        found.used_at = now
        found.save(update_fields=["used_at"])
    return Spent(found, found.contact_id, again)


def _good(token: str, now: datetime, use: Q) -> ContactRequest:
    digest = sealing.token_digest(token)
    found = ContactRequest.objects.filter(use, token_sha256=digest, expires_at__gt=now)
    if (row := found.first()) is None:
        raise _no_good()
    return row


def _no_good() -> NotFound:
    return NotFound("This link is not good, or not any more. Ask for another one.")


def _link(token: str) -> str:
    template: str = settings.CONTACT_URL_TEMPLATE or f"{settings.PUBLIC_URL}/api/v1/contact-links/{{token}}"
    return template.replace("{token}", token)
