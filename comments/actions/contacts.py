"""Addresses of commenters: kept sealed, found again by a keyed digest, forgotten when no reply needs them."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from cms import sealing, transactions
from cms.errors import Busy
from comments import ledger
from comments.models import CommentPrivate, Contact

CONTEXT = "contact"
_TRIES = 3


def keep(email: str, now: datetime) -> Contact:
    """The contact of a normalised address, made when there is none, locked until the transaction ends.

    A known address takes the same steps as a new one, so that no clock tells them apart. Raises Busy when others
    forget and make it again all the while.
    """
    known = sealing.macs(email.lower(), settings.CONTACT_KEYS, CONTEXT)
    rows = Contact.objects.select_for_update(of=("self",)).filter(email_mac__in=known).order_by("id")
    for _ in range(_TRIES):
        found = rows.first()
        sealed = sealing.seal(email.encode(), settings.CONTACT_KEYS, CONTEXT)
        fresh = Contact(email_sealed=sealed, email_mac=found.email_mac if found else known[0], created_at=now)
        Contact.objects.bulk_create([fresh], ignore_conflicts=True)
        if contact := rows.first():
            return contact
    raise Busy("The reply could not be stored at this instant. Nothing was changed; send it again.")


def address_of(contact: Contact) -> str:
    """The address in clear, for sending mail. Raises CannotOpen."""
    return sealing.open_sealed(bytes(contact.email_sealed), settings.CONTACT_KEYS, CONTEXT).decode()


def forget_unless_needed(contact: Contact) -> None:
    """Delete the address when no reply refers to it any more."""
    locked = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk)
    if locked.exists() and not CommentPrivate.objects.filter(contact=contact).exists():
        locked.delete()


def forget(*, contact_id: UUID, now: datetime) -> None:
    """Delete an address whatever refers to it; its replies stay, without one. Does nothing when it is not known."""
    transactions.run(lambda: _forget(contact_id, now))


def _forget(contact_id: UUID, now: datetime) -> None:
    locked = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id)
    if not locked.exists():
        return
    CommentPrivate.objects.filter(contact_id=contact_id).update(contact=None)
    locked.delete()
    ledger.write("contact", contact_id, now)
