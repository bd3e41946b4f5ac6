"""What a reader may send wrongly: each has its sentence, names its place, and stores nothing."""

from datetime import timedelta

import pytest

from cms import clock
from comments.models import Comment, Contact
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import form, thread_url

pytestmark = pytest.mark.django_db


def refused(response, status: int, *, pointer: str | None = None, code: str | None = None) -> dict:
    """The problem, after checking that nothing was kept."""
    problem = response.json()
    assert response.status_code == status, problem
    assert response["Content-Type"] == "application/problem+json"
    assert problem["support_href"] == "/api/v1/helplines"
    assert Comment.objects.count() == 0
    assert Contact.objects.count() == 0
    if pointer is not None:
        assert pointer in {error["pointer"] for error in problem["errors"]}
    if code is not None:
        assert code in {problem["code"], *(error["code"] for error in problem.get("errors", []))}
    return problem


@pytest.mark.parametrize("field", ["author_name", "author_email", "text"])
def test_name_address_and_text_are_required(api: ApiClient, article, field) -> None:
    refused(api.post(thread_url(article), form(**{field: None})), 422, pointer=f"/{field}", code="required")


@pytest.mark.parametrize("field", ["author_name", "author_email", "text"])
def test_spaces_alone_are_nothing(api: ApiClient, article, field) -> None:
    refused(api.post(thread_url(article), form(**{field: " \n\t "})), 422, pointer=f"/{field}", code="blank")


@pytest.mark.parametrize("field", ["author_name", "text"])
@pytest.mark.parametrize("nothing", ["\u200b", "\u2060\ufeff", "\u202e", "\u0301", "\u00ad \u200d"])
def test_what_cannot_be_seen_is_nothing(api: ApiClient, article, field, nothing) -> None:
    refused(api.post(thread_url(article), form(**{field: nothing})), 422, pointer=f"/{field}", code="blank")


@pytest.mark.parametrize(
    "address",
    [
        "nobody",
        "a@",
        "@b.org",
        "a b@c.org",
        "a@b",
        "a@b..org",
        "a@b.org, c@d.org",
        "<a@b.org>",
        "a@[127.0.0.1]",
    ],
)
def test_an_address_that_is_none_is_told_what_one_looks_like(api: ApiClient, article, address) -> None:
    problem = refused(api.post(thread_url(article), form(author_email=address)), 422, pointer="/author_email")
    assert "name@example.org" in problem["errors"][0]["detail"]
    assert address not in str(problem).replace("name@example.org", "")


@pytest.mark.parametrize(
    "site", ["pieter", "javascript:alert(1)", "ftp://x.org", "https://", "https://a:b@c.org", "//x.org"]
)
def test_a_website_that_is_none_is_refused(api: ApiClient, article, site) -> None:
    refused(api.post(thread_url(article), form(author_website=site)), 422, pointer="/author_website")


@pytest.mark.parametrize(
    "site", ["https://a.example/a#b#c", "https://a.example/[x]", "https://a.example/%zz", "https://[::1]/"]
)
def test_a_website_has_the_form_of_a_uri(api: ApiClient, article, site) -> None:
    refused(api.post(thread_url(article), form(author_website=site)), 422, pointer="/author_website")


def test_an_empty_website_is_none(api: ApiClient, article) -> None:
    assert api.post(thread_url(article), form(author_website="")).status_code == 202


@pytest.mark.parametrize("value", [7, 1.5, True, ["a"], {"a": 1}])
@pytest.mark.parametrize(
    "field", ["author_name", "author_email", "author_website", "text", "display_as", "parent", "country"]
)
def test_another_type_is_refused_and_not_converted(api: ApiClient, article, field, value) -> None:
    refused(api.post(thread_url(article), form() | {field: value}), 422, pointer=f"/{field}")


def test_a_field_that_does_not_exist_is_named(api: ApiClient, article) -> None:
    problem = refused(
        api.post(thread_url(article), form(autor="Pieter")), 422, pointer="/autor", code="unknown_field"
    )
    assert "author_name" in problem["errors"][0]["detail"]


@pytest.mark.parametrize("field", ["is_staff", "state", "article", "notify", "grade"])
def test_nothing_beyond_the_form_can_be_set(api: ApiClient, article, field) -> None:
    refused(
        api.post(thread_url(article), form() | {field: True}), 422, pointer=f"/{field}", code="unknown_field"
    )


def test_ten_thousand_characters_are_accepted_and_one_more_is_not(api: ApiClient, article) -> None:
    refused(api.post(thread_url(article), form(text="é" * 10_001)), 422, pointer="/text", code="max_length")
    assert api.post(thread_url(article), form(text="é" * 10_000)).status_code == 202


