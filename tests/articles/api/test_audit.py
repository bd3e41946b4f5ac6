"""GET /api/v1/editorial/audit"""

import pytest

from cms.models import User
from tests.articles.api.walking import page, walk
from tests.builders import a_revision, an_article
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
AUDIT = "/api/v1/editorial/audit"


def test_everything_that_was_done_is_listed_newest_first(as_administrator: ApiClient, author: User) -> None:
    article = an_article(by=author)
    a_revision(article, title="Better")
    found = page(as_administrator, AUDIT)["results"]
    assert [(entry["verb"], entry["actor"] and entry["actor"]["username"]) for entry in found] == [
        ("article.save", None),
        ("article.create", "author"),
    ]
    assert {entry["subject"] for entry in found} == {str(article.pk)}


def test_one_subject_can_be_asked_for(as_administrator: ApiClient) -> None:
    article = an_article()
    an_article(slug="dreams")
    assert len(page(as_administrator, f"{AUDIT}?subject={article.pk}")["results"]) == 1


def test_a_walk_meets_every_entry_once(as_administrator: ApiClient) -> None:
    article = an_article()
    for number in range(6):
        a_revision(article, title=f"Number {number}")
    found = [entry["id"] for entry in walk(as_administrator, f"{AUDIT}?limit=2")]
    assert len(found) == len(set(found)) == 7


def test_it_holds_no_text(as_administrator: ApiClient) -> None:
    an_article(title="Planted title", summary="Planted summary", body_markdown="Planted body")
    assert b"lanted" not in as_administrator.get(AUDIT).content


@pytest.mark.parametrize("query", ["subject=nothing", "colour=red", "limit=0"])
def test_a_parameter_that_is_wrong_is_400(as_administrator: ApiClient, query: str) -> None:
    assert as_administrator.get(f"{AUDIT}?{query}").status_code == 400


@pytest.mark.parametrize("role", ["author", "editor", "reviewer", "moderator", "stranger"])
def test_it_is_for_administrators_alone(request: pytest.FixtureRequest, role: str) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    assert client.get(AUDIT).status_code == 403
