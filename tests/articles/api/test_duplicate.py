"""POST /api/v1/editorial/articles/{id}/duplicate: a new article with the text of another."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from articles import actions
from articles.actions.catalogue import retire_entry
from articles.models import Article, CatalogueItem, Publication
from cms import clock
from cms.models import AuditEntry, User
from cms.preconditions import IfMatch
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_revision, an_article, an_entry, fresh
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(author: User) -> Article:
    """Public, and changed since."""
    an_entry("topic", "sleep")
    made = a_published_article(by=author, kind="guide", locale="fr", topics=["sleep"], title="First")
    a_revision(made, by=author, title="Second")
    return fresh(made)


def duplicate(client: ApiClient, article: Article, key: str = "", **body: Any) -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(f"/api/v1/editorial/articles/{article.pk}/duplicate", body, headers=headers)


def copies(article: Article) -> list[Article]:
    return list(Article.objects.exclude(pk=article.pk))


def test_the_copy_is_a_new_article_with_the_newest_text_and_no_slug(
    as_author: ApiClient, article: Article, author: User
) -> None:
    answer = duplicate(as_author, article)
    (copy,) = copies(article)
    head = article.revisions.get(number=2).document
    assert (answer.status_code, answer["ETag"]) == (201, copy.etag)
    assert answer["Location"] == answer.json()["href"] == f"/api/v1/editorial/articles/{copy.pk}"
    assert (copy.kind, copy.locale, copy.created_by) == ("guide", "fr", author)
    assert copy.group_id != article.group_id
    assert answer.json()["content"] == head | {"slug": ""}
    assert copy.head_search_key.startswith("second")


def test_title_and_slug_are_given_with_the_call(as_author: ApiClient, article: Article) -> None:
    content = duplicate(as_author, article, title="Another", slug="another").json()["content"]
    assert (content["title"], content["slug"], content["topics"]) == ("Another", "another", ["sleep"])


def test_history_and_timeline_stay_with_the_first(as_author: ApiClient, article: Article) -> None:
    answer = duplicate(as_author, article).json()
    (copy,) = copies(article)
    assert (answer["state"], answer["revision"], copy.revisions.count()) == ("draft", 1, 1)
    assert not Publication.objects.filter(article=copy).exists()


def test_the_first_is_left_as_it_is(as_author: ApiClient, article: Article) -> None:
    duplicate(as_author, article, title="Another")
    assert fresh(article).etag == article.etag
    assert fresh(article).head_title == "Second"


def test_the_same_key_copies_once(as_author: ApiClient, article: Article) -> None:
    first, again = duplicate(as_author, article, "once"), duplicate(as_author, article, "once")
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert len(copies(article)) == 1


@pytest.mark.parametrize("body", [{"title": ""}, {"slug": "No Slug"}, {"title": "x" * 301}, {"locale": "en"}])
def test_a_body_that_breaks_a_rule_makes_no_copy(
    as_author: ApiClient, article: Article, body: dict[str, Any]
) -> None:
    assert duplicate(as_author, article, **body).status_code == 422
    assert copies(article) == []


def test_a_text_whose_topic_is_no_longer_in_use_is_not_copied(as_author: ApiClient, article: Article) -> None:
    topic = CatalogueItem.objects.get(key="sleep")
    retire_entry(item_id=topic.pk, expected=IfMatch((topic.etag,)), by=None)
    answer = duplicate(as_author, article)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert "sleep" in answer.json()["detail"]
    assert copies(article) == []


def test_both_sides_of_a_copy_are_audited(as_author: ApiClient, article: Article) -> None:
    duplicate(as_author, article)
    (copy,) = copies(article)
    last = AuditEntry.objects.filter(subject=article.pk).order_by("-at", "-id")[0]
    assert (last.verb, last.detail) == ("article.duplicate", {"revision": 2, "copy": str(copy.pk)})
    assert AuditEntry.objects.get(subject=copy.pk).verb == "article.create"


def test_those_who_may_not_begin_an_article_may_not_copy_one(
    as_author2: ApiClient, as_reviewer: ApiClient, as_moderator: ApiClient, api: ApiClient, article: Article
) -> None:
    for client, status in ((as_author2, 404), (as_reviewer, 403), (as_moderator, 403), (api, 401)):
        answer = duplicate(client, article)
        assert answer.status_code == status
        assert b"Second" not in answer.content
    assert copies(article) == []


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_of_a_copy_fails_nothing_is_there(article: Article) -> None:
    assert fails_nowhere_halfway(
        lambda: actions.duplicate_article(article_id=article.pk, by=None, now=clock.now())
    )


@pytest.mark.django_db(transaction=True)
def test_several_who_copy_at_once_get_one_each(editor: User, token_for: Callable[..., str]) -> None:
    article = an_article(by=editor)
    clients = [ApiClient(token=token_for(editor)) for _ in range(3)]
    answers = together([partial(duplicate, client, article) for client in clients])
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.json()["id"] for answer in answers}) == len(copies(article)) == 3
