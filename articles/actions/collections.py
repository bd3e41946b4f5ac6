"""Collections: curated, ordered lists of articles, whose versions are scheduled like publications.

Only this kind of entry is scheduled ahead: what documents embed has to be known when they are rendered, and no document
embeds a collection. Versions lie on one timeline without overlap; a version's number is never given twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.catalogue import search_key
from articles.actions.recording import announce_entry, announce_retirement
from articles.models import Article, CatalogueItem, CatalogueVersion
from cms import audit, changes, clock, transactions
from cms.canonical import canonical_bytes, sha256_hex
from cms.clock import FAR
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch

KIND = "collection"
_SECOND = timedelta(seconds=1)
Change = Callable[[dict[str, Any]], dict[str, Any]]
"""From the content that a new version follows to its own. It may be called several times."""


@dataclass(frozen=True)
class Kept:
    """A collection after a write. `version` is what was written, None when nothing was; readers see it `visible_at`."""

    item: CatalogueItem
    version: CatalogueVersion | None
    visible_at: datetime


@dataclass
class Shelf:
    """One collection under its lock: the versions that have not ended, in time order, and the stamp of a change now."""

    item: CatalogueItem
    versions: list[CatalogueVersion]
    stamp: datetime

    def at(self, instant: datetime) -> CatalogueVersion | None:
        """What covers an instant; the first that lies ahead when nothing does."""
        begun = [version for version in self.versions if version.effective_from <= instant]
        return begun[-1] if begun else next(iter(self.versions), None)

    def ahead(self, number: int) -> CatalogueVersion:
        """A version that has not begun. Raises NotFound, and WrongState (has_begun) for one that has."""
        version = self.item.versions.filter(number=number).first()
        if version is None:
            raise NotFound(f"This collection has no version {number}.")
        if version.effective_from < self.stamp:
            raise WrongState("It has begun, or begins within the second: it is history.", code="has_begun")
        return next(row for row in self.versions if row.pk == version.pk)

    def starts(self, effective_from: datetime | None) -> datetime:
        """The instant asked for, or the next free second. Raises InvalidContent and WrongState (instant_taken)."""
        taken = {version.effective_from for version in self.versions}
        if effective_from is None:
            instant = self.stamp
            while instant in taken:
                instant += _SECOND
            return instant
        if effective_from < self.stamp:
            sentence = "It must lie ahead; leave it out to begin now."
            error = FieldError("in_past", sentence, pointer="/effective_from")
            raise InvalidContent(
                "A version cannot begin in the past.", code="invalid_interval", errors=(error,)
            )
        if effective_from in taken:
            raise WrongState("Another version begins at that very second.", code="instant_taken")
        return effective_from


@transaction.atomic
def create_collection(
    *, key: str, content: dict[str, Any], by: User | None, effective_from: datetime | None = None
) -> Kept:
    """A new collection, public now or from an instant ahead.

    Raises WrongState (key_taken) and InvalidContent (unknown_article, invalid_interval).
    """
    if CatalogueItem.objects.of_kind(KIND).filter(key=key).exists():
        raise WrongState(f"There is a collection with the key {key!r} already.", code="key_taken")
    _require_articles(content["articles"])
    item = CatalogueItem.objects.create(kind=KIND, key=key, created_at=clock.now())
    shelf = Shelf(item, [], clock.stamp())
    version = _append(shelf, content, shelf.starts(effective_from), by)
    return _kept(shelf, version, "catalogue.create", by)


@transaction.atomic
def save_collection(
    *,
    item_id: UUID,
    change: Change,
    expected: IfMatch,
    by: User | None,
    effective_from: datetime | None = None,
) -> Kept:
    """A new version, from now or from an instant ahead, until the next one begins.

    `change` is given what would be public at that instant. Content equal to it makes no version.
    Raises WrongState (instant_taken) and InvalidContent (unknown_article, invalid_interval).
    """
    shelf = _open(item_id, expected)
    starts = shelf.starts(effective_from)
    base = shelf.at(starts)
    document = base.document if base else {}
    content = change(document)
    if canonical_bytes(content) == canonical_bytes(document):
        return Kept(shelf.item, None, shelf.stamp)
    _require_articles(content["articles"], kept=document.get("articles", ()))
    version = _append(shelf, content, starts, by)
    return _kept(shelf, version, "catalogue.save", by)


@transaction.atomic
def replace_version(
    *,
    item_id: UUID,
    number: int,
    change: Change,
    expected: IfMatch,
    by: User | None,
    effective_from: datetime | None = None,
) -> Kept:
    """Put another version in the place of one that has not begun, at its instant or at another one ahead.

    The text of a version never changes, so what replaces it has a number of its own. Raises WrongState (has_begun).
    """
    shelf = _open(item_id, expected)
    old = shelf.ahead(number)
    content = change(old.document)
    if canonical_bytes(content) == bytes(old.content) and effective_from in (None, old.effective_from):
        return Kept(shelf.item, None, shelf.stamp)
    _require_articles(content["articles"], kept=old.document["articles"])
    _drop(shelf, old)
    starts = shelf.starts(effective_from or old.effective_from)
    version = _append(shelf, content, starts, by)
    return _kept(shelf, version, "catalogue.save", by, replaced=number)


@transaction.atomic
def cancel_version(*, item_id: UUID, number: int, expected: IfMatch, by: User | None) -> Kept:
    """Cancel a version that has not begun. Raises WrongState when it has (has_begun), or when it is the only one."""
    shelf = _open(item_id, expected)
    old = shelf.ahead(number)
    if len(shelf.versions) == 1:
        raise WrongState("It is the only version; retire the collection instead.")
    _drop(shelf, old)
    _close_gaps(shelf)
    shelf.item.head_number += 1
    return _kept(shelf, None, "catalogue.cancel", by, cancelled=number)


@transaction.atomic
def retire_collection(*, item_id: UUID, expected: IfMatch, by: User | None) -> Kept:
    """No longer listed from `visible_at` on; what lies ahead is cancelled, and the past stays for `at`."""
    shelf = _open(item_id, expected)
    for version in [row for row in shelf.versions if row.effective_from >= shelf.stamp]:
        _drop(shelf, version)
    transactions.must_commit_before(shelf.stamp)
    for version in shelf.versions[-1:]:
        _end(version, shelf.stamp)
    shelf.item.retired_at = shelf.stamp
    kept = _kept(shelf, None, "catalogue.retire", by)
    announce_retirement(shelf.item, shelf.stamp)
    return kept


def _open(item_id: UUID, expected: IfMatch) -> Shelf:
    items = CatalogueItem.objects.select_for_update().in_use().of_kind(KIND)
    item = items.filter(pk=item_id).first()
    if item is None:
        raise NotFound("There is no such collection.")
    expected.require(item.etag)
    standing = item.versions.filter(effective_until__gt=clock.database_now())
    return Shelf(item, list(standing.order_by("effective_from")), clock.stamp())


def _append(shelf: Shelf, content: dict[str, Any], starts: datetime, by: User | None) -> CatalogueVersion:
    """Put a version into its place: what stands there before it ends where it begins."""
    data = canonical_bytes(content)
    shelf.item.head_number += 1
    following = [row.effective_from for row in shelf.versions if row.effective_from > starts]
    version = CatalogueVersion(
        item=shelf.item,
        number=shelf.item.head_number,
        content=data,
        sha256=sha256_hex(data),
        author=by,
        effective_from=starts,
        effective_until=min(following, default=FAR),
        created_at=clock.now(),
    )
    shelf.versions = sorted([*shelf.versions, version], key=lambda row: row.effective_from)
    transactions.must_commit_before(starts)
    before = shelf.versions.index(version) - 1
    if before >= 0:
        _end(shelf.versions[before], starts)
    version.save(force_insert=True)
    _close_gaps(shelf)
    announce_entry(version)
    return version


def _drop(shelf: Shelf, version: CatalogueVersion) -> None:
    transactions.must_commit_before(version.effective_from)
    shelf.versions.remove(version)
    changes.unschedule(version.pk)
    CatalogueVersion.objects.filter(pk=version.pk).delete()


def _close_gaps(shelf: Shelf) -> None:
    """Each version lasts until the next one begins."""
    ends = [*(row.effective_from for row in shelf.versions[1:]), FAR]
    for version, end in zip(shelf.versions, ends, strict=True):
        _end(version, end)


def _end(version: CatalogueVersion, end: datetime) -> None:
    if version.effective_until != end:
        transactions.must_commit_before(min(version.effective_until, end))
        CatalogueVersion.objects.filter(pk=version.pk).update(effective_until=end)
        version.effective_until = end


def _require_articles(ids: Iterable[str], kept: Iterable[str] = ()) -> None:
    """Every article that is newly named must be on the desk; what was named before stays. Raises InvalidContent."""
    named = list(ids)
    known = set(kept)
    new = [id_ for id_ in named if id_ not in known]
    found = Article.objects.on_desk().filter(pk__in=new).values_list("pk", flat=True)
    known |= {str(pk) for pk in found}
    errors = tuple(
        FieldError("unknown_article", "There is no such article.", pointer=f"/articles/{index}")
        for index, id_ in enumerate(named)
        if id_ not in known
    )
    if errors:
        raise InvalidContent("The collection names articles that do not exist.", errors=errors)


def _kept(
    shelf: Shelf, version: CatalogueVersion | None, verb: str, by: User | None, **detail: object
) -> Kept:
    item = shelf.item
    newest = version or max(shelf.versions, key=lambda row: row.number, default=None)
    if newest:
        item.search_key = search_key(item.key, newest.document)
    item.save(force_update=True, update_fields=["head_number", "search_key", "retired_at"])
    written = {"version": version.number} if version else {}
    audit.record(
        verb=verb, subject_type=KIND, subject=item.pk, by=by, at=clock.now(), detail=written | detail
    )
    return Kept(item, version, version.effective_from if version else shelf.stamp)
