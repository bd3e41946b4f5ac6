"""Going back to an old text, and beginning a new article with the text of another. Both only ever append."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.drafts import append_revision, create_article, require_known
from articles.actions.locking import locked, revision_of
from articles.content import canonical, complete
from articles.models import Article
from cms import audit
from cms.errors import InvalidContent, WrongState
from cms.models import User
from cms.preconditions import IfMatch


@transaction.atomic
def restore_revision(
    *, article_id: UUID, revision: int, expected: IfMatch, by: User | None, now: datetime, message: str = ""
) -> Article:
    """Append a revision with the content of an old one; its blocks keep the ids they have in the head.

    Raises PreconditionFailed, NotFound for a number that there is not, WrongState when the head holds that content
    already (code `already_the_head`) or when the old text points at what is no longer there.
    """
    article = locked(article_id)
    expected.require(article.etag)
    head = revision_of(article, article.head_number)
    old = revision_of(article, revision)
    content = complete(old.document)
    if canonical(content)[1] == head.sha256:
        raise WrongState(
            f"The newest revision holds the text of revision {revision}.", code="already_the_head"
        )
    require_whole(content, self_id=article.pk)
    source = old.translated_from
    append_revision(article, content, parent=head, by=by, now=now, message=message, translated_from=source)
    _record("article.restore", article.pk, by, now, {"revision": article.head_number, "restored": revision})
    return article


@transaction.atomic
def duplicate_article(
    *, article_id: UUID, by: User | None, now: datetime, title: str | None = None, slug: str = ""
) -> Article:
    """A new article of the same kind and locale with the content of the head; neither history nor replies go along.

    Its slug is empty unless given. Raises NotFound, and WrongState when the text points at what is no longer there.
    """
    source = locked(article_id)
    content = complete(revision_of(source, source.head_number).document)
    content |= {"slug": slug} | ({} if title is None else {"title": title})
    require_whole(content)
    copy = create_article(kind=source.kind, locale=source.locale, content=content, by=by, now=now)
    _record("article.duplicate", source.pk, by, now, {"revision": source.head_number, "copy": str(copy.pk)})
    return copy


def require_whole(content: dict[str, Any], self_id: UUID | None = None) -> None:
    """What is wrong is in a stored text, not in what was sent: a state, and no error of the body."""
    try:
        require_known(content, self_id=self_id)
    except InvalidContent as error:
        sentences = " ".join(sorted({found.detail for found in error.errors}))
        raise WrongState(f"The text points at entries that are no longer in use. {sentences}") from None


def _record(verb: str, subject: UUID, by: User | None, now: datetime, detail: dict[str, Any]) -> None:
    audit.record(verb=verb, subject_type="article", subject=subject, by=by, at=now, detail=detail)
