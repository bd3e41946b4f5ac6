"""What a translation was made from is carried from revision to revision, and moved by whoever brought it up to date."""

import pytest

from articles import actions
from articles.models import Article
from cms import clock
from cms.models import User
from tests.articles.translations.groups import a_translation, caught_up
from tests.builders import a_revision, an_article, fresh, tag
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def source(author: User) -> Article:
    return an_article(by=author)


@pytest.fixture
def translation(source: Article, author: User) -> Article:
    """Made from the source's first revision, which has three by now."""
    made = a_translation(source, by=author)
    a_revision(source, by=author, title="Second")
    a_revision(source, by=author, title="Third")
    return made


def patch(client: ApiClient, article: Article, **changes: object) -> dict:
    tag_ = fresh(article).etag
    answer = client.patch(f"{DESK}/{article.pk}", changes, headers={"if-match": tag_})
    return {"status": answer.status_code, **answer.json()}


def test_saving_carries_it(as_author: ApiClient, translation: Article) -> None:
    saved = patch(as_author, translation, summary="Ce qui aide.")
    assert (saved["revision"], saved["head"]["translated_from"]["revision"]) == (2, 1)


def test_a_save_may_say_that_it_has_caught_up(as_author: ApiClient, translation: Article) -> None:
    saved = patch(as_author, translation, summary="Ce qui aide.", translated_from=3)
    assert saved["head"]["translated_from"]["revision"] == 3
    assert (saved["translation"]["revision"], saved["translation"]["source_head"]) == (3, 3)


def test_saying_so_alone_makes_a_revision_with_the_same_text(
    as_author: ApiClient, translation: Article
) -> None:
    saved = patch(as_author, translation, translated_from=2)
    assert (saved["revision"], saved["head"]["translated_from"]["revision"]) == (2, 2)
    first, second = translation.revisions.order_by("number")
    assert first.sha256 == second.sha256
    assert patch(as_author, translation, translated_from=2)["revision"] == 2


def test_what_was_said_too_early_is_taken_back(as_author: ApiClient, translation: Article) -> None:
    patch(as_author, translation, translated_from=3)
    assert patch(as_author, translation, translated_from=1)["head"]["translated_from"]["revision"] == 1


@pytest.mark.parametrize(("number", "code"), [(4, "unknown_revision"), (0, "invalid"), ("two", "invalid")])
def test_a_revision_that_the_source_has_not_is_422(
    as_author: ApiClient, translation: Article, number: object, code: str
) -> None:
    answer = patch(as_author, translation, translated_from=number)
    assert answer["status"] == 422
    (error,) = answer["errors"]
    assert error["pointer"] == "/translated_from"
    assert code in ("invalid", error["code"])
    assert fresh(translation).head_number == 1


def test_an_original_was_made_from_nothing(as_author: ApiClient, source: Article) -> None:
    answer = patch(as_author, source, translated_from=1)
    assert (answer["status"], answer["errors"][0]["code"]) == (422, "not_a_translation")


def test_restoring_an_old_text_brings_back_what_it_was_made_from(translation: Article) -> None:
    caught_up(translation, 3, title="Troisième")
    actions.restore_revision(
        article_id=translation.pk, revision=1, expected=tag(translation), by=None, now=clock.now()
    )
    head = fresh(translation).revisions.get(number=3)
    assert head.translated_from.number == 1


def test_a_merge_keeps_what_the_late_save_says(as_author: ApiClient, translation: Article) -> None:
    read = fresh(translation).etag
    patch(as_author, translation, title="Le sommeil")
    answer = as_author.patch(
        f"{DESK}/{translation.pk}?merge=true",
        {"summary": "Ce qui aide.", "translated_from": 2},
        headers={"if-match": read},
    )
    body = answer.json()
    assert (answer.status_code, body["head"]["merge_parent"]) == (200, 1)
    assert body["head"]["translated_from"]["revision"] == 2
    assert (body["title"], body["content"]["summary"]) == ("Le sommeil", "Ce qui aide.")
