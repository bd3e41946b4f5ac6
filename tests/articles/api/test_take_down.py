"""POST /take-down of an article"""

from typing import Any

import pytest

from articles.models import Article
from cms.models import User
from tests.builders import a_published_article, an_article, fresh
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


def take_down(client: ApiClient, article: Article, **body: Any) -> Any:
    return client.post(f"{DESK}/{article.pk}/take-down", body, headers={"if-match": fresh(article).etag})


@pytest.fixture
def live(author: User) -> Article:
    return a_published_article(by=author)


def test_readers_see_it_when_it_is_answered(as_editor: ApiClient, api: ApiClient, live: Article) -> None:
    answer = take_down(as_editor, live, how="unpublish", reason="consent", explanation="Its author asked.")
    assert (answer.status_code, answer.json()["publication"]["state"]) == (201, "gone")
    gone = api.get("/api/v1/articles/sleep")
    assert (gone.status_code, gone.json()["reason"], gone.json()["detail"]) == (
        410,
        "consent",
        "Its author asked.",
    )


def test_a_withdrawal_needs_words_for_readers(as_editor: ApiClient, live: Article) -> None:
    answer = take_down(as_editor, live, how="withdraw")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/explanation"


def test_a_withdrawal_leaves_it_readable(as_editor: ApiClient, api: ApiClient, live: Article) -> None:
    other = a_published_article(slug="dreams")
    take_down(as_editor, live, how="withdraw", explanation="Outdated.", alternative=str(other.pk))
    shown = api.get("/api/v1/articles/sleep").json()["withdrawal"]
    assert shown == {"explanation": "Outdated.", "alternative_href": f"/api/v1/articles/{other.pk}"}


def test_what_is_archived_leaves_the_desks_list_of_what_is_gone(as_editor: ApiClient, live: Article) -> None:
    take_down(as_editor, live, how="archive")
    assert as_editor.get(f"{DESK}/{live.pk}").json()["state"] == "archived"


@pytest.mark.parametrize("how", ["unpublish", "archive"])
def test_what_is_not_public_cannot_be_taken_down(as_editor: ApiClient, author: User, how: str) -> None:
    answer = take_down(as_editor, an_article(by=author), how=how)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_public")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/how"),
        ({"how": "delete"}, "/how"),
        ({"how": "unpublish", "reason": "because"}, "/reason"),
        ({"how": "unpublish", "alternative": "dreams"}, "/alternative"),
        ({"how": "unpublish", "alternative": "01890f5e-0000-7000-8000-000000000000"}, "/alternative"),
        ({"how": "unpublish", "explanation": "x" * 1001}, "/explanation"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_editor: ApiClient, live: Article, body: dict[str, Any], pointer: str
) -> None:
    answer = take_down(as_editor, live, **body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("role", ["author", "reviewer", "moderator"])
def test_who_may_not_take_down(request: pytest.FixtureRequest, live: Article, role: str) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    assert take_down(client, live, how="unpublish").status_code == 403
