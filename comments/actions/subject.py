"""What a person may have done with everything that is kept of them: told, taken over by new tokens, or erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms import audit, sealing, transactions
from cms.errors import NotFound
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import contacts, requesting, standing, threads
from comments.actions.erase import erase
from comments.actions.submit import TOKEN_PREFIX
from comments.models import CommentPrivate, Contact, ContactRequest


@dataclass(frozen=True)
class Handed:
    """A reply and its fresh author token, which is told once."""

    own: CommentPrivate
    token: str


@dataclass(frozen=True)
class Everything:
    """All rows that lead to a person: their replies, oldest first, and their contact, if one is known."""

    replies: Sequence[CommentPrivate]
    contact: Contact | None


@dataclass(frozen=True)
class Fulfilled:
    """What came of a request: its purpose; the replies handed over; all that is kept; how many replies were erased."""

    purpose: str
    locale: str
    handed: Sequence[Handed] = ()
    everything: Everything | None = None
    erased: int = 0


def fulfil(*, token: str, now: datetime) -> Fulfilled:
    """Do what the link of a letter stands for, once. Raises NotFound when it is not good, or not any more."""
    return transactions.run(lambda: _fulfil(token, now))


def of_address(email: str) -> Everything:
    """What is kept on a normalised address. Raises NotFound when nothing is."""
    if (contact_id := contacts.known(email)) is None:
        raise NotFound("Nothing is kept on this address.")
    return _of_contact(contact_id)


def of_author(*, comment_id: UUID, by: User, now: datetime) -> Everything:
    """What is kept of whoever wrote a reply; that it was looked at is audited. Raises NotFound."""

    def work() -> Everything:
        found = _of_author(comment_id)
        audit.record(verb="comment.export_author", subject_type="comment", subject=comment_id, by=by, at=now)
        return found

    return transactions.run(work)


def erase_address(*, email: str, now: datetime) -> int:
    """Erase every reply and the address itself; returns how many replies. Raises NotFound when nothing is kept."""
    return transactions.run(lambda: _erase(of_address(email), None, now))


def erase_author(*, comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> int:
    """Erase everything of whoever wrote a reply; returns how many replies. Raises NotFound and PreconditionFailed."""

    def work() -> int:
        found = _of_author(comment_id)
        if_match.require(standing.locked(comment_id).comment.etag)
        return _erase(found, by, now)

    return transactions.run(work)


def _fulfil(token: str, now: datetime) -> Fulfilled:
    spent = requesting.spend(token, now)
    request, contact_id = spent.request, spent.contact_id
    everything = _of_contact(contact_id)
    if not spent.again:
        verb = f"contact.{request.purpose}"
        audit.record(verb=verb, subject_type="contact", subject=contact_id, by=None, at=now)
    if request.purpose == "manage":
        return Fulfilled("manage", request.locale, handed=_hand_over(everything))
    if request.purpose == "export":
        return Fulfilled("export", request.locale, everything=everything)
    if request.purpose == "erase":
        return Fulfilled("erase", request.locale, erased=_erase(everything, None, now))
    contacts.mute(contact_id=contact_id, now=now)
    return Fulfilled("stop_mail", request.locale)


def _hand_over(everything: Everything) -> list[Handed]:
    """Fresh tokens in the place of the old ones, for whoever lost them and against whoever found them."""
    handed = []
    for own in everything.replies:
        token = sealing.new_token(TOKEN_PREFIX)
        own.author_token_sha256 = sealing.token_digest(token)
        own.save(update_fields=["author_token_sha256"])
        handed.append(Handed(own, token))
    return handed


def _erase(everything: Everything, by: User | None, now: datetime) -> int:
    """All or nothing. The threads are locked first, in one order, before anything is written to a log."""
    for article_id in sorted({row.article_id for row in everything.replies}):
        threads.locked(article_id)
    for row in everything.replies:
        erase(comment_id=row.pk, by=by, now=now)
    if everything.contact is not None:
        contacts.forget(contact_id=everything.contact.pk, now=now)
    return len(everything.replies)


def _of_contact(contact_id: UUID) -> Everything:
    rows = CommentPrivate.objects.filter(contact_id=contact_id).select_related("comment__public_version")
    return Everything(list(rows.order_by("pk")), Contact.objects.filter(pk=contact_id).first())


def _of_author(comment_id: UUID) -> Everything:
    rows = CommentPrivate.objects.filter(pk=comment_id).select_related("comment__public_version")
    if (own := rows.first()) is None:
        raise NotFound("There is no such reply.")
    return _of_contact(own.contact_id) if own.contact_id else Everything([own], None)


def pending_requests(contact: Contact) -> list[ContactRequest]:
    """What was asked about an address lately, the oldest first."""
    return list(ContactRequest.objects.filter(contact=contact).order_by("pk"))
