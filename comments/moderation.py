"""Reading for moderators: the queue, a comment with its versions, its decisions. A few queries, however many rows."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from articles.models.publication import Publication
from cms import clock, pagination
from cms.errors import NotFound
from cms.pagination import Order, Page
from comments.models import Comment, CommentPrivate, CommentVersion, Decision
from comments.models.private import GRADES
from comments.rendering.editorial import moderated_document

RELATED = ("comment__public_version", "comment__claim__by")
QUEUE_ORDER = Order((("rank", "asc"), ("since", "asc"), ("comment_id", "asc")))
QUEUES = ("waiting", "published", "rejected", "spam", "removed", "deleted")


def queue(
    *,
    state: str,
    article_id: UUID | None,
    grades: Iterable[str],
    limit: int,
    cursor: Mapping[str, Any] | None,
) -> Page:
    """Private rows with their comments, the gravest first, then the oldest."""
    rows = filtered(state=state, article_id=article_id, grades=grades)
    rows = rows.select_related(*RELATED)
    return pagination.page(rows, order=QUEUE_ORDER, limit=limit, cursor=cursor)


def filtered(*, state: str, article_id: UUID | None, grades: Iterable[str]) -> Any:
    rows = CommentPrivate.objects.in_queue(state)
    if article_id:
        rows = rows.of_article(article_id)
    urgencies = [3 - GRADES.index(grade) for grade in grades]
    return rows.graded(*urgencies) if urgencies else rows


def documents(rows: list[CommentPrivate]) -> list[dict[str, Any]]:
    """The queue's documents, in order. Two queries."""
    ids = [row.comment_id for row in rows]
    latest = CommentVersion.objects.filter(comment_id__in=ids, number=F("comment__last_version"))
    by_comment = {version.comment_id: version for version in latest.select_related("private")}
    now = clock.read_instant()
    articles = public_articles({row.article_id for row in rows}, now)
    return [moderated_document(row, by_comment[row.comment_id], articles, now) for row in rows]


def one(comment_id: UUID) -> CommentPrivate:
    """Raises NotFound."""
    rows = CommentPrivate.objects.filter(pk=comment_id).select_related(*RELATED)
    if (row := rows.first()) is None:
        raise NotFound("There is no such reply.")
    return row


def versions_of(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    rows = comment.versions.select_related("private")
    return pagination.page(rows, order=Order((("number", "asc"),)), limit=limit, cursor=cursor)


def decisions_on(comment: Comment, *, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    rows = Decision.objects.filter(comment=comment).select_related("decided_by", "note", "undoing")
    return pagination.page(rows, order=Order((("id", "asc"),)), limit=limit, cursor=cursor)


def public_articles(ids: Iterable[UUID], now: datetime) -> dict[UUID, dict[str, Any]]:
    """Slug and title of what is public of each article at `now`. One query."""
    rows = Publication.objects.covering(now).readable().filter(article_id__in=list(ids))
    return {
        row["article_id"]: {"slug": row["slug"], "title": json.loads(bytes(row["card"]))["title"]}
        for row in rows.values("article_id", "slug", "card")
    }
