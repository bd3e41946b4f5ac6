"""Reading threads for everybody: one range scan a page, the first and the ten-thousandth alike. Never private rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from cms import pagination
from cms.errors import NotFound
from comments import paths
from comments.models.comment import Comment

NEWEST, OLDEST = "-created_at", "created_at"


@dataclass(frozen=True)
class View:
    """Which part of a thread, in which order. Roots come newest or oldest first; replies always oldest first."""

    article_id: UUID
    ordering: str = NEWEST
    parent_id: UUID | None = None
    roots_only: bool = False

    @property
    def key(self) -> str:
        """The field whose index is walked. A subtree has one root, so that only `path` matters in it."""
        if self.parent_id:
            return "path"
        return "newest" if self.roots_only or self.ordering == NEWEST else "path"

    @property
    def descending(self) -> bool:
        """Roots alone, oldest first, are their one index walked backwards."""
        return self.roots_only and self.ordering == OLDEST

    @property
    def name(self) -> str:
        return ":".join(
            (str(self.article_id), self.ordering, str(self.parent_id or ""), str(self.roots_only))
        )


@dataclass(frozen=True)
class ThreadPage:
    """Comments in order of reading, each with its public version, and the cursor of what follows."""

    rows: list[Comment]
    next_cursor: str | None


def thread_page(view: View, *, limit: int, cursor: Mapping[str, Any] | None = None) -> ThreadPage:
    """The `limit` comments that follow `cursor`.

    Raises NotFound for a parent that is not visible in this thread, Malformed for a cursor of another list.
    """
    rows = _in_view(view)
    last = _last_seen(cursor, view) if cursor is not None else None
    if last is not None:
        rows = _behind(rows, view, Subquery(last.values(view.key)))
    found = list(_ordered(rows, view)[: limit + 1])
    if last is not None and not found and not last.exists():
        raise pagination.invalid_cursor()
    return _page(view, found, limit)


def page_around(view: View, comment_id: UUID, *, limit: int) -> ThreadPage:
    """A page with the comment (or, among roots, its root) in it, and up to half a page of what stands before.

    Raises NotFound when it is not visible there.
    """
    top = _key_near(view, comment_id)
    rows = _in_view(view)
    before = list(_ordered(_before(rows, view, top), view).reverse()[: limit // 2])
    found = list(_ordered(_from(rows, view, top), view)[: limit - len(before) + 1])
    return _page(view, [*reversed(before), *found], limit)


def count(view: View) -> int:
    """How many comments the view holds, tombstones too."""
    return _in_view(view).count()


def visible_comment(comment_id: UUID) -> Comment:
    """A published comment, or a tombstone with replies. Raises NotFound."""
    comment = Comment.objects.visible().select_related("public_version").filter(pk=comment_id).first()
    if comment is None:
        raise NotFound("There is no such reply.")
    return comment


def _in_view(view: View) -> QuerySet[Comment]:
    rows = Comment.objects.visible().in_thread(view.article_id)
    if view.parent_id:
        rows = rows.beneath(_path_of(view, view.parent_id))
    return rows.roots() if view.roots_only else rows


def _ordered(rows: QuerySet[Comment], view: View) -> QuerySet[Comment]:
    return rows.select_related("public_version").order_by(f"-{view.key}" if view.descending else view.key)


def _behind(rows: QuerySet[Comment], view: View, key: Subquery) -> QuerySet[Comment]:
    return rows.filter(**{f"{view.key}__{'lt' if view.descending else 'gt'}": key})


def _from(rows: QuerySet[Comment], view: View, key: bytes) -> QuerySet[Comment]:
    return rows.filter(**{f"{view.key}__{'lte' if view.descending else 'gte'}": key})


def _before(rows: QuerySet[Comment], view: View, key: bytes) -> QuerySet[Comment]:
    return rows.filter(**{f"{view.key}__{'gt' if view.descending else 'lt'}": key})


def _page(view: View, rows: list[Comment], limit: int) -> ThreadPage:
    """The cursor names the last comment, not its path: a deep path would not fit into an address."""
    if len(rows) <= limit:
        return ThreadPage(rows, None)
    return ThreadPage(rows[:limit], pagination.encode({"o": view.name, "i": str(rows[limit - 1].pk)}))


def _last_seen(cursor: Mapping[str, Any], view: View) -> QuerySet[Comment]:
    """The comment that the cursor names. What follows it is found in the same statement."""
    if cursor.get("o") != view.name:
        raise pagination.invalid_cursor()
    return Comment.objects.in_thread(view.article_id).filter(pk=cursor["i"])


def _path_of(view: View, comment_id: UUID) -> bytes:
    found = Comment.objects.visible().in_thread(view.article_id).filter(pk=comment_id)
    path = found.values_list("path", flat=True).first()
    if path is None:
        raise NotFound("Among this article's replies there is none with this id.")
    return bytes(path)


def _key_near(view: View, comment_id: UUID) -> bytes:
    path = _path_of(view, comment_id)
    if view.parent_id:
        low, high = paths.beneath(_path_of(view, view.parent_id))
        if not low < path < high:
            raise NotFound("It is not one of the replies beneath the parent.")
    path = path[: paths.WIDTH] if view.roots_only else path
    return paths.newest(path) if view.key == "newest" else path
