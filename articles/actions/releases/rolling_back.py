"""Rolling a release back: another release that makes public again what was public before it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.desk import Desk
from articles.actions.releases.drafting import Item, count_release_write, put_items, record
from articles.actions.releases.holding import Held, hold, items_of
from articles.actions.releases.judging import Problem, shape
from articles.actions.releases.scheduling import ReleaseOutcome, lay_down_release
from articles.actions.releases.states import require_may
from articles.models import Publication, Release, ReleaseItem
from cms import clock
from cms.errors import WrongState
from cms.models import User
from cms.preconditions import IfMatch


@transaction.atomic
def roll_back(
    *,
    release_id: UUID,
    expected: IfMatch,
    by: User | None,
    name: str = "",
    change_note: str = "",
    effective_from: datetime | None = None,
) -> ReleaseOutcome:
    """Make and schedule the release that undoes one which has begun: as soon as possible, or at `effective_from`.

    Raises WrongState: release_not_begun, rolled_back, changed_since (`problems` lists the articles that were changed
    after it began), and release_invalid as scheduling does.
    """
    held, now = hold(release_id), clock.now()
    expected.require(held.release.etag)
    require_may("roll_back", held.release, now)
    _make_way(held.release)
    _require_unchanged(held)
    undoing = Release.objects.create(
        name=name or f"Rollback: {held.release.name}"[:200],
        rolls_back=held.release,
        owner=by,
        created_at=now,
    )
    put_items(undoing, [_undoing(held, item, change_note) for item in held.items])
    record(undoing, "release.create", by, now, rolls_back=str(held.release.pk))
    count_release_write(held.release)
    record(held.release, "release.roll_back", by, now, by_release=str(undoing.pk))
    return lay_down_release(Held(undoing, items_of(undoing), held.desks), by, effective_from)


def _make_way(release: Release) -> None:
    """Only one undoes a release. One that was cancelled never did, and no longer counts as that."""
    earlier = Release.objects.select_for_update(of=("self",)).filter(rolls_back=release).first()
    if earlier is None:
        return
    if earlier.state == "scheduled":
        raise WrongState(
            f"The release “{earlier.name}” rolls it back already.",
            code="rolled_back",
            release=str(earlier.pk),
        )
    count_release_write(earlier, rolls_back=None)


def _require_unchanged(held: Held) -> None:
    problems = [problem for item in held.items for problem in _changed_since(held, item)]
    if problems:
        raise WrongState(
            "Articles were changed after the release began; roll them back one by one.",
            code="changed_since",
            problems=[shape(problem) for problem in problems],
        )


def _changed_since(held: Held, item: ReleaseItem) -> Iterator[Problem]:
    desk = held.desks.get(item.article_id)
    row = _row_of(desk, item) if desk else None
    if desk is None or row is None:
        yield Problem("article_in_bin", "The article is not there any more.", item.article_id, item.pk)
        return
    since = (
        later
        for later in desk.rows
        if row.effective_from < later.effective_from <= desk.database_now and later.update_type != "rerender"
    )
    if any(since) or desk.article.purged_at:
        yield Problem("changed_since", "It was changed after the release began.", item.article_id, item.pk)


def _row_of(desk: Desk, item: ReleaseItem) -> Publication | None:
    return next((row for row in desk.rows if row.pk == item.publication_id), None)


def _undoing(held: Held, item: ReleaseItem, change_note: str) -> Item:
    """The item that makes what covered the article just before be so again."""
    desk = held.desks[item.article_id]
    begun = _row_of(desk, item)
    before = next((row for row in desk.rows if begun and row.effective_until == begun.effective_from), None)
    if before is None or before.state == "gone":
        return {"article": item.article_id, "verb": "unpublish", "reason": "editorial"}
    undoing: dict[str, Any] = {
        "article": item.article_id,
        "verb": "publish" if before.state == "live" else "withdraw",
        "revision": before.revision_number,
        "restores": before.pk,
        "change_note": change_note,
    }
    if before.state == "withdrawn":
        undoing |= {"reason": before.reason, "explanation": before.explanation}
    return undoing
