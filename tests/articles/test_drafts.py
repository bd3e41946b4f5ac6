"""Writing: what a revision is, how one follows another, and what is refused."""

import hashlib
import json
from typing import Any

import pytest

from articles import actions
from articles.content import DEFAULTS, FIELDS
from articles.models import Article, Revision
from cms import clock
from cms.canonical import canonical_bytes
from cms.errors import InvalidContent, NotFound, PreconditionFailed, WrongState
from cms.ids import uuid7
from cms.models import AuditEntry, User
from cms.preconditions import IfMatch
from tests.builders import a_published_article, a_revision, an_article, an_entry, fresh, published, tag

pytestmark = pytest.mark.django_db


def saved(article: Article, expected: IfMatch | None = None, **patch: Any) -> Article:
    how = {name: patch.pop(name) for name in ("kind", "locale", "message") if name in patch}
    return actions.save_revision(
        article_id=article.pk, patch=patch, expected=expected or tag(article), by=None, now=clock.now(), **how
    )


def revisions(article: Article) -> list[Revision]:
    return list(article.revisions.order_by("number"))


def test_the_first_revision_holds_what_was_sent_and_defaults_for_the_rest(author: User) -> None:
    (first,) = revisions(an_article(by=author, title="Dreams"))
    assert (first.number, first.parent_number, first.author) == (1, None, author)
    assert first.document["title"] == "Dreams"
    assert set(first.document) == set(FIELDS)
    assert first.document["comments_policy"] == DEFAULTS["comments_policy"]


def test_the_hash_of_a_revision_is_that_of_its_canonical_bytes() -> None:
    article = an_article()
    a_revision(article, title="Dreams after trauma", extra={"b": 1, "a": 2})
    for revision in revisions(article):
        data = bytes(revision.content)
        assert hashlib.sha256(data).hexdigest() == revision.sha256
        assert canonical_bytes(json.loads(data)) == data


def test_revisions_are_numbered_one_after_the_other_each_with_its_parent() -> None:
    article = an_article()
    for title in ("Two", "Three", "Four"):
        a_revision(article, title=title)
    assert [(row.number, row.parent_number) for row in revisions(article)] == [
        (1, None),
        (2, 1),
        (3, 2),
        (4, 3),
    ]
    assert fresh(article).head_number == 4


def test_a_patch_that_changes_nothing_makes_no_revision_and_no_new_tag() -> None:
    article = an_article(title="Dreams")
    before = fresh(article).etag
    saved(article, title="Dreams")
    assert (fresh(article).head_number, fresh(article).etag) == (1, before)


def test_a_null_sets_a_field_back_to_its_default() -> None:
    article = an_article(comments_policy="closed", seo={"title": "Short", "description": "Long"})
    revision = a_revision(article, comments_policy=None, seo=None)
    assert revision.document["comments_policy"] == "hold"
    assert revision.document["seo"] == {"title": "", "description": ""}


def test_an_object_is_merged_and_a_list_replaced() -> None:
    article = an_article(extra={"a": 1, "b": {"c": 2}}, content_notes=[{"type": "abuse", "intensity": 1}])
    revision = a_revision(article, extra={"a": None, "b": {"d": 3}}, content_notes=[])
    assert revision.document["extra"] == {"b": {"c": 2, "d": 3}}
    assert revision.document["content_notes"] == []


def test_blocks_keep_their_ids_while_the_text_around_them_changes() -> None:
    article = an_article(body_markdown="One.\n\nSleep often changes after trauma.\n\nThree.\n")
    one, two, three = article.revisions.get(number=1).block_ids
    revision = a_revision(
        article, body_markdown="Nought.\n\nOne.\n\nSleep often changes for a while after trauma.\n\nThree.\n"
    )
    nought, *others = revision.block_ids
    assert others == [one, two, three]
    assert nought not in {one, two, three}


def test_a_save_is_refused_when_the_head_moved_on() -> None:
    article = an_article()
    read = tag(article)
    a_revision(article, title="Somebody else's")
    with pytest.raises(PreconditionFailed) as caught:
        saved(article, expected=read, title="Mine")
    assert caught.value.extra["current_etag"] == fresh(article).etag
    assert fresh(article).head_number == 2


def test_a_save_passes_when_only_the_desk_wrote_since(author: User) -> None:
    article = an_article(by=author)
    read = tag(article)
    actions.request_review(article_id=article.pk, revision=1, expected=read, by=author, now=clock.now())
    assert saved(article, expected=read, title="Mine").head_number == 2


