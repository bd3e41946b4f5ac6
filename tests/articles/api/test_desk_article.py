"""GET, PATCH and DELETE /api/v1/editorial/articles/{id}, and what hangs on it to be read"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from cms.models import User
from tests.articles.api.walking import page, walk
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    reviewed,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
Travel = Callable[[float], datetime]


@pytest.fixture
def draft(author: User) -> Article:
    return an_article(by=author)


def patched(client: ApiClient, article: Article, changes: dict[str, Any], **how: Any) -> Any:
    headers = {"if-match": fresh(article).etag}
    return client.patch(f"{DESK}/{article.pk}", changes, headers=headers, **how)


def test_the_head_is_read_with_its_tag_and_where_to_go(as_author: ApiClient, draft: Article) -> None:
    answer = as_author.get(f"{DESK}/{draft.pk}")
    body = answer.json()
    assert answer["ETag"] == body["etag"] == fresh(draft).etag
    assert body["content"]["title"] == "Sleep after trauma"
    assert body["head"]["sha256"] == draft.revisions.get(number=1).sha256
    readable = ("self", "revisions", "timeline", "checks", "reviews", "publications")
    assert {as_author.get(body["links"][name]).status_code for name in readable} == {200}


def test_a_save_makes_a_revision(as_author: ApiClient, draft: Article) -> None:
    answer = patched(as_author, draft, {"title": "Better", "message": "Clearer."})
    body = answer.json()
    assert (answer.status_code, body["revision"], body["content"]["title"]) == (200, 2, "Better")
    assert (body["head"]["message"], body["head"]["parent"]) == ("Clearer.", 1)
    assert answer["ETag"] == fresh(draft).etag


def test_a_merge_patch_is_taken_by_its_own_media_type_too(as_author: ApiClient, draft: Article) -> None:
    answer = as_author.patch(
        f"{DESK}/{draft.pk}",
        b'{"summary": "Shorter."}',
        content_type="application/merge-patch+json",
        headers={"if-match": fresh(draft).etag},
    )
    assert (answer.status_code, answer.json()["content"]["summary"]) == (200, "Shorter.")


def test_null_resets_and_what_is_not_sent_stays(as_author: ApiClient, author: User) -> None:
    article = an_article(by=author, review_due_at="2027-01-01T00:00:00Z", extra={"a": 1, "b": 2})
    content = patched(as_author, article, {"review_due_at": None, "extra": {"a": None}}).json()["content"]
    assert (content["review_due_at"], content["extra"], content["slug"]) == (None, {"b": 2}, "sleep")


def test_a_member_of_an_object_is_taken_away_by_null(as_author: ApiClient, author: User) -> None:
    article = an_article(by=author, seo={"title": "Short", "description": "Long"})
    answer = patched(as_author, article, {"seo": {"title": None}})
    assert (answer.status_code, answer.json()["content"]["seo"]) == (200, {"description": "Long"})


def test_a_save_that_changes_nothing_makes_no_revision(as_author: ApiClient, draft: Article) -> None:
    answer = patched(as_author, draft, {"title": "Sleep after trauma"})
    assert (answer.status_code, answer.json()["revision"], answer["ETag"]) == (200, 1, '"r1-1"')


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"title": None, "slug": 5.5}, "/slug", "invalid"),
        ({"topics": ["nowhere"]}, "/topics/0", "unknown_key"),
        ({"related": ["01890f5e-0000-7000-8000-000000000000"]}, "/related/0", "unknown_article"),
        ({"head_number": 9}, "/head_number", "unknown_field"),
        ({"created_by": "me"}, "/created_by", "unknown_field"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_author: ApiClient, draft: Article, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = patched(as_author, draft, changes)
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert fresh(draft).head_number == 1


def test_kind_and_locale_of_what_was_public_stay(as_author: ApiClient, author: User) -> None:
    article = a_published_article(by=author)
    answer = patched(as_author, article, {"kind": "guide"})
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_is_public")


def test_what_was_public_cannot_be_deleted(as_author: ApiClient, author: User) -> None:
    article = a_published_article(by=author)
    answer = as_author.delete(f"{DESK}/{article.pk}", headers={"if-match": article.etag})
    assert (answer.status_code, answer.json()["code"]) == (409, "was_public")


def test_what_was_deleted_is_not_there_any_more(as_author: ApiClient, draft: Article) -> None:
    answer = as_author.delete(f"{DESK}/{draft.pk}", headers={"if-match": draft.etag})
    assert (answer.status_code, answer.content) == (204, b"")
    assert as_author.get(f"{DESK}/{draft.pk}").status_code == 404


READABLE = ("", "/revisions", "/revisions/1", "/timeline", "/checks", "/reviews", "/publications")


@pytest.mark.parametrize("place", READABLE)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("author", 200),
        ("author2", 404),
        ("editor", 200),
        ("reviewer", 200),
        ("administrator", 200),
        ("moderator", 403),
        ("stranger", 403),
    ],
)
def test_who_may_read_it(
    request: pytest.FixtureRequest, draft: Article, role: str, status: int, place: str
) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    answer = client.get(f"{DESK}/{draft.pk}{place}")
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


@pytest.mark.parametrize("place", READABLE)
def test_what_is_not_there_is_404(as_editor: ApiClient, place: str) -> None:
    assert as_editor.get(f"{DESK}/01890f5e-0000-7000-8000-000000000000{place}").status_code == 404


def test_revisions_are_listed_newest_first_without_their_text(as_author: ApiClient, draft: Article) -> None:
    for number in range(2, 6):
        a_revision(draft, title=f"Number {number}")
    found = walk(as_author, f"{DESK}/{draft.pk}/revisions?limit=2")
    assert [item["number"] for item in found] == [5, 4, 3, 2, 1]
    assert "content" not in found[0]


def test_a_revision_is_whole_and_says_who_approved_it(
    as_author: ApiClient, draft: Article, reviewer: User
) -> None:
    reviewed(draft, by=reviewer)
    a_revision(draft, title="Later")
    first, second = (as_author.get(f"{DESK}/{draft.pk}/revisions/{n}").json() for n in (1, 2))
    assert (first["content"]["title"], first["approved_by"]["username"]) == ("Sleep after trauma", "reviewer")
    assert (second["approved_by"], second["approved_at"]) == (None, None)
    assert len(first["block_ids"]) == 2


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999", "one"])
def test_a_revision_that_is_not_there_is_404(as_author: ApiClient, draft: Article, number: str) -> None:
    assert as_author.get(f"{DESK}/{draft.pk}/revisions/{number}").status_code == 404


@pytest.mark.parametrize("place", ["timeline", "publications"])
def test_the_timeline_tells_what_was_is_and_will_be(as_editor: ApiClient, editor: User, place: str) -> None:
    article = a_published_article()
    row = published(article, by=editor, effective_from=ahead(days=1), change_note="Soon.").row
    answer = as_editor.get(f"{DESK}/{article.pk}/{place}")
    first, second = answer.json()["results"]
    assert answer["ETag"] == fresh(article).etag
    assert first["effective_until"] == second["effective_from"]
    assert (second["id"], second["effective_until"], second["change_note"]) == (str(row.pk), None, "Soon.")
    assert second["created_by"]["username"] == "editor"


def test_the_checks_say_what_stands_between_a_revision_and_its_readers(
    as_author: ApiClient, author: User
) -> None:
    an_entry("reference", "mitchell2021", publication_status="retracted")
    article = an_article(by=author, body_markdown="It settles [@mitchell2021] [@nobody].\n")
    a_revision(article, body_markdown="It settles.\n")
    first = as_author.get(f"{DESK}/{article.pk}/checks?revision=1").json()
    assert (first["revision"], first["publishable"]) == (1, False)
    severities = {finding["code"]: finding["severity"] for finding in first["findings"]}
    assert severities["unknown_citation"] == "error"
    assert severities["retracted_citation"] == "warning"
    assert as_author.get(f"{DESK}/{article.pk}/checks").json() == {
        "revision": 2,
        "publishable": True,
        "findings": [],
    }


@pytest.mark.parametrize("query", ["revision=0", "revision=x", "colour=red"])
def test_a_parameter_of_the_checks_that_is_wrong_is_400(
    as_author: ApiClient, draft: Article, query: str
) -> None:
    assert as_author.get(f"{DESK}/{draft.pk}/checks?{query}").status_code == 400


def test_the_checks_of_a_revision_that_is_not_there_are_404(as_author: ApiClient, draft: Article) -> None:
    assert as_author.get(f"{DESK}/{draft.pk}/checks?revision=9").status_code == 404


def test_an_empty_list_of_reviews_is_a_list(as_author: ApiClient, draft: Article) -> None:
    assert page(as_author, f"{DESK}/{draft.pk}/reviews") == {"results": [], "next": None}
