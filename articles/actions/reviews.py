"""Reviewing: asking for it, and one person's decision on one exact revision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.locking import count_write, locked, revision_of
from articles.models import Article, Publication, Review, Revision
from cms import audit
from cms.errors import NotAllowed, WrongState
from cms.models import User
from cms.preconditions import IfMatch


@transaction.atomic
def request_review(
    *, article_id: UUID, revision: int, expected: IfMatch, by: User | None, now: datetime
) -> Article:
    """Ask for a review of the head. Raises WrongState when `revision` is not the head any more."""
    article = locked(article_id)
    expected.require(article.etag)
    if revision != article.head_number:
        raise WrongState("Only the newest revision can be sent to review.", code="not_the_head")
    count_write(article, review_requested_at=now)
    _record(article, "article.request_review", revision, by, now)
    return article


@transaction.atomic
def review(
    *,
    article_id: UUID,
    revision: int,
    decision: str,
    expected: IfMatch,
    by: User,
    now: datetime,
    note: str = "",
    interests: str = "",
    remarks: list[dict[str, Any]] | None = None,
) -> Review:
    """Record a decision on a revision. Raises NotAllowed when the reviewer wrote any of what changed."""
    article = locked(article_id)
    expected.require(article.etag)
    judged = revision_of(article, revision)
    if by.pk in writers_of_what_changed(article, judged):
        raise NotAllowed("Nobody reviews what they wrote themselves.", code="reviewer_is_author")
    recorded = Review.objects.create(
        article=article,
        revision=judged,
        revision_sha256=judged.sha256,
        reviewer=by,
        decision=decision,
        note=note,
        interests=interests,
        remarks=remarks or [],
        created_at=now,
    )
    count_write(article, review_requested_at=None)
    _record(article, f"article.review.{decision}", revision, by, now)
    return recorded


def approval_of(revision: Revision) -> Review | None:
    """The approval a publication of `revision` may rest on: its latest decision, if that approves this very text."""
    latest = revision.reviews.order_by("-created_at", "-id").first()
    if latest and latest.decision == "approve" and latest.revision_sha256 == revision.sha256:
        return latest
    return None


def writers_of_what_changed(article: Article, judged: Revision) -> set[UUID | None]:
    """Authors of the revisions between the last one that was public before `judged` and `judged` itself."""
    last_public = (
        Publication.objects.filter(article=article, revision__number__lt=judged.number)
        .order_by("-revision__number")
        .values_list("revision__number", flat=True)
        .first()
    ) or 0
    changed = article.revisions.filter(number__gt=last_public, number__lte=judged.number)
    return set(changed.values_list("author_id", flat=True))


def _record(article: Article, verb: str, revision: int, by: User | None, now: datetime) -> None:
    audit.record(
        verb=verb, subject_type="article", subject=article.pk, by=by, at=now, detail={"revision": revision}
    )
