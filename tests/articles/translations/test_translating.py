"""POST /api/v1/editorial/articles/{id}/translate: the counterpart of an article in another locale."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Article, Publication
from cms.models import AuditEntry, User
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.articles.translations.groups import a_translation
from tests.builders import a_published_article, a_revision, an_article, fresh
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def source(author: User) -> Article:
    """Public, and changed since."""
    made = a_published_article(by=author, kind="guide", title="First", extra={"series": "rest"})
    a_revision(made, by=author, title="Second")
    return fresh(made)


def translate(client: ApiClient, article: Article, key: str = "", **body: Any) -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(f"{DESK}/{article.pk}/translate", body, headers=headers)


def test_a_translation_begins_as_a_copy_of_the_newest_text_in_the_same_group(
    as_author: ApiClient, source: Article
) -> None:
    answer = translate(as_author, source, locale="fr", title="Deuxième", slug="sommeil")
    body = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{DESK}/{body['id']}")
    assert answer["ETag"] == body["etag"]
    assert (body["group_id"], body["locale"], body["kind"]) == (str(source.group_id), "fr", "guide")
    content = {**source.revisions.get(number=2).document, "title": "Deuxième", "slug": "sommeil"}
    assert body["content"] == content


def test_it_says_what_it_was_made_from(as_author: ApiClient, source: Article) -> None:
    body = translate(as_author, source, locale="fr").json()
    made_from = {
        "article": str(source.pk),
        "locale": "en",
        "revision": 2,
        "href": f"{DESK}/{source.pk}/revisions/2",
    }
    assert body["head"]["translated_from"] == made_from
    assert {name: body["translation"][name] for name in made_from} == made_from
    assert body["translation"]["source_head"] == 2
    (listed,) = as_author.get(f"{DESK}/{body['id']}/revisions").json()["results"]
    assert listed["translated_from"] == made_from
    assert as_author.get(f"{DESK}/{body['id']}/revisions/1").json()["translated_from"] == made_from


def test_without_a_slug_it_has_none_and_cannot_be_published_by_accident(
    as_author: ApiClient, source: Article
) -> None:
    body = translate(as_author, source, locale="fr").json()
    assert (body["slug"], body["title"]) == ("", "Second")
    checked = as_author.get(f"{DESK}/{body['id']}/checks").json()
    assert not checked["publishable"]


def test_its_blocks_have_the_ids_of_the_source(source: Article) -> None:
    translation = a_translation(source)
    ids = source.revisions.get(number=2).block_ids
    assert translation.revisions.get(number=1).block_ids == ids
    assert len(ids) == 2


def test_nothing_of_the_source_changes_but_the_audit_knows(
    as_author: ApiClient, author: User, source: Article
) -> None:
    before = fresh(source).etag
    body = translate(as_author, source, locale="fr").json()
    assert fresh(source).etag == before
    entry = AuditEntry.objects.get(verb="article.translate")
    assert (entry.subject, entry.actor) == (source.pk, author)
    assert entry.detail == {"revision": 2, "locale": "fr", "translation": body["id"]}
    assert not Publication.objects.filter(article_id=body["id"]).exists()


def test_an_original_is_no_translation(as_author: ApiClient, source: Article) -> None:
    body = as_author.get(f"{DESK}/{source.pk}").json()
    assert (body["translation"], body["head"]["translated_from"]) == (None, None)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_group_has_one_article_in_each_locale(as_author: ApiClient, source: Article, locale: str) -> None:
    a_translation(source, "fr")
    answer = translate(as_author, source, locale=locale)
    assert (answer.status_code, answer.json()["code"]) == (409, "translation_exists")
    assert Article.objects.filter(group_id=source.group_id).count() == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/locale"),
        ({"locale": "not a locale"}, "/locale"),
        ({"locale": "fr", "slug": "Not A Slug"}, "/slug"),
        ({"locale": "fr", "title": "x" * 301}, "/title"),
        ({"locale": "fr", "kind": "news"}, "/kind"),
    ],
)
def test_what_is_wrong_with_a_body_is_named(
    as_author: ApiClient, source: Article, body: dict, pointer: str
) -> None:
    answer = translate(as_author, source, **body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_an_unknown_parameter_is_400(as_author: ApiClient, source: Article) -> None:
    answer = as_author.post(f"{DESK}/{source.pk}/translate?draft=true", {"locale": "fr"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


def test_who_writes_may_and_others_may_not(
    source: Article,
    as_editor: ApiClient,
    as_reviewer: ApiClient,
    as_author2: ApiClient,
    api: ApiClient,
) -> None:
    assert translate(as_editor, source, locale="de").status_code == 201
    assert translate(as_reviewer, source, locale="fr").status_code == 403
    assert translate(as_author2, source, locale="fr").status_code == 404
    assert translate(api, source, locale="fr").status_code == 401


def test_the_same_key_gives_the_same_translation(as_author: ApiClient, source: Article) -> None:
    first, again = (translate(as_author, source, "the-same-key", locale="fr") for _ in range(2))
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_fails_nothing_is_left(source: Article, author: User) -> None:
    assert fails_nowhere_halfway(lambda: a_translation(source, by=author)) > 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_same_translation_one_succeeds(
    source: Article, editor: User, token_for: Callable[..., str]
) -> None:
    clients = [ApiClient(token=token_for(editor)) for _ in range(2)]
    answers = together([lambda c=client: translate(c, source, locale="fr") for client in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Article.objects.filter(group_id=source.group_id).count() == 2


def test_an_article_begun_as_a_translation_counts_as_made_from_the_newest_text(
    as_author: ApiClient, source: Article
) -> None:
    sent = {"title": "Sommeil", "locale": "fr", "translation_of": str(source.pk)}
    body = as_author.post(DESK, sent).json()
    assert body["head"]["translated_from"]["revision"] == 2
    assert body["content"]["body_markdown"] == ""


def test_the_text_of_a_draft_is_not_handed_to_who_may_not_see_it(as_author2: ApiClient, author: User) -> None:
    assert translate(as_author2, an_article(by=author), locale="fr").status_code == 404
