"""Addresses of commenters: kept sealed, found again by a keyed digest, forgotten when no reply needs them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from cms import audit, mail, sealing, transactions
from cms.errors import Busy, NotFound
from cms.models import User
from cms.preconditions import IfMatch
from cms.prepared import PreparedQuery, insert_unless_there
from comments import ledger
from comments.models import CommentPrivate, Contact, Notice

CONTEXT = "contact"
_TRIES = 3


def keep(email: str, now: datetime) -> Contact:
    """The contact of a normalised address, made when there is none, locked until the transaction ends.

    A known address takes the same steps as a new one, so that no clock tells them apart. Raises Busy when others
    forget and make it again all the while.
    """
    known = sealing.macs(email.lower(), settings.CONTACT_KEYS, CONTEXT)
    for _ in range(_TRIES):
        older = _known(known[1:])
        sealed = sealing.seal(email.encode(), settings.CONTACT_KEYS, CONTEXT)
        insert_unless_there(
            Contact(email_sealed=sealed, email_mac=older.email_mac if older else known[0], created_at=now)
        )
        if contact := _known(known):
            return contact
    raise Busy("The reply could not be stored at this instant. Nothing was changed; send it again.")


def _known(macs: Iterable[str]) -> Contact | None:
    """The contact of an address under any of the keys that are in use, locked."""
    return next(filter(None, (_LOCKED.one(Contact, mac=mac) for mac in macs)), None)


def _locking(mac: str) -> QuerySet:
    return Contact.objects.select_for_update(of=("self",)).filter(email_mac=mac)


_LOCKED = PreparedQuery(_locking, {"mac": "a-mac"})


def known(email: str) -> UUID | None:
    """The id of the contact of a normalised address, if there is one. One query either way."""
    macs = sealing.macs(email.lower(), settings.CONTACT_KEYS, CONTEXT)
    return Contact.objects.filter(email_mac__in=macs).order_by("id").values_list("pk", flat=True).first()


def address_of(contact: Contact) -> str:
    """The address in clear, for sending mail. Raises CannotOpen."""
    return sealing.open_sealed(bytes(contact.email_sealed), settings.CONTACT_KEYS, CONTEXT).decode()


def forget_unless_needed(contact: Contact) -> None:
    """Delete the address when no reply refers to it any more."""
    locked = Contact.objects.select_for_update(of=("self",)).filter(pk=contact.pk)
    if locked.exists() and not CommentPrivate.objects.filter(contact=contact).exists():
        mail.withdraw(contact.pk)
        locked.delete()


def forget(*, contact_id: UUID, now: datetime) -> None:
    """Delete an address whatever refers to it; its replies stay, without one. Does nothing when it is not known."""
    transactions.run(lambda: _forget(contact_id, now))


def _forget(contact_id: UUID, now: datetime) -> None:
    locked = Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id)
    if not locked.exists():
        return
    CommentPrivate.objects.filter(contact_id=contact_id).update(contact=None)
    mail.withdraw(contact_id)
    locked.delete()
    ledger.write("contact", contact_id, now)


def mute(*, contact_id: UUID, now: datetime) -> None:
    """No letter goes there any more, and what waits is withdrawn. Does nothing where that is so already."""
    transactions.run(lambda: _mute(contact_id, now))


def mute_address(*, email: str, now: datetime) -> None:
    """The same by a normalised address. Whether it is known is not told."""
    known = sealing.macs(email.lower(), settings.CONTACT_KEYS, CONTEXT)
    for contact_id in Contact.objects.filter(email_mac__in=known).values_list("pk", flat=True):
        mute(contact_id=contact_id, now=now)


def mute_author(*, comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> None:
    """The same by a reply, whose author's address nobody sees. Raises NotFound and PreconditionFailed."""
    transactions.run(lambda: _mute_author(comment_id, if_match, by, now))


def bounced(about: UUID, now: datetime) -> None:
    """settings.MAIL_BOUNCED: a mail server says that the address of a contact does not exist."""
    mute(contact_id=about, now=now)


def _mute(contact_id: UUID, now: datetime) -> None:
    if Contact.objects.filter(pk=contact_id, muted_at__isnull=True).update(muted_at=now):
        Notice.objects.filter(contact_id=contact_id).update(contact=None)
        mail.withdraw(contact_id)


def _mute_author(comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> None:
    row = CommentPrivate.objects.filter(pk=comment_id).select_related("comment").first()
    if row is None:
        raise NotFound("There is no such reply.")
    if_match.require(row.comment.etag)
    if row.contact_id is not None:
        mute(contact_id=row.contact_id, now=now)
    audit.record(verb="comment.mute_author", subject_type="comment", subject=comment_id, by=by, at=now)
