"""The bin: deleted articles that were never public. They can be taken out for 30 days; then they go for good."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from articles.actions.history import permitted
from articles.actions.locking import count_write
from articles.models import Article, ConsentRecord, ReleaseItem, Review, ReviewRequest, Revision
from cms import audit
from cms.errors import NotFound, WrongState
from cms.models import User

KEPT_FOR = timedelta(days=30)


def in_bin() -> QuerySet:
    """What is in the bin, the longest there first."""
    return Article.objects.filter(binned_at__isnull=False).order_by("binned_at", "pk")


def due(now: datetime) -> QuerySet:
    """What has been in the bin for 30 days, and no text elsewhere was translated from."""
    old = in_bin().filter(binned_at__lte=now - KEPT_FOR)
    return old.exclude(pk__in=_translated_elsewhere())


@transaction.atomic
def take_out(*, article_id: UUID, by: User | None, now: datetime) -> Article:
    """Back to the desk as it was. Raises NotFound for what is not in the bin."""
    article = _locked(article_id)
    count_write(article, binned_at=None)
    _record("article.take_out", article.pk, by, now)
    return article


@transaction.atomic
def delete_for_good(*, article_id: UUID, by: User | None, now: datetime) -> None:
    """Delete an article in the bin with all its texts. Raises WrongState before its 30 days are over."""
    article = _locked(article_id)
    if not due(now).filter(pk=article_id).exists():
        raise WrongState("It has not been in the bin for 30 days, or a translation was made from it.")
    with permitted("purge", article.pk):
        for model in (ReviewRequest, Review, ConsentRecord, ReleaseItem, Revision):
            model.objects.filter(article=article).delete()
        article.delete()
    _record("article.delete_for_good", article_id, by, now)


def _locked(article_id: UUID) -> Article:
    article = Article.objects.select_for_update().filter(pk=article_id, binned_at__isnull=False).first()
    if article is None:
        raise NotFound("There is no such article in the bin.")
    return article


def _translated_elsewhere() -> QuerySet:
    made = Revision.objects.filter(translated_from__isnull=False)
    return made.exclude(article=F("translated_from__article")).values("translated_from__article")


def _record(verb: str, article_id: UUID, by: User | None, now: datetime) -> None:
    audit.record(verb=verb, subject_type="article", subject=article_id, by=by, at=now, detail={})
