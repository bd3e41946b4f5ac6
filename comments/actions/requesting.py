"""Requests about an address: a letter goes to it, and only what its owner does at the link in it counts.

A known and an unknown address take the same steps, in the same number of statements.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

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
    digest = sealing.token_digest(token)
    found = ContactRequest.objects.filter(token_sha256=digest, expires_at__gt=now, used_at__isnull=True)
    if (row := found.first()) is None:
        raise NotFound("This link is not good, or not any more. Ask for another one.")
    return row


def spend(token: str, now: datetime) -> tuple[ContactRequest, UUID]:
    """The request, spent and locked, and its contact's id, for an open transaction.

    Raises NotFound, also for an address that nobody knows.
    """
    digest = sealing.token_digest(token)
    list(ContactRequest.objects.select_for_update(of=("self",)).filter(token_sha256=digest))
    found = waiting(token, now)
    if found.contact_id is None:
        raise NotFound("This link is not good, or not any more. Ask for another one.")
    found.used_at = now
    found.save(update_fields=["used_at"])
    return found, found.contact_id


def _link(token: str) -> str:
    template: str = settings.CONTACT_URL_TEMPLATE or f"{settings.PUBLIC_URL}/api/v1/contact-links/{{token}}"
    return template.replace("{token}", token)
