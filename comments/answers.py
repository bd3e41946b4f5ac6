"""Reading what the site has answered under an article, public or not. Two queries, however many rows."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from cms import pagination
from cms.pagination import Order, Page
from comments.models import Comment, CommentVersion
from comments.rendering.answers import answer_document, words_of

NEWEST_FIRST = Order((("id", "desc"),))


def of_article(
    article_id: UUID, *, parent_id: UUID | None, limit: int, cursor: Mapping[str, Any] | None
) -> Page:
    """Comments, the newest first; with `parent_id` only direct answers to that reply."""
    rows = Comment.objects.by_the_site().in_thread(article_id).select_related("private")
    if parent_id:
        rows = rows.filter(parent_id=parent_id)
    return pagination.page(rows, order=NEWEST_FIRST, limit=limit, cursor=cursor)


def documents(rows: Sequence[Comment]) -> list[dict[str, Any]]:
    """With their words, in order. One query."""
    latest = CommentVersion.objects.filter(
        comment__in=[row.pk for row in rows], number=F("comment__last_version")
    ).select_related("private")
    by_comment = {version.comment_id: version for version in latest}
    return [answer_document(row, by_comment[row.pk]) | words_of(by_comment[row.pk]) for row in rows]
