"""Reading for moderators: the queue, a comment with its versions, its decisions. A few queries, however many rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models.publication import Publication
from cms import clock, pagination
from cms.errors import NotFound
from cms.models import User
from cms.pagination import Order, Page
from comments.models import Comment, CommentLabel, CommentPrivate, CommentVersion, Decision, VersionPrivate
from comments.models.private import GRADES
from comments.querysets.queue import QueueQuerySet
from comments.rendering.editorial import Around, moderated_document

QUEUE_ORDER = Order((("rank", "asc"), ("since", "asc"), ("comment_id", "asc")))
RELATED = ("comment__public_version", "comment__claim__by", "comment__parent__public_version")
QUEUES = ("waiting", "published", "rejected", "spam", "removed", "deleted")


@dataclass(frozen=True)
class Chosen:
    """What of the queue is asked for. Empty means all; `q` holds folded words, of each the beginning is enough."""

    state: str = "waiting"
    article_id: UUID | None = None
    grades: Sequence[str] = ()
    q: Sequence[str] = ()
    rule: str | None = None
    label: str | None = None
    claimed: str | None = None
    kind: str | None = None
    names_erased: bool | None = None


def queue(chosen: Chosen, *, by: User, now: datetime, limit: int, cursor: Mapping[str, Any] | None) -> Page:
    """Private rows with their comments, the gravest first, then the oldest."""
    rows = filtered(chosen, by=by, now=now).select_related(*RELATED)
    return pagination.page(rows, order=QUEUE_ORDER, limit=limit, cursor=cursor)


def filtered(chosen: Chosen, *, by: User, now: datetime) -> QueueQuerySet:
    """The index serves state, article and the order; everything else filters what it gives."""
    rows: QueueQuerySet = CommentPrivate.objects.in_queue(chosen.state)
    if chosen.article_id:
        rows = rows.of_article(chosen.article_id)
    if chosen.grades:
        rows = rows.graded(*[3 - GRADES.index(grade) for grade in chosen.grades])
    if chosen.kind:
        rows = rows.edits() if chosen.kind == "edit" else rows.new()
    if chosen.names_erased is not None:
        rows = rows.naming_the_erased() if chosen.names_erased else rows.filter(names_erased_since=None)
    if chosen.label:
        rows = rows.filter(comment__labels__kind=chosen.label)
    if chosen.q or chosen.rule:
        rows = rows.filter(Exists(_saying(chosen.q, chosen.rule)))
    return _claimed(rows, chosen.claimed, by, now)


def _saying(q: Sequence[str], rule: str | None) -> QuerySet[VersionPrivate]:
    """Latest versions with these words, about which this rule said something. Addresses and names are not words."""
    latest = VersionPrivate.objects.filter(
        version__comment=OuterRef("pk"), version__number=OuterRef("comment__last_version")
    )
    for word in q:
        latest = latest.filter(folded__contains=f" {word}")
    if rule:
        # Both databases write JSON so; `contains` on JSON is not known to SQLite.
        told = Cast("verdicts", TextField())
        latest = latest.alias(told=told).filter(told__contains=f'"rule": "{rule}"')
    return latest


def _claimed(rows: QueueQuerySet, claimed: str | None, by: User, now: datetime) -> QueueQuerySet:
    if claimed is None:
        return rows
    if claimed == "nobody":
        return rows.unclaimed(now)
    mine = Q(comment__claim__by=by)
    return rows.claimed(now).filter(mine if claimed == "me" else ~mine)


def documents(rows: list[CommentPrivate]) -> list[dict[str, Any]]:
    """The queue's documents, in order. Three queries."""
    ids = [row.comment_id for row in rows]
    latest = CommentVersion.objects.filter(comment_id__in=ids, number=F("comment__last_version"))
    by_comment = {version.comment_id: version for version in latest.select_related("private")}
    labels: dict[UUID, list[CommentLabel]] = defaultdict(list)
    for label in CommentLabel.objects.filter(comment_id__in=ids).select_related("by").order_by("kind"):
        labels[label.comment_id].append(label)
    now = clock.read_instant()
    articles = public_articles({row.article_id for row in rows}, now)
    return [
        moderated_document(row, Around(by_comment[row.comment_id], labels[row.comment_id], articles, now))
        for row in rows
    ]


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


def latest_decision_on(comment: Comment) -> Decision | None:
    """The last line of its log, whoever wrote it."""
    rows = Decision.objects.filter(comment=comment).select_related("decided_by", "note", "undoing")
    return rows.order_by("-id").first()


def public_articles(ids: Iterable[UUID], now: datetime) -> dict[UUID, dict[str, Any]]:
    """Slug and title of what is public of each article at `now`. One query."""
    rows = Publication.objects.covering(now).readable().filter(article_id__in=list(ids))
    return {
        row["article_id"]: {"slug": row["slug"], "title": json.loads(bytes(row["card"]))["title"]}
        for row in rows.values("article_id", "slug", "card")
    }
