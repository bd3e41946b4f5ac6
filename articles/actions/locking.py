"""Taking an article under lock, and counting the write that follows."""

from uuid import UUID

from django.db.models import F

from articles.models import Article, Revision
from cms.errors import NotFound


def locked(article_id: UUID) -> Article:
    """The article's row, locked until the transaction ends (on SQLite the whole database is)."""
    try:
        return Article.objects.select_for_update(of=("self",)).on_desk().get(pk=article_id)
    except Article.DoesNotExist:
        raise NotFound("There is no such article.") from None


def count_write(article: Article, **changes: object) -> None:
    """One more write of any kind: every tag handed out before is stale now."""
    Article.objects.filter(pk=article.pk).update(sequence=F("sequence") + 1, **changes)
    article.sequence += 1
    for name, value in changes.items():
        setattr(article, name, value)


def revision_of(article: Article, number: int) -> Revision:
    try:
        return article.revisions.get(number=number)
    except Revision.DoesNotExist:
        raise NotFound(f"This article has no revision {number}.") from None
