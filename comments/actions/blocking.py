"""Blocking an address that nobody sees: by a reply that came from it. What comes from it later is read first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from cms.errors import WrongState
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import standing
from comments.gate import Verdict
from comments.models import Contact

RULE, VERSION = "blocked", 1


def block(*, comment_id: UUID, note: str, if_match: IfMatch, by: User, now: datetime) -> Contact:
    """Block the address from which a reply came; another note replaces the one that is there.

    Raises NotFound, PreconditionFailed, and WrongState (code `no_address`) when the reply has none any more.
    """
    found = {"blocked_at": now, "blocked_by": by, "block_note": note}
    return transactions.run(lambda: _write(comment_id, found, if_match, by, now))


def unblock(*, comment_id: UUID, if_match: IfMatch, by: User, now: datetime) -> Contact:
    """Let replies from the address through as from any other. Raises as `block` does."""
    nothing = {"blocked_at": None, "blocked_by": None, "block_note": ""}
    return transactions.run(lambda: _write(comment_id, nothing, if_match, by, now))


def verdicts_on(contact: Contact | None, *, waits: bool = True) -> Iterator[Verdict]:
    """What a block says of a version that comes from the address; nothing when there is none.

    `waits`: whether the version waits for a person in any case. A new reply that does not is left to
    `comments.actions.withholding`, so that its answer tells nothing of the address.
    """
    if contact is not None and contact.blocked_at is not None:
        explanation = "A moderator has blocked the address that it came from."
        yield Verdict(RULE, VERSION, 1.0, explanation, holds=waits)


def _write(
    comment_id: UUID, values: Mapping[str, object], if_match: IfMatch, by: User, now: datetime
) -> Contact:
    at = standing.locked(comment_id)
    if_match.require(at.comment.etag)
    private = at.comment.private
    contact = Contact.objects.select_for_update(of=("self",)).filter(comments=private).first()
    if contact is None:
        raise WrongState(
            "This reply has no address any more: its author erased it, or it never had one.",
            code="no_address",
        )
    for name, value in values.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(values))
    verb = "comment.block_author" if contact.blocked_at else "comment.unblock_author"
    audit.record(verb=verb, subject_type="comment", subject=comment_id, by=by, at=now)
    return contact
