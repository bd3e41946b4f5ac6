"""The catalogue: creating an entry, saving a new version of it, retiring it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.recording import announce_entry, announce_retirement
from articles.actions.releases.neighbours import lock_showing
from articles.actions.releases.revisiting import revisit_entry
from articles.content import folded
from articles.models import CatalogueItem, CatalogueVersion
from cms import audit, clock, transactions
from cms.canonical import canonical_bytes, sha256_hex
from cms.clock import FAR
from cms.errors import NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch


@transaction.atomic
def create_entry(
    *, kind: str, key: str, content: dict[str, Any], by: User | None, starts: datetime | None = None
) -> CatalogueItem:
    """A new entry, public from now, or from `starts` when its past is laid down. Raises WrongState: key taken."""
    from articles.actions.history import permitted

    if CatalogueItem.objects.of_kind(kind).filter(key=key).exists():
        raise WrongState(f"There is a {kind} with the key {key!r} already.", code="key_taken")
    now = clock.now()
    item = CatalogueItem.objects.create(
        kind=kind, key=key, head_number=1, search_key=search_key(key, content), created_at=now
    )
    if starts:
        with permitted("history", item.pk):
            _append(item, 1, content, starts, by, now)
    else:
        announce_entry(_append(item, 1, content, _stamp(), by, now))
    _record(item, "catalogue.create", by, now)
    return item


@transaction.atomic
def save_entry(
    *, item_id: UUID, content: dict[str, Any], expected: IfMatch, by: User | None
) -> CatalogueItem:
    """A new version of an entry. One equal to the current makes none. What embeds it shows it when re-rendered."""
    lock_showing(item_id)
    item = _locked(item_id)
    expected.require(item.etag)
    current = item.versions.get(number=item.head_number)
    if sha256_hex(canonical_bytes(content)) == current.sha256:
        return item
    starts, now = _stamp(), clock.now()
    _require_begun(current, starts)
    CatalogueVersion.objects.filter(pk=current.pk).update(effective_until=starts)
    announce_entry(_append(item, item.head_number + 1, content, starts, by, now))
    item.head_number += 1
    item.search_key = search_key(item.key, content)
    CatalogueItem.objects.filter(pk=item.pk).update(head_number=item.head_number, search_key=item.search_key)
    _record(item, "catalogue.save", by, now)
    revisit_entry(item.pk)
    return item


@transaction.atomic
def retire_entry(*, item_id: UUID, expected: IfMatch, by: User | None) -> CatalogueItem:
    """No longer offered, and no longer listed from `retired_at` on; what embeds it keeps it."""
    lock_showing(item_id)
    item = _locked(item_id)
    expected.require(item.etag)
    now, ends = clock.now(), _stamp()
    current = item.versions.get(number=item.head_number)
    _require_begun(current, ends)
    CatalogueVersion.objects.filter(pk=current.pk).update(effective_until=ends)
    item.retired_at = ends
    CatalogueItem.objects.filter(pk=item.pk).update(retired_at=ends)
    announce_retirement(item, ends)
    _record(item, "catalogue.retire", by, now)
    revisit_entry(item.pk)
    return item


def _append(
    item: CatalogueItem,
    number: int,
    content: dict[str, Any],
    starts: datetime,
    by: User | None,
    now: datetime,
) -> CatalogueVersion:
    data = canonical_bytes(content)
    return CatalogueVersion.objects.create(
        item=item,
        number=number,
        content=data,
        sha256=sha256_hex(data),
        author=by,
        effective_from=starts,
        effective_until=FAR,
        created_at=now,
    )


def _locked(item_id: UUID) -> CatalogueItem:
    try:
        return CatalogueItem.objects.select_for_update().in_use().get(pk=item_id)
    except CatalogueItem.DoesNotExist:
        raise NotFound("There is no such entry.") from None


def _require_begun(current: CatalogueVersion, stamp: datetime) -> None:
    if current.effective_from >= stamp:
        raise WrongState("The version before has not begun yet; try again in a second.", code="not_begun")


def _stamp() -> datetime:
    stamp = clock.stamp()
    transactions.must_commit_before(stamp)
    return stamp


def search_key(key: str, content: dict[str, Any]) -> str:
    shown = content.get("name") or content.get("title") or content.get("csl", {}).get("title") or ""
    texts = shown.values() if isinstance(shown, dict) else [str(shown)]
    return folded(key, *texts)


def _record(item: CatalogueItem, verb: str, by: User | None, now: datetime) -> None:
    audit.record(
        verb=verb,
        subject_type=item.kind,
        subject=item.pk,
        by=by,
        at=now,
        detail={"version": item.head_number},
    )