@pytest.mark.parametrize("field", ["author_name", "author_email", "author_website", "text"])
def test_what_is_far_too_long_is_refused_like_what_is_a_little_too_long(
    api: ApiClient, article, field
) -> None:
    refused(
        api.post(thread_url(article), form(**{field: "x" * 900_000})),
        422,
        pointer=f"/{field}",
        code="max_length",
    )


def test_a_name_has_at_most_a_hundred_characters(api: ApiClient, article) -> None:
    refused(api.post(thread_url(article), form(author_name="x" * 101)), 422, pointer="/author_name")


def test_letters_that_grow_when_composed_are_counted_as_they_are_stored(api: ApiClient, article) -> None:
    refused(api.post(thread_url(article), form(author_name="\u0958" * 60)), 422, pointer="/author_name")


def test_a_body_over_a_megabyte_is_too_large(api: ApiClient, article) -> None:
    response = api.post(thread_url(article), form(text="x" * 1_100_000))
    assert response.status_code == 413
    assert response.json()["code"] == "too_large"


def test_deep_or_broken_json_is_malformed(api: ApiClient, article) -> None:
    twice, surrogate, nul = b'{"text":"a","text":"b"}', b'{"text": "\\ud800"}', b'{"text": "a\\u0000b"}'
    for body in (b"{", b"[" * 2000, b"[]", twice, surrogate, nul):
        response = api.generic("POST", thread_url(article), body, content_type="application/json")
        assert response.status_code == 400, body
    assert Comment.objects.count() == 0


def test_a_form_encoded_body_is_not_read(api: ApiClient, article) -> None:
    response = api.generic(
        "POST", thread_url(article), b"text=a", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_as", "shouting"),
        ("country", "Canada"),
        ("country", "ca"),
        ("locale", "english please"),
        ("parent", "1"),
        ("privacy_version", "a b"),
    ],
)
def test_a_value_outside_its_form_is_refused(api: ApiClient, article, field, value) -> None:
    refused(api.post(thread_url(article), form(**{field: value})), 422, pointer=f"/{field}")


def test_an_unknown_parameter_is_named(api: ApiClient, article) -> None:
    response = api.post(f"{thread_url(article)}?colour=red", form())
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "colour"


def test_a_reply_of_another_article_cannot_be_answered_here(api: ApiClient, article, open_article) -> None:
    elsewhere = api.post(thread_url(open_article), filled(open_article)).json()["id"]
    response = api.post(thread_url(article), form(parent=elsewhere))
    assert response.status_code == 422
    assert response.json()["errors"][0] == {
        "pointer": "/parent",
        "code": "parent_not_found",
        "detail": "Among this article's public replies there is none with this id.",
    }
    assert Comment.objects.filter(article=article).count() == 0


def test_a_held_reply_and_none_at_all_are_refused_alike_as_a_parent(api: ApiClient, article) -> None:
    held = api.post(thread_url(article), form()).json()["id"]
    to_held = api.post(thread_url(article), form(parent=held)).json()
    to_nothing = api.post(thread_url(article), form(parent="01890a5d-ac96-774b-bcce-b302099a8057")).json()
    assert to_held["errors"] == to_nothing["errors"]


def test_a_tombstone_cannot_be_answered(api: ApiClient, open_article, moderator, decided, replied) -> None:
    parent = replied(open_article).comment
    replied(open_article, to=parent)
    decided(parent, "remove", moderator)
    response = api.post(thread_url(open_article), form(parent=str(parent.pk)))
    assert response.status_code == 409
    assert response.json()["code"] == "parent_not_public"


def test_a_closed_article_takes_no_replies(api: ApiClient, published) -> None:
    problem = refused(api.post(thread_url(published("closed")), form()), 409, code="comments_closed")
    assert problem["detail"].startswith("Replies to this article are closed.")
    assert problem["retryable"] is False


def test_a_thread_closes_by_itself(api: ApiClient, published, travel) -> None:
    closes = clock.floor(clock.now()) + timedelta(hours=1)
    article = published("hold", comments_close_at=closes.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert api.post(thread_url(article), form()).status_code == 202
    travel(3601)
    assert api.post(thread_url(article), form()).json()["code"] == "comments_closed"


def test_an_article_that_does_not_exist_has_no_thread(api: ApiClient, db) -> None:
    assert api.post("/api/v1/articles/nothing-here/comments", form()).status_code == 404


def test_a_thread_that_is_too_deep_is_not_made_deeper(api: ApiClient, open_article, deep_thread) -> None:
    response = api.post(thread_url(open_article), form(parent=str(deep_thread(open_article, 200).pk)))
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "thread_too_deep"
