"""Taking an article under lock, and counting the write that follows."""

from uuid import UUID

from django.db.models import F

from articles.models import Article, Revision
from cms.errors import Gone, NotFound


def locked(article_id: UUID) -> Article:
    """The article's row, locked, for a verb. Raises NotFound, and Gone (code `purged`) when it has no texts left."""
    found = locked_row(article_id)
    require_content(found)
    return found


def locked_row(article_id: UUID) -> Article:
    """The article's row, locked until the transaction ends (on SQLite the whole database is). Raises NotFound."""
    try:
        return Article.objects.select_for_update(of=("self",)).on_desk().get(pk=article_id)
    except Article.DoesNotExist:
        raise NotFound("There is no such article.") from None


def require_content(article: Article) -> None:
    """Raise Gone (code `purged`) for an article whose texts were deleted."""
    if article.purged_at is not None:
        raise Gone("The texts of this article were deleted.", code="purged")


def count_write(article: Article, **changes: object) -> None:
    """One more write of any kind: every tag handed out before is stale now."""
    Article.objects.filter(pk=article.pk).update(sequence=F("sequence") + 1, **changes)
    article.sequence += 1
    for name, value in changes.items():
        setattr(article, name, value)


def revision_of(article: Article, number: int) -> Revision:
    try:
        return article.revisions.with_suppression().get(number=number)
    except Revision.DoesNotExist:
        raise NotFound(f"This article has no revision {number}.") from None
