"""Beginning a translation: the counterpart of an article in another locale, with the text still to be translated."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.drafts import create_article
from articles.actions.locking import locked, revision_of
from articles.actions.restoring import require_whole
from articles.content import complete
from articles.models import Article
from cms import audit
from cms.models import User


@transaction.atomic
def translate_article(
    *,
    article_id: UUID,
    locale: str,
    by: User | None,
    now: datetime,
    title: str | None = None,
    slug: str = "",
) -> Article:
    """A new article of the same kind and group in `locale`, whose first revision is a copy of the source's head.

    The revision says what it was made from, and its blocks keep the ids of the source's. Its slug is empty unless
    given. Raises NotFound, and WrongState when the group has an article in that locale (code `translation_exists`) or
    when the text points at what is no longer there.
    """
    source = locked(article_id)
    content = complete(revision_of(source, source.head_number).document)
    content |= {"slug": slug} | ({} if title is None else {"title": title})
    require_whole(content)
    made = create_article(
        kind=source.kind, locale=locale, content=content, by=by, now=now, translation_of=source.pk
    )
    audit.record(
        verb="article.translate",
        subject_type="article",
        subject=source.pk,
        by=by,
        at=now,
        detail={"revision": source.head_number, "locale": locale, "translation": str(made.pk)},
    )
    return made
