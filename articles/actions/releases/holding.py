"""Taking a release and all of its articles under lock: the articles first, in the order of their ids."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from articles.actions.desk import Desk, desk_of
from articles.actions.locking import locked_row
from articles.actions.releases.neighbours import lock_with
from articles.models import Article, Publication, Release, ReleaseItem
from cms.errors import Busy, NotFound


@dataclass
class Held:
    """A release, its items in order, and the desks of its articles by id; one in the bin has none."""

    release: Release
    items: list[ReleaseItem]
    desks: dict[UUID, Desk]

    def changed(self) -> list[Desk]:
        """The desks on which the release has laid down something that lies ahead."""
        return [desk for desk in self.desks.values() if any(map(self._is_ahead(desk), desk.rows))]

    def _is_ahead(self, desk: Desk) -> Callable[[Publication], bool]:
        return lambda row: row.release_id == self.release.pk and row.effective_from > desk.database_now

    def leave(self) -> None:
        """Take what the release makes begin off every desk."""
        for desk in self.desks.values():
            desk.transitions = [
                t for t in desk.transitions if t.release is None or t.release.pk != self.release.pk
            ]


def locked_release(release_id: UUID) -> Release:
    """The release's row under lock. Raises NotFound."""
    try:
        return Release.objects.select_for_update(of=("self",)).get(pk=release_id)
    except Release.DoesNotExist:
        raise NotFound("There is no such release.") from None


def hold(release_id: UUID) -> Held:
    """Everything of a release, locked. Raises NotFound, and Busy when its items were being changed."""
    ids = sorted(ReleaseItem.objects.filter(release_id=release_id).values_list("article_id", flat=True))
    lock_with(ids)
    desks = {article.pk: desk_of(article) for article in map(_locked, ids) if article}
    release = locked_release(release_id)
    items = items_of(release)
    if sorted(item.article_id for item in items) != ids:
        raise Busy("Somebody changes this release at this very moment. Nothing was changed; try again.")
    return Held(release, items, desks)


def look_at(release: Release) -> Held:
    """Everything of a release as it is, without a lock."""
    items = items_of(release)
    articles = Article.objects.on_desk().filter(pk__in=[item.article_id for item in items])
    return Held(release, items, {article.pk: desk_of(article) for article in articles})


def items_of(release: Release) -> list[ReleaseItem]:
    return list(release.items.select_related("article").order_by("position", "id"))


def _locked(article_id: UUID) -> Article | None:
    try:
        return locked_row(article_id)
    except NotFound:
        return None
