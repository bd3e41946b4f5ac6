"""What consent a personal story has at an instant, from its records alone. Knows no database.

Each scope counts on its own; within one, a record takes the place of those given before it. `docs/consent.md` says it
in words.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from articles.content import folded

IN_FORCE, WITHDRAWN, EXPIRED, MISSING = "in_force", "withdrawn", "expired", "missing"
STATES = (IN_FORCE, WITHDRAWN, EXPIRED, MISSING)
_WORST_FIRST = (WITHDRAWN, EXPIRED, IN_FORCE)


class Record(Protocol):
    """What is asked of a consent record. Instants are aware UTC."""

    scope: str
    given_at: datetime
    expires_at: datetime | None
    withdrawn_at: datetime | None


def state_at(records: Iterable[Record], at: datetime) -> str:
    """One of STATES: the worst of what the scopes say at `at`; missing when nobody had agreed to anything by then."""
    counting: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.given_at):
        scope = " ".join(folded(record.scope).split())
        if record.given_at <= at and not _stands(counting.get(scope), record, at):
            counting[scope] = record
    said = {state_of(record, at) for record in counting.values()}
    return next((state for state in _WORST_FIRST if state in said), MISSING)


def state_of(record: Record, at: datetime) -> str:
    """What one record says at an instant not before it was given."""
    if record.withdrawn_at is not None and record.withdrawn_at <= at:
        return WITHDRAWN
    if record.expires_at is not None and record.expires_at <= at:
        return EXPIRED
    return IN_FORCE


def _stands(before: Record | None, record: Record, at: datetime) -> bool:
    """Whether a withdrawal still stands: it does until a consent is given after it."""
    withdrawn = before.withdrawn_at if before else None
    return withdrawn is not None and withdrawn <= at and record.given_at < withdrawn
