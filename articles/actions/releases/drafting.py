"""Drafting releases: beginning one, saving its name, note and items, deleting one that was never scheduled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from articles.actions.releases.holding import locked_release
from articles.actions.releases.states import require_may
from articles.models import Article, Release, ReleaseItem
from cms import audit
from cms.errors import FieldError, InvalidContent
from cms.models import User
from cms.preconditions import IfMatch

Item = Mapping[str, Any]
"""`article` (a UUID) and `verb`; `revision` to publish; and what readers are told, by the names of the single verbs."""

_OWN = {"article", "verb", "revision"}


@transaction.atomic
def create_release(
    *, name: str, by: User | None, now: datetime, note: str = "", items: Sequence[Item] = ()
) -> Release:
    """A new draft. Raises InvalidContent for articles that do not exist or are named twice."""
    _require_known(items)
    release = Release.objects.create(name=name, note=note, owner=by, created_at=now)
    put_items(release, items)
    record(release, "release.create", by, now, items=len(items))
    return release


@transaction.atomic
def save_release(
    *,
    release_id: UUID,
    expected: IfMatch,
    by: User | None,
    now: datetime,
    name: str | None = None,
    note: str | None = None,
    items: Sequence[Item] | None = None,
) -> Release:
    """Change a draft; one that was cancelled becomes a draft again. `items` replace all that there were; nothing
    given is nothing saved.

    Raises WrongState when it is scheduled or has begun, InvalidContent as `create_release` does.
    """
    release = locked_release(release_id)
    expected.require(release.etag)
    require_may("save", release, now)
    given = {"name": name, "note": note}
    changes = {field: value for field, value in given.items() if value is not None}
    if items is None and not changes:
        return release
    if items is not None:
        _require_known(items)
        release.items.all().delete()
        put_items(release, items)
    count_release_write(release, state="draft", effective_from=None, **changes)
    record(release, "release.save", by, now, items=release.items.count())
    return release


@transaction.atomic
def delete_release(*, release_id: UUID, expected: IfMatch, by: User | None, now: datetime) -> None:
    """Delete a draft. Raises WrongState for one that is, or ever was, scheduled and not saved as a draft since."""
    release = locked_release(release_id)
    expected.require(release.etag)
    require_may("delete", release, now)
    record(release, "release.delete", by, now)
    release.delete()


def put_items(release: Release, items: Sequence[Item]) -> list[ReleaseItem]:
    return ReleaseItem.objects.bulk_create(
        ReleaseItem(
            release=release,
            article_id=item["article"],
            position=position,
            verb=item["verb"],
            revision_number=item.get("revision"),
            options={name: _plain(value) for name, value in item.items() if name not in _OWN},
        )
        for position, item in enumerate(items)
    )


def count_release_write(release: Release, **changes: object) -> None:
    """One more write: the tag that was handed out before is stale now."""
    Release.objects.filter(pk=release.pk).update(sequence=F("sequence") + 1, **changes)
    release.sequence += 1
    for name, value in changes.items():
        setattr(release, name, value)


def record(release: Release, verb: str, by: User | None, now: datetime, **detail: object) -> None:
    audit.record(verb=verb, subject_type="release", subject=release.pk, by=by, at=now, detail=detail)


def _require_known(items: Sequence[Item]) -> None:
    named = [item["article"] for item in items]
    known = set(Article.objects.on_desk().filter(pk__in=named).values_list("pk", flat=True))
    errors = [
        FieldError("unknown_article", "There is no such article.", pointer=f"/items/{index}/article")
        for index, article_id in enumerate(named)
        if article_id not in known
    ]
    errors += [
        FieldError("duplicate", "This article has an item already.", pointer=f"/items/{index}/article")
        for index, article_id in enumerate(named)
        if article_id in named[:index]
    ]
    if errors:
        raise InvalidContent("The items do not go together.", errors=tuple(errors))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
