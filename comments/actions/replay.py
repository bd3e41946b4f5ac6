"""Erasing again, after a backup was restored, what had been erased since it was made."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from comments import ledger
from comments.actions.contacts import forget
from comments.actions.erase import erase
from comments.ledger import Entry
from comments.models import Comment, Contact

_AT_ONCE = 500


def require_replayed() -> None:
    """One of settings.BEFORE_SERVING: raises ImproperlyConfigured while the ledger knows of what is not erased here."""
    if next(behind(ledger.entries(ledger.place())), None) is not None:
        raise ImproperlyConfigured(
            "The database holds replies that the ledger of erasures says were erased: a backup was restored. "
            "Run: manage.py erasures replay"
        )


def behind(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries whose subject is still there, in their order. An id that the database lacks needs nothing."""
    rest = iter(entries)
    while batch := list(islice(rest, _AT_ONCE)):
        there = {"comment": _unerased(_ids(batch, "comment")), "contact": _known(_ids(batch, "contact"))}
        yield from (entry for entry in batch if entry.subject in there[entry.kind])


def replay(entries: Iterable[Entry], *, now: datetime) -> int:
    """Erase what is `behind`, each in a transaction of its own, and return how many there were; safe to repeat."""
    done = 0
    for entry in behind(entries):
        if entry.kind == "comment":
            erase(comment_id=entry.subject, now=now)
        else:
            forget(contact_id=entry.subject, now=now)
        done += 1
    return done


def _ids(batch: Sequence[Entry], kind: str) -> set[UUID]:
    return {entry.subject for entry in batch if entry.kind == kind}


def _unerased(ids: set[UUID]) -> set[UUID]:
    found = Comment.objects.filter(pk__in=ids).exclude(state="deleted") if ids else Comment.objects.none()
    return set(found.values_list("pk", flat=True))


def _known(ids: set[UUID]) -> set[UUID]:
    return set(Contact.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
