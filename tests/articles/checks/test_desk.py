"""Checks at the desk: as an endpoint, as the gate of publishing, and silent about what a caller may not know."""

import pytest

from articles.models import Article
from cms.ids import uuid7
from cms.models import User
from tests.builders import a_published_article, an_article, an_entry, fresh, rows, taken_down
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
NOBODYS = "01890a5d-ac96-774b-bcce-b302099a8057"


def told(client: ApiClient, article: Article) -> dict[str, str]:
    """Code to severity of what the endpoint finds in the head."""
    answer = client.get(f"{DESK}/{article.pk}/checks")
    assert answer.status_code == 200
    return {finding["code"]: finding["severity"] for finding in answer.json()["findings"]}


def linking(to: object, by: User | None = None, **content: object) -> Article:
    return an_article(by=by, slug="links", body_markdown=f"See [the other](article:{to}).\n", **content)


def test_a_link_is_judged_by_what_readers_meet(as_editor: ApiClient) -> None:
    assert told(as_editor, linking(a_published_article().pk)) == {}
    assert told(as_editor, linking(an_article(slug="draft").pk)) == {"unreadable_article": "warning"}
    assert told(as_editor, linking(uuid7())) == {"unknown_article": "error"}


def test_a_link_to_what_was_taken_down_is_found(as_editor: ApiClient, travel) -> None:
    withdrawn, gone = a_published_article(slug="one"), a_published_article(slug="two")
    taken_down(withdrawn, "withdraw", explanation="Outdated.")
    taken_down(gone, "unpublish")
    travel(3)
    assert told(as_editor, linking(withdrawn.pk)) == {"withdrawn_article": "advice"}
    assert told(as_editor, linking(gone.pk)) == {"unreadable_article": "warning"}


def test_an_author_learns_nothing_of_articles_that_they_may_not_see(
    as_author: ApiClient, author: User, editor: User
) -> None:
    hidden = told(as_author, linking(an_article(by=editor, slug="draft").pk, by=author))
    assert hidden == told(as_author, linking(uuid7(), by=author)) == {"unknown_article": "error"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("They took 80 mg of MDMA.\n", "dosing"),
        ("Read [more](https://example.com/shop/mdma).\n", "seller_link"),
        (f"See [this](article:{NOBODYS}).\n", "unknown_article"),
    ],
)
def test_an_error_stands_between_a_text_and_its_readers(as_editor: ApiClient, body: str, code: str) -> None:
    article = an_article(body_markdown=body)
    answer = as_editor.post(
        f"{DESK}/{article.pk}/publications", {"revision": 1}, headers={"if-match": fresh(article).etag}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "checks_failed")
    assert [error["code"] for error in answer.json()["errors"]] == [code]
    assert rows(article) == []


def test_a_warning_or_advice_does_not(as_editor: ApiClient) -> None:
    article = an_article(body_markdown="A miracle, said an addict.\n")
    assert told(as_editor, article) == {"promise": "warning", "substance_wording": "advice"}
    answer = as_editor.post(
        f"{DESK}/{article.pk}/publications", {"revision": 1}, headers={"if-match": fresh(article).etag}
    )
    assert answer.status_code == 201


def test_the_words_of_the_articles_language_are_read(as_editor: ApiClient) -> None:
    assert told(as_editor, an_article(body_markdown="Un remède miracle.\n", locale="fr-CA")) == {
        "promise": "warning"
    }
    assert told(as_editor, an_article(body_markdown="Ein cure.\n", slug="kur", locale="de")) == {}


def test_checks_cost_the_same_queries_whatever_they_find(
    as_editor: ApiClient, django_assert_max_num_queries
) -> None:
    an_entry("reference", "smith2020")
    links = " ".join(f"[x](article:{uuid7()})" for _ in range(20))
    article = an_article(body_markdown=f"{links} [@smith2020] 80 mg MDMA, a miracle.\n")
    with django_assert_max_num_queries(
        8
    ):  # token, roles, article, revision, entries, articles that it links to
        as_editor.get(f"{DESK}/{article.pk}/checks")
