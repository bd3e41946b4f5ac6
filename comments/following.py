"""What followers of the log learn of replies: where they are read, and which of them are published. No private row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from articles.models.publication import Publication
from cms.following import Line
from cms.models import Change
from comments.models.comment import Comment


class Replies:
    """One line for each published reply of a readable article. What moves while they are read, the log tells."""

    def hrefs(self, entries: Sequence[Change]) -> Mapping[UUID, str]:
        return {entry.subject: _address(entry.subject) for entry in entries}

    def live(self, *, at: datetime, beyond: str, limit: int) -> list[Line]:
        readable = Publication.objects.filter(article=OuterRef("article")).covering(at).readable()
        rows = Comment.objects.filter(Exists(readable), state="published").order_by("id")
        rows = rows.filter(id__gt=UUID(beyond)) if beyond else rows
        return [_line(row) for row in rows.select_related("public_version")[:limit]]


def _line(row: Comment) -> Line:
    return Line(
        key=str(row.pk),
        type="comment.published",
        at=row.created_at,
        subject=row.pk,
        version=row.public_version.number if row.public_version else None,
        href=_address(row.pk),
        cache_tags=(f"comments-{row.article_id}",),
    )


def _address(comment_id: UUID) -> str:
    return f"/api/v1/comments/{comment_id}"


replies = Replies()
