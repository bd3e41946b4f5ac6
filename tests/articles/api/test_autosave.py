"""GET, PUT and DELETE /api/v1/editorial/articles/{id}/autosave: what an editor is typing, for that editor alone."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from articles import actions
from articles.models import Article, Autosave
from cms import clock
from cms.models import AuditEntry, User
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_revision, an_article, fresh
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Slee",
    "slug": "Not a slug yet",
    "topics": ["no-such-topic", "no-such-topic"],
    "body_markdown": "",
}


@pytest.fixture
def article(author: User) -> Article:
    return an_article(by=author)


def url(article: Article) -> str:
    return f"/api/v1/editorial/articles/{article.pk}/autosave"


def keep(client: ApiClient, article: Article, based_on: int = 1, **typed: Any) -> Any:
    return client.put(url(article), {"based_on": based_on, **typed})


def test_before_anything_is_typed_there_is_none(as_author: ApiClient, article: Article) -> None:
    answer = as_author.get(url(article))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_what_is_typed_is_kept_as_it_was_typed(as_author: ApiClient, article: Article) -> None:
    answer = keep(as_author, article, **TYPED)
    assert answer.status_code == 200
    assert answer.json()["content"] == TYPED
    assert answer["Cache-Control"] == "no-store"
    assert as_author.get(url(article)).json() == answer.json()


def test_the_last_that_was_typed_takes_the_place_of_the_one_before(
    as_author: ApiClient, article: Article, travel: Callable[[float], object]
) -> None:
    first = keep(as_author, article, title="One", summary="Kept no longer.").json()
    travel(10)
    second = keep(as_author, article, title="Two").json()
    assert second["content"] == {"title": "Two"}
    assert second["saved_at"] > first["saved_at"]
    assert Autosave.objects.count() == 1


def test_it_says_whether_the_head_moved_on(as_author: ApiClient, article: Article) -> None:
    kept = keep(as_author, article, title="Mine").json()
    assert (kept["based_on"], kept["head"], kept["head_moved"]) == (1, 1, False)
    a_revision(article, title="Theirs")
    found = as_author.get(url(article)).json()
    assert (found["based_on"], found["head"], found["head_moved"]) == (1, 2, True)
    assert found["content"] == {"title": "Mine"}


def test_the_article_and_its_revisions_are_left_as_they_are(as_author: ApiClient, article: Article) -> None:
    audited = AuditEntry.objects.count()
    keep(as_author, article, title="Mine")
    as_author.delete(url(article))
    assert fresh(article).etag == article.etag
    assert article.revisions.count() == 1
    assert AuditEntry.objects.count() == audited


def test_saving_a_revision_does_not_touch_it(as_author: ApiClient, article: Article) -> None:
    kept = keep(as_author, article, title="Mine").json()
    path = f"/api/v1/editorial/articles/{article.pk}"
    assert as_author.patch(path, {"title": "Saved"}, headers={"if-match": article.etag}).status_code == 200
    assert as_author.get(url(article)).json() == kept | {"head": 2, "head_moved": True}


def test_it_is_let_go_and_letting_go_again_is_no_error(as_author: ApiClient, article: Article) -> None:
    keep(as_author, article, title="Mine")
    assert [as_author.delete(url(article)).status_code for _ in range(2)] == [204, 204]
    assert as_author.get(url(article)).status_code == 404


def test_each_editor_has_their_own(as_author: ApiClient, as_editor: ApiClient, article: Article) -> None:
    keep(as_author, article, title="The author's")
    assert as_editor.get(url(article)).status_code == 404
    keep(as_editor, article, title="The editor's")
    as_editor.delete(url(article))
    assert as_author.get(url(article)).json()["content"] == {"title": "The author's"}


def test_administrators_do_not_see_what_others_type(
    as_author: ApiClient, as_administrator: ApiClient, article: Article
) -> None:
    keep(as_author, article, title="Unfinished")
    for path in (url(article), url(article).removesuffix("/autosave"), "/api/v1/editorial/audit"):
        assert b"Unfinished" not in as_administrator.get(path).content


def test_readers_get_nothing_of_it(as_author: ApiClient, api: ApiClient, author: User) -> None:
    article = a_published_article(by=author)
    before = api.get("/api/v1/articles/sleep").content
    keep(as_author, article, title="Unfinished")
    assert api.get("/api/v1/articles/sleep").content == before
    assert b"Unfinished" not in api.get("/api/v1/articles").content
    assert api.get(url(article)).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"title": "x" * 301}, "/title"),
        ({"title": 3}, "/title"),
        ({"topics": "sleep"}, "/topics"),
        ({"topics": ["x"] * 21}, "/topics"),
        ({"medical": "yes"}, "/medical"),
        ({"body_markdown": "\n" * 10_000}, "/body_markdown"),
        ({"seo": {"titel": "x"}}, "/seo/titel"),
        ({"kind": "guide"}, "/kind"),
        ({"based_on": 2}, "/based_on"),
        ({"based_on": 0}, "/based_on"),
    ],
    ids=str,
)
def test_lengths_types_and_names_are_judged(
    as_author: ApiClient, article: Article, wrong: dict[str, Any], pointer: str
) -> None:
    answer = as_author.put(url(article), {"based_on": 1, **wrong})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert not Autosave.objects.exists()


def test_the_revision_it_is_based_on_must_be_said(as_author: ApiClient, article: Article) -> None:
    answer = as_author.put(url(article), {"title": "Mine"})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/based_on"]


def test_those_who_write_nothing_have_none(
    as_author2: ApiClient, as_reviewer: ApiClient, as_moderator: ApiClient, api: ApiClient, article: Article
) -> None:
    for client, status in ((as_author2, 404), (as_reviewer, 403), (as_moderator, 403), (api, 401)):
        assert keep(client, article, title="Mine").status_code == status
        assert client.get(url(article)).status_code == status
        assert client.delete(url(article)).status_code == status
    assert not Autosave.objects.exists()


def test_there_is_none_of_an_article_in_the_bin(as_author: ApiClient, article: Article) -> None:
    keep(as_author, article, title="Mine")
    path = f"/api/v1/editorial/articles/{article.pk}"
    assert as_author.delete(path, headers={"if-match": article.etag}).status_code == 204
    assert as_author.get(url(article)).status_code == 404
    assert keep(as_author, article, title="More").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_fails_what_was_kept_before_is_there(article: Article, author: User) -> None:
    def typed(title: str) -> Autosave:
        content = {"title": title}
        return actions.keep_working_copy(
            article_id=article.pk, based_on=1, content=content, by=author, now=clock.now()
        )

    typed("Before")
    assert fails_nowhere_halfway(lambda: typed("After"))
    assert Autosave.objects.get().document == {"title": "After"}


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_editor_leave_one_whole_copy(
    article: Article, author: User, token_for: Callable[..., str]
) -> None:
    clients = [ApiClient(token=token_for(author)) for _ in range(4)]
    works = [
        partial(keep, client, article, title=f"T{n}", summary=f"S{n}") for n, client in enumerate(clients)
    ]
    assert [answer.status_code for answer in together(works)] == [200] * 4
    kept = Autosave.objects.get().document
    assert kept in [{"title": f"T{n}", "summary": f"S{n}"} for n in range(4)]
