"""GET /api/v1/editorial/articles/{id}/diff"""

from typing import Any

import jsonpatch
import pytest

from articles import actions
from articles.models import Article
from cms import clock
from cms.models import User
from tests.builders import (
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    fresh,
    published,
    rows,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
BODY = "Sleep often changes after trauma.\n\nIt usually settles with time.\n"


@pytest.fixture
def article(author: User) -> Article:
    """Three revisions; the first has been public since ten days ago, the third will be in two days."""
    found = a_published_article(by=author, body_markdown=BODY)
    a_revision(found, by=author, title="Sleep", body_markdown=BODY.replace("often", "sometimes"))
    a_revision(
        found, title="Sleep and rest", body_markdown=BODY.replace("often", "sometimes") + "\nAsk for help.\n"
    )
    published(found, 3, effective_from=ahead(days=2))
    return found


def diff(client: ApiClient, article: Article, **query: Any) -> Any:
    return client.get(f"/api/v1/editorial/articles/{article.pk}/diff", query)


def numbers(answer: Any) -> tuple[int, int]:
    assert answer.status_code == 200, answer.content
    body = answer.json()
    return body["base"]["revision"]["number"], body["head"]["revision"]["number"]


def the_problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_it_tells_fields_blocks_and_words(as_editor: ApiClient, article: Article) -> None:
    body = diff(as_editor, article, base=1, head=3).json()
    assert (body["identical"], body["granularity"]) == (False, "word")
    assert [entry["field"] for entry in body["fields"]] == ["title"]
    assert [(entry["change"], entry["after_position"]) for entry in body["blocks"]] == [
        ("changed", 0),
        ("added", 2),
    ]
    ops = body["blocks"][0]["words"]["ops"]
    assert [op["text"] for op in ops if op["op"] != "equal"] == ["often ", "sometimes "]


def test_each_side_is_named_in_many_ways(as_editor: ApiClient, article: Article) -> None:
    assert numbers(diff(as_editor, article, base=2)) == (2, 3)
    assert numbers(diff(as_editor, article, base="live", head="head")) == (1, 3)
    assert numbers(diff(as_editor, article, base="head", head=1)) == (3, 1)
    past, future = (f"{instant:%Y-%m-%dT%H:%M:%SZ}" for instant in (ago(days=3), ahead(days=3)))
    assert numbers(diff(as_editor, article, base=past, head=future)) == (1, 3)


def test_the_same_on_both_sides_is_identical(as_editor: ApiClient, article: Article) -> None:
    body = diff(as_editor, article, base="head", head=3).json()
    assert (body["identical"], body["fields"], body["blocks"]) == (True, [], [])


def test_a_counterpart_is_compared_block_beside_block(as_editor: ApiClient, article: Article) -> None:
    french = actions.create_article(
        kind="page",
        locale="fr",
        translation_of=article.pk,
        content={"title": "Le sommeil", "body_markdown": "Le sommeil change.\n\nCela passe.\n"},
        by=None,
        now=clock.now(),
    )
    body = diff(as_editor, article, base="head", head="locale:fr").json()
    assert (body["base"]["locale"], body["head"]["locale"]) == ("en", "fr")
    assert body["head"]["article"] == str(french.pk)
    assert [entry["change"] for entry in body["blocks"]] == ["changed", "changed", "removed"]
    assert body["blocks"][1]["after"] == "Cela passe."


def test_a_counterpart_that_the_caller_may_not_see_is_not_there(
    as_author: ApiClient, author2: User, article: Article
) -> None:
    content = {"title": "Le sommeil"}
    actions.create_article(
        kind="page", locale="fr", translation_of=article.pk, content=content, by=author2, now=clock.now()
    )
    assert the_problem(diff(as_author, article, base="locale:fr")) == (404, "not_found")


def test_its_json_patch_applied_to_the_one_gives_the_other(as_editor: ApiClient, article: Article) -> None:
    answer = diff(as_editor, article, base=1, head=3, format="patch")
    assert answer["Content-Type"] == "application/json-patch+json"
    assert answer["Cache-Control"] == "no-store"
    first, third = (article.revisions.get(number=number).document for number in (1, 3))
    assert jsonpatch.apply_patch(first, answer.json()) == third
    back = diff(as_editor, article, base=3, head=1, format="patch")
    assert jsonpatch.apply_patch(third, back.json()) == first


def test_the_patch_of_two_long_texts_applies(as_editor: ApiClient) -> None:
    long = "".join(f"Paragraph {number} about sleep and rest. {'word ' * 60}\n\n" for number in range(560))
    article = an_article(body_markdown=long)
    a_revision(article, body_markdown=long.replace("about sleep", "about dreams")[::1] + "End.\n")
    patch = diff(as_editor, article, base=1, format="patch").json()
    first, second = (article.revisions.get(number=number).document for number in (1, 2))
    assert jsonpatch.apply_patch(first, patch) == second
    body = diff(as_editor, article, base=1).json()
    assert body["granularity"] == "word"
    assert len(body["blocks"]) == 561


def test_two_long_texts_with_nothing_in_common_are_compared_coarsely(as_editor: ApiClient) -> None:
    article = an_article(body_markdown="one two three " * 14_000)
    a_revision(article, body_markdown="two four one " * 15_000)
    answer = diff(as_editor, article, base=1)
    assert (answer.status_code, answer.json()["granularity"]) == (200, "block")


def test_as_a_page_it_says_what_went_and_came(as_editor: ApiClient, article: Article) -> None:
    answer = diff(as_editor, article, base=1, head=2, format="html")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert ">removed: </span>often </del>" in page
    assert ">added: </span>sometimes </ins>" in page
    assert "<h1>Sleep: revision 1 and revision 2</h1>" in page
    assert "style=" not in page
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_a_person_with_a_browser_gets_pages_of_all_forms(as_editor: ApiClient, article: Article) -> None:
    for form in ("json", "patch", "html"):
        url = f"/api/v1/editorial/articles/{article.pk}/diff"
        answer = as_editor.get(url, {"base": 1, "format": form}, headers={"accept": "text/html"})
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_blame_names_who_last_changed_each_block(as_editor: ApiClient, author: User, editor: User) -> None:
    article = an_article(by=author, body_markdown=BODY)
    a_revision(article, by=editor, body_markdown=BODY.replace("often", "sometimes"))
    a_revision(article, by=author, title="Only the title")
    found = diff(as_editor, article, base=1, include="blame").json()["blame"]
    assert found["since"] == 1
    assert [
        (block["revision"]["number"], block["revision"]["author"]["username"], block["began_in"])
        for block in found["blocks"]
    ] == [(2, "editor", 1), (1, "author", 1)]
    assert found["blocks"][0]["text"] == "Sleep sometimes changes after trauma."
    assert found["blocks"][0]["revision"]["created_at"]


def test_blame_reads_no_more_than_its_share_and_says_how_far_it_got(
    as_editor: ApiClient, monkeypatch: pytest.MonkeyPatch, article: Article
) -> None:
    monkeypatch.setattr("articles.actions.comparing.BLAME_CHARACTERS", 1)
    found = diff(as_editor, article, base=1, include="blame").json()["blame"]
    assert found["since"] == 3
    assert {block["revision"]["number"] for block in found["blocks"]} == {3}


def test_what_is_not_there_is_not_found(as_editor: ApiClient, article: Article) -> None:
    assert the_problem(diff(as_editor, article, base=9)) == (404, "not_found")
    assert the_problem(diff(as_editor, article, base="locale:de")) == (404, "not_found")
    assert the_problem(diff(as_editor, article, base="2001-01-01T00:00:00Z")) == (404, "not_found")
    assert the_problem(diff(as_editor, an_article(slug="draft"), base="live")) == (404, "not_found")


def test_nothing_is_live_where_the_article_is_gone(as_editor: ApiClient, at_time: Any) -> None:
    article = a_published_article()
    taken_down(article)
    at_time(rows(article)[-1].effective_from)
    assert the_problem(diff(as_editor, article, base="live")) == (404, "not_found")


@pytest.mark.parametrize(
    "base", ["", "0", "01", "-1", "next", "locale:", "locale:a b", "2026-01-01", "9999999999"]
)
def test_a_side_that_means_nothing_is_refused_by_name(
    as_editor: ApiClient, article: Article, base: str
) -> None:
    answer = diff(as_editor, article, base=base)
    assert the_problem(answer) == (400, "invalid_parameter")
    assert answer.json()["errors"][0]["parameter"] == "base"


def test_unless_named_the_head_is_compared_with_what_it_was_made_from(
    as_editor: ApiClient, article: Article
) -> None:
    assert numbers(diff(as_editor, article)) == (2, 3)
    assert numbers(diff(as_editor, article, head=2)) == (1, 2)
    assert numbers(diff(as_editor, article, head=1)) == (1, 1)


def test_who_may_not_read_the_article_may_not_compare_it(
    as_author2: ApiClient, as_moderator: ApiClient, as_stranger: ApiClient, api: ApiClient, article: Article
) -> None:
    for client, status in ((as_author2, 404), (as_moderator, 403), (as_stranger, 403), (api, 401)):
        for form in ("json", "patch", "html"):
            answer = diff(client, article, base=1, format=form)
            assert answer.status_code == status
            assert b"sometimes" not in answer.content


def test_an_author_and_a_reviewer_compare_what_they_see(
    as_author: ApiClient, as_reviewer: ApiClient, article: Article
) -> None:
    assert numbers(diff(as_author, article, base=1)) == numbers(diff(as_reviewer, article, base=1)) == (1, 3)


def test_comparing_changes_nothing(as_editor: ApiClient, article: Article) -> None:
    before = fresh(article).etag
    diff(as_editor, article, base=1, include="blame")
    assert fresh(article).etag == before
