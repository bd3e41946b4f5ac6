"""Writing: beginning an article, saving revisions of it, deleting what was never public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions import states
from articles.actions.comparing import Collision
from articles.actions.lineage import head_of, source_revision
from articles.actions.locking import count_write, locked
from articles.content import CATALOGUE_FIELDS, DEFAULTS, canonical, head_columns, merge_patch
from articles.markdown import carry_ids
from articles.models import Article, CatalogueItem, Publication, Revision
from cms import audit
from cms.errors import FieldError, InvalidContent, WrongState
from cms.models import User
from cms.preconditions import IfMatch


@transaction.atomic
def create_article(
    *,
    kind: str,
    locale: str,
    content: dict[str, Any],
    by: User | None,
    now: datetime,
    message: str = "",
    translation_of: UUID | None = None,
) -> Article:
    """A new article with its first revision. Raises InvalidContent for unknown catalogue keys or articles.

    A translation joins the group of the article that it is of, and counts as made from that one's newest revision.
    """
    content = merge_patch(DEFAULTS, content)
    require_known(content)
    article = Article(kind=kind, locale=locale, created_by=by, created_at=now)
    source = _source(translation_of, locale) if translation_of else None
    article.group_id = source.group_id if source else article.group_id
    article.save(force_insert=True)
    made_from = head_of(source) if source else None
    append_revision(article, content, parent=None, by=by, now=now, message=message, translated_from=made_from)
    _record(article, "article.create", by, now)
    return article


@transaction.atomic
def save_revision(
    *,
    article_id: UUID,
    patch: dict[str, Any],
    expected: IfMatch,
    by: User | None,
    now: datetime,
    message: str = "",
    kind: str | None = None,
    locale: str | None = None,
    translated_from: int | None = None,
) -> Article:
    """Append a revision made by a merge patch (RFC 7396) of the head; a patch that changes nothing appends none.

    `translated_from` is the revision of its source that a translation has now caught up with.

    Raises PreconditionFailed when the head is not the one that was read, WrongState when kind or locale of an
    article that was public would change, InvalidContent for unknown catalogue keys or an unknown source.
    """
    article = locked(article_id)
    expected.require_head(article.etag)
    _change_identity(article, kind, locale)
    head = article.revisions.get(number=article.head_number)
    content = merge_patch(head.document, patch)
    require_known(content, self_id=article.pk)
    source = source_revision(head, translated_from) if translated_from else head.translated_from
    if canonical(content)[1] != head.sha256 or source != head.translated_from:
        append_revision(
            article, content, parent=head, by=by, now=now, message=message, translated_from=source
        )
        _record(article, "article.save", by, now)
    return article


@transaction.atomic
def save_merge(
    *,
    collision: Collision,
    by: User | None,
    now: datetime,
    message: str = "",
    translated_from: int | None = None,
) -> Article:
    """Append the revision in which a late save and the head go together; it has both as parents.

    The second parent is the revision that the save was written on. What the head holds already appends none. Raises
    PreconditionFailed when the head moved on again, WrongState (code `merge_conflicts`) when a person must choose,
    InvalidContent for unknown catalogue keys.
    """
    article = locked(collision.head.article_id)
    IfMatch((collision.etag,)).require_head(article.etag)
    if not collision.merged.clean:
        raise WrongState("Both of you changed the same; say what to keep.", code="merge_conflicts")
    content = collision.merged.content
    require_known(content, self_id=article.pk)
    head = collision.head
    source = source_revision(head, translated_from) if translated_from else head.translated_from
    if canonical(content)[1] != head.sha256 or source != head.translated_from:
        append_revision(
            article,
            content,
            parent=head,
            merge_parent=collision.base,
            by=by,
            now=now,
            message=message,
            translated_from=source,
        )
        _record(article, "article.merge", by, now)
    return article


@transaction.atomic
def delete_draft(*, article_id: UUID, expected: IfMatch, by: User | None, now: datetime) -> None:
    """Put an article that was never public into the bin, where it stays for 30 days. Raises WrongState if it was."""
    article = locked(article_id)
    expected.require(article.etag)
    states.after("delete", "scheduled" if Publication.objects.filter(article=article).exists() else "draft")
    count_write(article, binned_at=now)
    _record(article, "article.delete", by, now)


def append_revision(
    article: Article,
    content: dict[str, Any],
    *,
    parent: Revision | None,
    by: User | None,
    now: datetime,
    message: str,
    merge_parent: Revision | None = None,
    translated_from: Revision | None = None,
) -> Revision:
    """The article's next revision. A block keeps the id that it has in the parent, the first time in the source."""
    data, sha256 = canonical(content)
    before = parent or translated_from
    ids = carry_ids(
        content["body_markdown"],
        previous_source=before.document["body_markdown"] if before else None,
        previous_ids=tuple(before.block_ids) if before else (),
    )
    revision = Revision.objects.create(
        article=article,
        number=article.head_number + 1,
        parent_number=parent.number if parent else None,
        merge_parent_number=merge_parent.number if merge_parent else None,
        translated_from=translated_from,
        author=by,
        message=message,
        content=data,
        sha256=sha256,
        block_ids=list(ids),
        created_at=now,
    )
    count_write(
        article,
        kind=article.kind,
        locale=article.locale,
        group_id=article.group_id,
        head_number=revision.number,
        **head_columns(content),
        review_requested_at=None,
        archived_at=None,
    )
    return revision


def _change_identity(article: Article, kind: str | None, locale: str | None) -> None:
    changes = {"kind": kind or article.kind, "locale": locale or article.locale}
    if changes == {"kind": article.kind, "locale": article.locale}:
        return
    if Publication.objects.filter(article=article).exists():
        raise WrongState(
            "Kind and locale of an article that was public stay as they are.", code="identity_is_public"
        )
    count_write(article, **changes)


def _source(source_id: UUID, locale: str) -> Article:
    source = Article.objects.on_desk().filter(pk=source_id, purged_at__isnull=True).first()
    if source is None:
        raise InvalidContent(
            "The article to translate does not exist.",
            errors=(FieldError("unknown_article", "There is no such article.", pointer="/translation_of"),),
        )
    if Article.objects.filter(group_id=source.group_id, locale=locale).exists():
        raise WrongState(f"This article already has a version in {locale}.", code="translation_exists")
    return source


def require_known(content: dict[str, Any], *, self_id: UUID | None = None) -> None:
    errors = [
        FieldError("unknown_key", f"The catalogue has no {kind} {key!r}.", pointer=f"/{field}/{index}")
        for field, kind in CATALOGUE_FIELDS.items()
        for index, key in _unknown(content[field], kind)
    ]
    known = set(Article.objects.filter(pk__in=content["related"]).values_list("pk", flat=True))
    errors += [
        FieldError("unknown_article", "There is no such other article.", pointer=f"/related/{index}")
        for index, id_ in enumerate(content["related"])
        if UUID(id_) not in known or UUID(id_) == self_id
    ]
    if errors:
        raise InvalidContent("The text points at entries that do not exist.", errors=tuple(errors))


def _unknown(keys: list[str], kind: str) -> list[tuple[int, str]]:
    if not keys:
        return []
    known = set(
        CatalogueItem.objects.of_kind(kind).in_use().filter(key__in=keys).values_list("key", flat=True)
    )
    return [(index, key) for index, key in enumerate(keys) if key not in known]


def _record(article: Article, verb: str, by: User | None, now: datetime) -> None:
    audit.record(
        verb=verb,
        subject_type="article",
        subject=article.pk,
        by=by,
        at=now,
        detail={"revision": article.head_number},
    )
