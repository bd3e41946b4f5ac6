"""Double opt-in: a letter asks the owner of an address, and only what they do at its link counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from cms import audit, mail, sealing, transactions
from cms.errors import NotFound
from cms.preconditions import IfMatch
from comments import letters, stopping
from comments.actions import care, contacts, standing
from comments.actions.trusting import TOKEN_PREFIX as TRUST_PREFIX
from comments.models import Comment, CommentPrivate, Confirmation, Contact

LINK_PREFIX = "kl_"
WRITER = f"{__name__}.write"


def ask(contact: Contact, comment: Comment, locale: str, *, again: bool, now: datetime) -> None:
    """Queue the letter, whatever is known of the address; its writer says whether one goes. For an open transaction.

    `again`: also when the address was confirmed before, for somebody who wants another token. Does nothing where the
    site sends no mail.
    """
    facts = {
        "token": sealing.new_token(LINK_PREFIX),
        "locale": locale,
        "comment": str(comment.pk),
        "again": again,
    }
    mail.queue_unwritten(WRITER, facts, about=contact.pk, now=now)


def want(*, comment_id: UUID, notify: bool, if_match: IfMatch, now: datetime) -> Comment:
    """Whether letters shall tell of answers to this reply from now on. Wanting them asks an unconfirmed address.

    Who may was judged before. Raises NotFound, PreconditionFailed, and WrongState for an erased reply.
    """
    return transactions.run(lambda: _want(comment_id, notify, if_match, now))


def _want(comment_id: UUID, notify: bool, if_match: IfMatch, now: datetime) -> Comment:
    at = standing.locked(comment_id)
    if_match.require_head(at.comment.etag)
    care.require_not_erased(at.comment)
    private = at.comment.private
    if private.notify == notify:
        return at.comment
    private.notify = notify
    private.save(update_fields=["notify"])
    at.touch()
    if notify and private.contact is not None:
        ask(private.contact, at.comment, private.locale, again=False, now=now)
    detail = {"wanted": notify}
    audit.record(
        verb="comment.notify", subject_type="comment", subject=comment_id, by=None, at=now, detail=detail
    )
    return at.comment


def write(about: UUID, facts: Mapping[str, Any], now: datetime) -> mail.Message | None:
    """The letter; None for an address that is forgotten or muted, or was asked not long ago."""
    return transactions.run(lambda: _write(about, facts, now))


def _write(about: UUID, facts: Mapping[str, Any], now: datetime) -> mail.Message | None:
    contact = Contact.objects.select_for_update(of=("self",)).filter(pk=about, muted_at__isnull=True).first()
    digest = sealing.token_digest(facts["token"])
    if contact is None or (contact.confirmed_at and not facts["again"]):
        return None
    if not _takes_its_turn(contact, digest, now):
        return None
    lifetime = settings.CONFIRMATION_LIFETIME
    stop = stopping.address(stopping.ALL, UUID(facts["comment"]))
    text = letters.confirmation(
        facts["locale"], link=_link(facts["token"]), stop=stop, hours=int(lifetime.total_seconds() // 3600)
    )
    headers = stopping.one_click(stop)
    return mail.Message(contacts.address_of(contact), mail.subject(facts["locale"]), text, headers)


def _takes_its_turn(contact: Contact, digest: str, now: datetime) -> bool:
    """One letter in settings.CONFIRMATION_LIFETIME for an address. A second attempt at the same one is no second."""
    earlier = Confirmation.objects.filter(contact=contact).first()
    if earlier is not None and earlier.token_sha256 != digest and earlier.expires_at > now:
        return False
    if earlier is None or earlier.token_sha256 != digest:
        fresh = {
            "token_sha256": digest,
            "created_at": now,
            "expires_at": now + settings.CONFIRMATION_LIFETIME,
        }
        Confirmation.objects.update_or_create(contact=contact, defaults=fresh)
    return True


def waiting(token: str, now: datetime) -> Confirmation:
    """What the link stands for. Raises NotFound, alike for one that is unknown, used, replaced or too old."""
    found = Confirmation.objects.filter(token_sha256=sealing.token_digest(token), expires_at__gt=now).first()
    if found is None:
        raise NotFound("This link is not good, or not any more. Ask for another one with your next reply.")
    return found


def confirm(*, token: str, now: datetime) -> str:
    """The address is its owner's wish. Returns their token of trust, told once, in the place of any earlier one.

    Raises NotFound.
    """
    return transactions.run(lambda: _confirm(token, now))


def _confirm(token: str, now: datetime) -> str:
    contact_id = waiting(token, now).contact_id
    list(Contact.objects.select_for_update(of=("self",)).filter(pk=contact_id))
    found = waiting(token, now)  # again, under the lock: of two at once, the second comes too late
    fresh = sealing.new_token(TRUST_PREFIX)
    Contact.objects.filter(pk=contact_id).update(
        confirmed_at=now, muted_at=None, trust_token_sha256=sealing.token_digest(fresh)
    )
    # The row stays until its time is over, so that no other letter goes before; its link is spent.
    found.token_sha256 = sealing.token_digest(sealing.new_token(LINK_PREFIX))
    found.save(update_fields=["token_sha256"])
    audit.record(verb="contact.confirm", subject_type="contact", subject=contact_id, by=None, at=now)
    return fresh


def stop(*, token: str, now: datetime) -> str:
    """What a link in a letter asks: no letters about one reply, or none at all. May be repeated.

    Gives the kind (`stopping.ONE`, `stopping.ALL`). Raises NotFound for a link that is not ours.
    """
    what, comment_id = what_it_stops(token)
    transactions.run(lambda: _stop(what, comment_id, now))
    return what


def what_it_stops(token: str) -> tuple[str, UUID]:
    """The kind and the reply. Raises NotFound."""
    found = stopping.read(token)
    if found is None:
        raise NotFound("This link is not whole. Copy all of it from the letter.")
    return found


def _stop(what: str, comment_id: UUID, now: datetime) -> None:
    row = CommentPrivate.objects.filter(pk=comment_id)
    if what == stopping.ONE:
        row.update(notify=False)
    elif contact_id := row.values_list("contact_id", flat=True).first():
        contacts.mute(contact_id=contact_id, now=now)


def _link(token: str) -> str:
    template: str = (
        settings.CONFIRMATION_URL_TEMPLATE or f"{settings.PUBLIC_URL}/api/v1/confirmations/{{token}}"
    )
    return template.format(token=token)
