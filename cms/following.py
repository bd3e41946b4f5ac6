"""Following the log from outside: what a cursor names, pages of entries, and a full read of all that is live.

Every entry has a cursor of its own, its `id`: to go on behind it, or to ask for at least what it tells (`min_change`).
`docs/decisions/0009-following.md` has the reasoning.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, Min
from django.utils.module_loading import import_string

from cms import changes, clock
from cms.errors import Gone, NotYetVisible, Unavailable
from cms.models import Change, Feed
from cms.pagination import decode, encode, invalid_cursor

RESYNCHRONISE = "/api/v1/changes"


class Line(NamedTuple):
    """One thing that is live, as a full read tells it. `key` orders the lines of a source and is unique in it."""

    key: str
    type: str
    at: datetime
    subject: UUID
    version: int | None
    href: str | None
    cache_tags: tuple[str, ...]


class Source(Protocol):
    """What one kind of entries is about: where its subjects are read, and which of them are live."""

    def hrefs(self, entries: Sequence[Change]) -> Mapping[UUID, str]:
        """By subject: the address at which readers get it. Bounded queries, whatever the number of entries."""

    def live(self, *, at: datetime, beyond: str, limit: int) -> list[Line]:
        """Up to `limit` lines of what is live at `at`, in the order of their keys, behind the key `beyond`."""


@dataclass(frozen=True)
class Place:
    """Behind one entry of the log: its number, 0 before the first, and a digest that tells it from any other."""

    number: int = 0
    check: str = ""


@dataclass(frozen=True)
class Walk:
    """Where a full read stands: what it speaks of, which source it is in, and behind which of its keys."""

    at: datetime
    source: int = 0
    beyond: str = ""


@dataclass(frozen=True)
class Cursor:
    """`place` is where following goes on when `walk`, a full read under way, is over."""

    epoch: str
    place: Place
    walk: Walk | None = None

    def __str__(self) -> str:
        walk = self.walk
        state: dict[str, Any] = {"l": [self.epoch, self.place.number, self.place.check]}
        if walk:
            state["w"] = [int(walk.at.timestamp()), walk.source, walk.beyond]
        return encode(state)


@dataclass(frozen=True)
class Page:
    """Entries as readers get them, and where to go on. `settled`: no later read of the same cursor can differ."""

    entries: list[dict[str, Any]]
    following: Cursor
    has_more: bool
    settled: bool


def cursor_of(text: str) -> Cursor:
    """Raises Malformed (code `invalid_cursor`) for what is no cursor of a log."""
    state = decode(text)
    try:
        epoch, number, check = state["l"]
        at, source, beyond = state.get("w", (None, 0, ""))
        walk = None if at is None else Walk(datetime.fromtimestamp(at, clock.FAR.tzinfo), source, beyond)
        return Cursor(epoch, Place(number, check), walk)
    except (KeyError, TypeError, ValueError):
        raise invalid_cursor() from None


def page(cursor: Cursor | None, *, limit: int) -> Page:
    """What follows `cursor`; without one, the beginning of a full read. Moves first what has become due into the log.

    Raises Gone (code `cursor_expired`) for a cursor of another log, or of an entry that this log does not have.
    """
    now, epoch = clock.read_instant(), _epoch()
    _settle(now)
    if cursor is None:
        cursor = Cursor(epoch, newest(now), Walk(now))
    if cursor.epoch != epoch:
        raise _expired()
    return _walked(cursor, limit) if cursor.walk else _followed(cursor, now, limit)


def newest(now: datetime) -> Place:
    """The last entry before which nothing lies ahead of `now`. In this order: what is told between is told again."""
    last = Change.objects.aggregate(last=Max("id"))["last"] or 0
    ahead = Change.objects.filter(at__gt=now).aggregate(first=Min("id"))["first"]
    number = last if ahead is None else min(last, ahead - 1)
    entry = Change.objects.filter(id__lte=number).order_by("-id").first()
    return _place_of(entry) if entry else Place()


def require_visible(cursor: Cursor) -> None:
    """Return when this database has all that `cursor` names, and it has come into effect.

    Raises NotYetVisible while it has not, and Malformed for a cursor of another log.
    """
    if cursor.epoch != _epoch():
        raise invalid_cursor("min_change")
    number = cursor.place.number
    if number == 0:
        return
    entry = Change.objects.filter(id__gte=number).order_by("id").first()
    if entry is None or (entry.id == number and entry.at > clock.read_instant()):
        raise NotYetVisible("What min_change names is not visible here yet. Ask again in a moment.")
    if entry.id == number and _place_of(entry) != cursor.place:
        raise invalid_cursor("min_change")


def _followed(cursor: Cursor, now: datetime, limit: int) -> Page:
    begin = cursor.place.number
    rows = list(Change.objects.filter(id__gte=max(begin, 1)).order_by("id")[: limit + 2])
    if begin:
        if not rows or _place_of(rows[0]) != cursor.place:
            raise _expired()
        del rows[0]
    told = list(takewhile(lambda row: row.at <= now, rows[: limit + 1]))
    shown = told[:limit]
    last = Cursor(cursor.epoch, _place_of(shown[-1])) if shown else cursor
    more = len(told) > limit
    return Page(_told(shown, cursor.epoch), last, has_more=more, settled=more)


def _walked(cursor: Cursor, limit: int) -> Page:
    """Lines of one source after the other; behind the last of them the log goes on where the walk began."""
    walk, entries = cursor.walk, list[dict[str, Any]]()
    while walk and len(entries) < limit:
        wanted = limit - len(entries)
        found = sources()[walk.source].live(at=walk.at, beyond=walk.beyond, limit=wanted)
        for line in found:
            walk = Walk(walk.at, walk.source, line.key)
            entries.append(_entry(line, Cursor(cursor.epoch, cursor.place, walk), line.href))
        if len(found) < wanted:
            walk = Walk(walk.at, walk.source + 1) if walk.source + 1 < len(sources()) else None
    return Page(entries, Cursor(cursor.epoch, cursor.place, walk), has_more=True, settled=False)


def _told(rows: Sequence[Change], epoch: str) -> list[dict[str, Any]]:
    addresses = _addresses(rows)
    return [_entry(row, Cursor(epoch, _place_of(row)), addresses.get(row.subject)) for row in rows]


def _addresses(rows: Sequence[Change]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for prefix, source in _named_sources().items():
        if of_its_kind := [row for row in rows if row.type.startswith(f"{prefix}.")]:
            found |= source.hrefs(of_its_kind)
    return found


def _entry(told: Change | Line, cursor: Cursor, href: str | None) -> dict[str, Any]:
    return {
        "id": str(cursor),
        "type": told.type,
        "at": told.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "subject": str(told.subject),
        "version": told.version,
        "href": href,
        "cache_tags": list(told.cache_tags),
    }


def _place_of(entry: Change) -> Place:
    written = f"{entry.at.timestamp():.0f} {entry.type} {entry.subject}"
    return Place(entry.id, hashlib.sha256(written.encode()).hexdigest()[:10])


def _settle(now: datetime) -> None:
    """Where nothing can be written, readers follow what the log has: what is missing enters it behind that."""
    try:
        changes.settle(now)
    except DatabaseError:
        return


def _epoch() -> str:
    """The log's name in cursors. Made by whoever first reads the log."""
    try:
        feed = Feed.objects.filter(pk=1).first() or Feed.objects.get_or_create(pk=1)[0]
    except DatabaseError as error:
        raise Unavailable("The log has no name yet, and none can be written now. Try again soon.") from error
    return feed.epoch.hex[-12:]


def _expired() -> Gone:
    return Gone(
        "The log does not reach back to this cursor: it is too old, or of another log. Begin a full read.",
        code="cursor_expired",
        resynchronise_href=RESYNCHRONISE,
    )


@cache
def _named_sources() -> dict[str, Source]:
    return {prefix: import_string(path) for prefix, path in settings.FOLLOWED.items()}


def sources() -> Sequence[Source]:
    """In the order of a full read: what others point at comes last."""
    return list(_named_sources().values())


def tags(*found: Iterable[str]) -> tuple[str, ...]:
    """Cache tags without repetition, in order of their names."""
    return tuple(sorted(set().union(*found)))