def test_saving_takes_back_the_request_for_a_review(author: User) -> None:
    article = an_article(by=author)
    actions.request_review(
        article_id=article.pk, revision=1, expected=tag(article), by=author, now=clock.now()
    )
    a_revision(article, title="Better")
    assert fresh(article).review_requested_at is None


def test_every_write_makes_another_tag(editor: User) -> None:
    article = a_published_article()
    tags = [fresh(article).etag]
    a_revision(article, title="Better")
    tags.append(fresh(article).etag)
    published(article, by=editor)
    tags.append(fresh(article).etag)
    assert len(set(tags)) == 3
    assert [tag_.partition("-")[0] for tag_ in tags] == ['"r1', '"r2', '"r2']


@pytest.mark.parametrize("field", ["topics", "authors", "legal", "references"])
def test_a_key_that_the_catalogue_lacks_is_refused_with_its_place(field: str) -> None:
    with pytest.raises(InvalidContent) as caught:
        an_article(**{field: ["nowhere"]})
    assert [(error.code, error.pointer) for error in caught.value.errors] == [("unknown_key", f"/{field}/0")]


def test_a_key_of_another_kind_is_refused() -> None:
    an_entry("person", "ines-halloran")
    with pytest.raises(InvalidContent):
        an_article(topics=["ines-halloran"])


def test_a_related_article_must_exist_and_be_another() -> None:
    article = an_article()
    with pytest.raises(InvalidContent) as caught:
        a_revision(article, related=[str(uuid7()), str(article.pk)])
    assert [error.pointer for error in caught.value.errors] == ["/related/0", "/related/1"]


def test_kind_and_locale_change_while_the_article_was_never_public() -> None:
    article = an_article()
    saved(article, kind="guide", locale="fr")
    assert (fresh(article).kind, fresh(article).locale) == ("guide", "fr")


def test_kind_and_locale_of_what_was_public_stay() -> None:
    article = a_published_article()
    for change in ({"kind": "guide"}, {"locale": "fr"}):
        with pytest.raises(WrongState) as caught:
            saved(article, **change)
        assert caught.value.code == "identity_is_public"


def test_a_translation_joins_the_group_of_its_source() -> None:
    source = an_article()
    translation = actions.create_article(
        kind="page",
        locale="fr",
        content={"title": "Le sommeil"},
        by=None,
        now=clock.now(),
        translation_of=source.pk,
    )
    assert fresh(translation).group_id == source.group_id


def test_there_is_one_translation_for_each_locale() -> None:
    source = an_article()
    with pytest.raises(WrongState) as caught:
        actions.create_article(
            kind="page",
            locale="en",
            content={"title": "Sleep"},
            by=None,
            now=clock.now(),
            translation_of=source.pk,
        )
    assert caught.value.code == "translation_exists"


def test_a_translation_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidContent):
        actions.create_article(
            kind="page",
            locale="fr",
            content={"title": "Rien"},
            by=None,
            now=clock.now(),
            translation_of=uuid7(),
        )


def test_a_draft_goes_into_the_bin(author: User) -> None:
    article = an_article(by=author)
    actions.delete_draft(article_id=article.pk, expected=tag(article), by=author, now=clock.now())
    assert not Article.objects.on_desk().filter(pk=article.pk).exists()
    assert Revision.objects.filter(article=article).exists()


def test_what_is_in_the_bin_takes_no_more_writes(author: User) -> None:
    article = an_article(by=author)
    actions.delete_draft(article_id=article.pk, expected=tag(article), by=author, now=clock.now())
    with pytest.raises(NotFound):
        saved(article, title="Again")


def test_what_was_public_cannot_go_into_the_bin() -> None:
    article = a_published_article()
    with pytest.raises(WrongState) as caught:
        actions.delete_draft(article_id=article.pk, expected=tag(article), by=None, now=clock.now())
    assert caught.value.code == "was_public"


def test_a_stale_deletion_is_refused() -> None:
    article = an_article()
    read = tag(article)
    a_revision(article, title="Better")
    with pytest.raises(PreconditionFailed):
        actions.delete_draft(article_id=article.pk, expected=read, by=None, now=clock.now())


def test_every_write_is_in_the_audit_without_any_text(author: User) -> None:
    article = an_article(by=author, title="Planted title")
    a_revision(article, by=author, title="Planted again")
    entries = AuditEntry.objects.filter(subject=article.pk).order_by("id")
    assert [(entry.verb, entry.actor, entry.detail) for entry in entries] == [
        ("article.create", author, {"revision": 1}),
        ("article.save", author, {"revision": 2}),
    ]
