"""Purging: deleting the texts of an article for good. Identifiers, numbers, dates, addresses and hashes are left.

The database lets only this through, and only while the permit of this article stands (`articles.purge_rules`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.history import permitted
from articles.actions.locking import count_write, locked
from articles.actions.suppressing import past_of, tags_of
from articles.models import (
    Article,
    Autosave,
    ConsentRecord,
    Embed,
    Listing,
    PreviewLink,
    Publication,
    PublicationPerson,
    PublicationTopic,
    ReleaseItem,
    Rendering,
    Review,
    ReviewRequest,
    Revision,
    Suppression,
)
from articles.rendering import views
from articles.rendering.body import body_of
from articles.searching import indexing
from cms import audit, changes, clock, transactions
from cms.errors import FieldError, InvalidContent, WrongState
from cms.models import IdempotencyRecord, User
from cms.preconditions import IfMatch

BLANK = dict.fromkeys(
    ("title_key", "note_types", "change_note", "correction", "explanation", "break_glass"), ""
)


@dataclass(frozen=True)
class Purged:
    """An article without its texts; `visible_at` is when no process answers with one any more."""

    article: Article
    visible_at: datetime


@transaction.atomic
def purge(
    *, article_id: UUID, confirm: str, reason: str, expected: IfMatch, by: User | None, note: str = ""
) -> Purged:
    """Delete every text of an article. `confirm` is its slug, its id where it has none, as a second thought.

    Raises InvalidContent (`confirm`), and WrongState: `still_public` while something is public or lies ahead,
    `not_suppressed` while a past text is within reach. What was never public may go at once.
    """
    article = locked(article_id)
    expected.require(article.etag)
    _require_confirmed(article, confirm)
    rows = past_of(article)
    _require_out_of_reach(rows)
    stamp, tags = clock.stamp(), tags_of(rows)
    transactions.must_commit_before(stamp)
    _delete_around(article)
    with permitted("purge", article.pk):
        _blank(article)
    _forget(article)
    audit.record(
        verb="article.purge",
        subject_type="article",
        subject=article.pk,
        by=by,
        at=clock.now(),
        detail={"reason": reason, "note": note},
    )
    if rows:
        changes.log(
            at=stamp,
            type="article.suppressed",
            subject=article.pk,
            article_id=article.pk,
            cache_tags=sorted(tags),
        )
    transaction.on_commit(body_of.cache_clear)
    transaction.on_commit(views.forget)
    return Purged(article, stamp)


def _require_confirmed(article: Article, confirm: str) -> None:
    if confirm != (article.head_slug or str(article.pk)):
        error = FieldError(
            "confirm_mismatch", "Type the slug of this article, or its id if it has none.", pointer="/confirm"
        )
        raise InvalidContent("A purge cannot be taken back; it is confirmed by the slug.", errors=(error,))


def _require_out_of_reach(rows: Collection[Publication]) -> None:
    """Nothing public, nothing ahead, and no text that a reader could still ask the past for."""
    now = clock.database_now()
    if any(row.effective_from > now or (row.state != "gone" and row.effective_until > now) for row in rows):
        raise WrongState("Take the article down, and cancel what lies ahead, first.", code="still_public")
    texts = {row.pk for row in rows if row.state != "gone"}
    suppressed = Publication.objects.filter(pk__in=texts).unsuppressed()
    if suppressed.exists():
        raise WrongState("Past texts are within reach; have them suppressed first.", code="not_suppressed")


def _delete_around(article: Article) -> None:
    """What is mutable and holds text. Remembered answers are sealed, so that nobody can tell whose they are."""
    Autosave.objects.filter(article=article).delete()
    PreviewLink.objects.filter(article=article).delete()
    ReviewRequest.objects.filter(article=article).update(note="")
    ConsentRecord.objects.filter(article=article).update(scope="")
    ReleaseItem.objects.filter(article=article).update(options={})
    IdempotencyRecord.objects.all().delete()


def _blank(article: Article) -> None:
    """What is kept for ever otherwise, under the permit."""
    rows = Publication.objects.filter(article=article)
    indexing.forget(rows)
    for child in (Listing, PublicationTopic, PublicationPerson, Embed):
        child.objects.filter(publication__in=rows).delete()
    Rendering.objects.filter(sha256__in=rows.exclude(rendering=None).values("rendering_id")).update(body=b"")
    rows.update(card=b"", **BLANK)
    Suppression.objects.filter(article=article).update(note="")
    Review.objects.filter(article=article).update(note="", interests="", remarks=[])
    Revision.objects.filter(article=article).update(content=b"", message="", block_ids=[])


def _forget(article: Article) -> None:
    count_write(
        article,
        purged_at=clock.now(),
        head_title="",
        head_slug="",
        head_search_key="",
        head_topics="",
        review_requested_at=None,
    )
