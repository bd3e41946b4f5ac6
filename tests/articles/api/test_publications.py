"""POST /publications of an article; PATCH and DELETE of one publication"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from articles.models import Article, Publication
from cms.models import User
from tests.builders import (
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    fresh,
    published,
    reviewed,
    rows,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
Travel = Callable[[float], datetime]


def z(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def publish(client: ApiClient, article: Article, **body: Any) -> Any:
    sent = {"revision": 1, "effective_from": z(ahead(days=1))} | body
    sent = {name: value for name, value in sent.items() if value is not ...}
    return client.post(f"{DESK}/{article.pk}/publications", sent, headers={"if-match": fresh(article).etag})


def place(row: Publication) -> str:
    return f"{DESK}/{row.article_id}/publications/{row.pk}"


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def draft(author: User) -> Article:
    return an_article(by=author)


@pytest.fixture
def scheduled(draft: Article) -> Publication:
    return published(draft, effective_from=ahead(days=2)).row


def test_what_is_published_now_is_visible_when_it_is_answered(
    as_editor: ApiClient, api: ApiClient, draft: Article
) -> None:
    answer = publish(as_editor, draft, effective_from=..., change_note="First.")
    assert answer.status_code == 201
    assert api.get("/api/v1/articles/sleep").status_code == 200
    made = answer.json()["publication"]
    assert made["effective_from"] == answer.json()["visible_at"]
    assert (made["version"], made["state"], made["change_note"], made["effective_until"]) == (
        1,
        "live",
        "First.",
        None,
    )
    assert answer.json()["etag"] == answer["ETag"] == fresh(draft).etag


def test_what_is_scheduled_is_answered_at_once(as_editor: ApiClient, draft: Article) -> None:
    begins, ends = ahead(days=1), ahead(days=2)
    answer = publish(as_editor, draft, effective_from=z(begins), effective_until=z(ends))
    made = answer.json()["publication"]
    assert (made["effective_from"], made["effective_until"]) == (z(begins), z(ends))
    assert answer.json()["visible_at"] == z(begins)


def test_an_instant_is_taken_with_its_offset_and_floored_to_its_second(
    as_editor: ApiClient, draft: Article
) -> None:
    begins = ahead(days=1)
    sent = f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}.900+02:00"
    assert publish(as_editor, draft, effective_from=sent).json()["visible_at"] == z(begins)


def test_what_ends_where_the_next_begins_says_so(as_editor: ApiClient, scheduled: Publication) -> None:
    answer = publish(as_editor, scheduled.article)
    assert answer.json()["warnings"] == [
        f"It ends where the next scheduled change begins: {z(scheduled.effective_from)}."
    ]


def test_the_checks_stand_before_the_readers(as_editor: ApiClient, author: User) -> None:
    answer = publish(as_editor, an_article(by=author, summary=""))
    assert problem(answer) == (422, "checks_failed")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/summary"]


def test_a_medical_article_needs_an_approval(as_editor: ApiClient, author: User, reviewer: User) -> None:
    article = an_article(by=author, medical=True)
    assert problem(publish(as_editor, article)) == (409, "not_approved")
    reviewed(article, by=reviewer)
    assert publish(as_editor, article).status_code == 201


def test_a_slug_that_another_article_holds_is_409(as_editor: ApiClient, draft: Article) -> None:
    a_published_article(slug="sleep")
    assert problem(publish(as_editor, draft)) == (409, "slug_taken")
    assert rows(draft) == []


def test_an_instant_that_is_taken_is_409(as_editor: ApiClient, scheduled: Publication) -> None:
    answer = publish(as_editor, scheduled.article, effective_from=z(scheduled.effective_from))
    assert problem(answer) == (409, "instant_taken")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"effective_from": "2020-01-01T00:00:00Z"}, "/effective_from"),
        ({"effective_until": "2020-01-01T00:00:00Z"}, "/effective_until"),
    ],
)
def test_an_impossible_interval_is_422(
    as_editor: ApiClient, draft: Article, changes: dict[str, str], pointer: str
) -> None:
    answer = publish(as_editor, draft, **changes)
    assert problem(answer) == (422, "invalid_interval")
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"revision": ...}, "/revision", "required"),
        ({"revision": 0}, "/revision", "min_value"),
        ({"revision": None}, "/revision", "null"),
        ({"effective_from": "tomorrow"}, "/effective_from", "naive"),
        ({"effective_from": "2100-01-01T00:00:00"}, "/effective_from", "naive"),
        ({"effective_from": 5}, "/effective_from", "invalid"),
        ({"effective_until": "9999-12-31T23:59:59-12:00"}, "/effective_until", "overflow"),
        ({"update_type": "rerender"}, "/update_type", "invalid_choice"),
        ({"change_note": ["x"]}, "/change_note", "invalid"),
        ({"correction": "x" * 1001}, "/correction", "max_length"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_editor: ApiClient, draft: Article, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = publish(as_editor, draft, **changes)
    assert answer.status_code == 422, answer.content
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_a_revision_that_is_not_there_is_404(as_editor: ApiClient, draft: Article) -> None:
    for number in (9, 2**53 - 1):
        assert publish(as_editor, draft, revision=number).status_code == 404


def test_only_an_administrator_breaks_the_glass(
    as_editor: ApiClient, as_administrator: ApiClient, author: User
) -> None:
    article = an_article(by=author, medical=True)
    assert problem(publish(as_editor, article, break_glass="A wrong number.")) == (403, "not_allowed")
    answer = publish(as_administrator, article, break_glass="A wrong number.")
    assert (answer.status_code, answer.json()["publication"]["break_glass"]) == (201, "A wrong number.")


@pytest.mark.parametrize("role", ["author", "reviewer", "moderator"])
def test_who_may_not_publish(request: pytest.FixtureRequest, draft: Article, role: str) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    assert problem(publish(client, draft)) == (403, "not_allowed")


def test_bounds_that_lie_ahead_are_moved(as_editor: ApiClient, scheduled: Publication) -> None:
    begins, ends = ahead(days=3), ahead(days=4)
    sent = {"effective_from": z(begins), "effective_until": z(ends)}
    answer = as_editor.patch(place(scheduled), sent, headers={"if-match": fresh(scheduled.article).etag})
    made = answer.json()["publication"]
    assert answer.status_code == 200
    assert {name: made[name] for name in sent} == sent
    assert made["id"] == str(scheduled.pk)


def test_a_null_opens_the_end(as_editor: ApiClient, draft: Article) -> None:
    row = published(draft, effective_from=ahead(days=2), effective_until=ahead(days=3)).row
    answer = as_editor.patch(place(row), {"effective_until": None}, headers={"if-match": fresh(draft).etag})
    assert answer.json()["publication"]["effective_until"] is None
    assert len(rows(draft)) == 1


def test_a_patch_of_nothing_is_422(as_editor: ApiClient, scheduled: Publication) -> None:
    answer = as_editor.patch(place(scheduled), {}, headers={"if-match": fresh(scheduled.article).etag})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "")


def test_what_has_begun_or_is_over_stays(as_editor: ApiClient) -> None:
    article = a_published_article()
    headers = {"if-match": article.etag}
    row = rows(article)[0]
    moved = as_editor.patch(place(row), {"effective_from": z(ahead(days=1))}, headers=headers)
    assert problem(moved) == (409, "has_begun")
    assert problem(as_editor.delete(place(row), headers=headers)) == (409, "has_begun")


def test_what_is_over_cannot_be_changed(as_editor: ApiClient, author: User) -> None:
    article = with_past(an_article(by=author), ago(days=4), ago(days=2))
    answer = as_editor.patch(
        place(rows(article)[0]), {"effective_until": z(ahead(days=1))}, headers={"if-match": article.etag}
    )
    assert problem(answer) == (409, "has_ended")


def test_what_has_not_begun_is_cancelled(as_editor: ApiClient, scheduled: Publication) -> None:
    answer = as_editor.delete(place(scheduled), headers={"if-match": fresh(scheduled.article).etag})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["ETag"] == fresh(scheduled.article).etag
    assert rows(scheduled.article) == []


def test_a_publication_is_found_through_its_own_article_alone(
    as_editor: ApiClient, scheduled: Publication
) -> None:
    other = an_article(slug="dreams")
    path = f"{DESK}/{other.pk}/publications/{scheduled.pk}"
    headers = {"if-match": other.etag}
    assert as_editor.delete(path, headers=headers).status_code == 404
    assert as_editor.patch(path, {"effective_until": None}, headers=headers).status_code == 404


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_a_method_that_there_is_not_is_405(as_editor: ApiClient, scheduled: Publication, method: str) -> None:
    answer = getattr(as_editor, method)(place(scheduled))
    assert (problem(answer), answer["Allow"]) == ((405, "method_not_allowed"), "PATCH, DELETE, OPTIONS")


def test_an_urgent_fix_before_what_is_scheduled_renumbers_it_in_the_timeline(
    as_editor: ApiClient, scheduled: Publication
) -> None:
    a_revision(scheduled.article, title="Urgent")
    publish(as_editor, scheduled.article, revision=2)
    found = as_editor.get(f"{DESK}/{scheduled.article_id}/timeline").json()["results"]
    assert [(row["version"], row["revision"]) for row in found] == [(1, 2), (2, 1)]
    assert found[1]["id"] == str(scheduled.pk)
