"""What a translation was made from: naming the source's revision, and following it to the original."""

from uuid import UUID

from articles.models import Article, Revision
from cms.errors import FieldError, InvalidContent


def origin_of(revision: Revision) -> tuple[UUID, int] | None:
    """The original's id and the number of its revision that this text goes back to; None for an original.

    A translation of a translation goes back to what that one was made from. Revisions are append-only and name
    earlier ones, so that the chain ends. One query for each step.
    """
    if revision.translated_from_id is None:
        return None
    source = Revision.objects.only("article_id", "number", "translated_from_id")
    found = source.get(pk=revision.translated_from_id)
    return origin_of(found) or (found.article_id, found.number)


def source_revision(head: Revision, number: int) -> Revision:
    """Revision `number` of what `head` was translated from.

    Raises InvalidContent (not_a_translation, unknown_revision).
    """
    if head.translated_from is None:
        raise _invalid("not_a_translation", "This text is no translation; it has no source.")
    found = Revision.objects.filter(article_id=head.translated_from.article_id, number=number).first()
    if found is None:
        raise _invalid("unknown_revision", f"The source has no revision {number}.")
    return found


def head_of(article: Article) -> Revision:
    return article.revisions.get(number=article.head_number)


def _invalid(code: str, sentence: str) -> InvalidContent:
    error = FieldError(code, sentence, pointer="/translated_from")
    return InvalidContent(sentence, errors=(error,))
