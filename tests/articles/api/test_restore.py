"""POST /api/v1/editorial/articles/{id}/restore: an old text becomes the newest one, and history only grows."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from articles import actions
from articles.actions.catalogue import retire_entry
from articles.models import Article, Revision
from cms import clock
from cms.models import AuditEntry, User
from cms.preconditions import IfMatch
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_revision, an_article, an_entry, fresh, tag
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db
KEPT, ADDED = "Sleep often changes after trauma.", "Ask for help with it."


@pytest.fixture
def article(author: User) -> Article:
    """Two revisions: the second has another title and one more paragraph before the one that stays."""
    made = an_article(by=author, title="First", body_markdown=f"{KEPT}\n")
    a_revision(made, by=author, title="Second", body_markdown=f"{ADDED}\n\n{KEPT}\n")
    return fresh(made)


def restore(client: ApiClient, article: Article, read: str, revision: int = 1, **more: str) -> Any:
    headers = {"if-match": read} | ({"idempotency-key": more.pop("key")} if "key" in more else {})
    url = f"/api/v1/editorial/articles/{article.pk}/restore"
    return client.post(url, {"revision": revision, **more}, headers=headers)


def newest(article: Article) -> Revision:
    revision: Revision = article.revisions.order_by("-number")[0]
    return revision


def test_an_old_text_is_saved_again_as_a_new_revision(
    as_author: ApiClient, article: Article, author: User
) -> None:
    answer = restore(as_author, article, article.etag, message="Back to the first")
    first, last = article.revisions.get(number=1), newest(article)
    assert (answer.status_code, answer["ETag"]) == (201, fresh(article).etag)
    assert answer["Location"] == f"/api/v1/editorial/articles/{article.pk}/revisions/3"
    assert (last.number, last.parent_number, last.author, last.message) == (3, 2, author, "Back to the first")
    assert (last.sha256, bytes(last.content)) == (first.sha256, bytes(first.content))
    assert answer.json()["content"]["title"] == fresh(article).head_title == "First"
    assert article.revisions.count() == 3


def test_the_blocks_keep_the_ids_they_have_in_the_newest_text(as_author: ApiClient, article: Article) -> None:
    kept = newest(article).block_ids[1]
    restore(as_author, article, article.etag)
    assert newest(article).block_ids == [kept]


def test_the_text_of_the_head_is_not_restored(as_author: ApiClient, article: Article) -> None:
    answer = restore(as_author, article, article.etag, 2)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_the_head")
    restore(as_author, article, article.etag, 1)
    again = restore(as_author, article, fresh(article).etag, 1)
    assert (again.status_code, again.json()["code"]) == (409, "already_the_head")
    assert fresh(article).head_number == 3


def test_a_revision_that_there_is_not_is_not_found(as_author: ApiClient, article: Article) -> None:
    assert restore(as_author, article, article.etag, 9).status_code == 404
    assert fresh(article).etag == article.etag


@pytest.mark.parametrize(
    "body", [{}, {"revision": 0}, {"revision": "1"}, {"revision": 1, "message": "x" * 501}]
)
def test_a_body_that_breaks_a_rule_changes_nothing(
    as_author: ApiClient, article: Article, body: dict[str, Any]
) -> None:
    url = f"/api/v1/editorial/articles/{article.pk}/restore"
    assert as_author.post(url, body, headers={"if-match": article.etag}).status_code == 422
    assert fresh(article).etag == article.etag


def test_a_text_whose_topic_is_no_longer_in_use_is_not_restored(as_editor: ApiClient) -> None:
    topic = an_entry("topic", "sleep")
    article = an_article(topics=["sleep"])
    a_revision(article, topics=[])
    retire_entry(item_id=topic.pk, expected=IfMatch((topic.etag,)), by=None)
    answer = restore(as_editor, article, fresh(article).etag)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert "sleep" in answer.json()["detail"]
    assert fresh(article).head_number == 2


def test_the_same_key_restores_once(as_author: ApiClient, article: Article) -> None:
    first = restore(as_author, article, article.etag, key="once")
    again = restore(as_author, article, article.etag, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert fresh(article).head_number == 3


def test_who_restored_what_is_audited(as_author: ApiClient, article: Article, author: User) -> None:
    restore(as_author, article, article.etag)
    entry = AuditEntry.objects.filter(subject=article.pk).order_by("-at", "-id")[0]
    assert (entry.verb, entry.actor) == ("article.restore", author)
    assert entry.detail == {"revision": 3, "restored": 1}


def test_readers_keep_what_they_have_until_it_is_published(api: ApiClient, as_editor: ApiClient) -> None:
    article = a_published_article()
    a_revision(article, title="Changed")
    before = api.get("/api/v1/articles/sleep").content
    assert restore(as_editor, article, fresh(article).etag).status_code == 201
    assert api.get("/api/v1/articles/sleep").content == before


def test_those_who_may_not_save_may_not_restore(
    as_author2: ApiClient, as_reviewer: ApiClient, as_moderator: ApiClient, api: ApiClient, article: Article
) -> None:
    for client, status in ((as_author2, 404), (as_reviewer, 403), (as_moderator, 403), (api, 401)):
        assert restore(client, article, article.etag).status_code == status
    assert fresh(article).etag == article.etag


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_of_a_restore_fails_nothing_changed(article: Article) -> None:
    read = tag(article)
    assert fails_nowhere_halfway(
        lambda: actions.restore_revision(
            article_id=article.pk, revision=1, expected=read, by=None, now=clock.now()
        )
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_restore_at_once_one_succeeds(
    article: Article, editor: User, token_for: Callable[..., str]
) -> None:
    clients = [ApiClient(token=token_for(editor)) for _ in range(2)]
    answers = together([partial(restore, client, article, article.etag) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert fresh(article).head_number == 3
