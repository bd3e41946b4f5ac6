"""GET and POST /api/v1/editorial/articles"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles import actions
from articles.models import Article
from cms import clock
from cms.models import User
from tests.articles.api.walking import page, walk
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    tag,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
Travel = Callable[[float], datetime]


def slugs(client: ApiClient, query: str = "") -> list[str]:
    return [item["slug"] for item in page(client, f"{DESK}?{query}")["results"]]


def pointers(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.content
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


@pytest.fixture
def desk(author: User, author2: User, travel: Travel) -> None:
    """One article in each state."""
    for topic in ("sleep", "sleeplessness"):
        an_entry("topic", topic)
    an_article(by=author, slug="draft", title="A Draft", topics=["sleeplessness", "sleep"])
    published(an_article(by=author, slug="scheduled"), effective_from=ahead(days=1))
    a_published_article(by=author2, slug="live")
    changed = a_published_article(by=author2, slug="changed", summary="Über den Schlaf.")
    a_revision(changed, title="Changed since")
    taken_down(a_published_article(slug="withdrawn", locale="fr"), "withdraw", explanation="Outdated.")
    taken_down(a_published_article(slug="gone"))
    taken_down(a_published_article(slug="archived"), "archive")
    binned = an_article(by=author, slug="binned")
    actions.delete_draft(article_id=binned.pk, expected=tag(binned), by=author, now=clock.now())
    asked = an_article(by=author, slug="asked")
    actions.request_review(article_id=asked.pk, revision=1, expected=tag(asked), by=author, now=clock.now())
    travel(2)


def test_an_editor_sees_the_whole_desk_newest_first_but_the_bin(as_editor: ApiClient, desk: None) -> None:
    expected = ["asked", "archived", "gone", "withdrawn", "changed", "live", "scheduled", "draft"]
    assert slugs(as_editor) == expected


def test_an_author_sees_what_they_began_or_wrote_in(as_author: ApiClient, author: User, desk: None) -> None:
    assert slugs(as_author) == ["asked", "scheduled", "draft"]
    a_revision(Article.objects.get(head_slug="live"), by=author, summary="Mine too.")
    assert "live" in slugs(as_author)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=draft", {"draft", "asked"}),
        ("state=scheduled", {"scheduled"}),
        ("state=live", {"live", "changed"}),
        ("state=changed", {"changed"}),
        ("state=withdrawn", {"withdrawn"}),
        ("state=gone", {"gone"}),
        ("state=archived", {"archived"}),
        ("review=waiting", {"asked"}),
        ("locale=fr", {"withdrawn"}),
        ("topic=sleep", {"draft"}),
        ("topic=sleep&state=live", set()),
        ("q=schlaf uber", {"changed"}),
        ("q=DRAFT", {"draft"}),
        ("q=nowhere", set()),
        ("mine=true", set()),
    ],
)
def test_each_filter(as_editor: ApiClient, desk: None, query: str, expected: set[str]) -> None:
    assert set(slugs(as_editor, query)) == expected


def test_each_state_in_one_word(as_editor: ApiClient, desk: None) -> None:
    states = {item["slug"]: item["state"] for item in page(as_editor, DESK)["results"]}
    assert states == {
        "draft": "draft",
        "scheduled": "scheduled",
        "live": "live",
        "changed": "changed",
        "withdrawn": "withdrawn",
        "gone": "gone",
        "archived": "archived",
        "asked": "draft",
    }


def test_mine_is_what_the_caller_began(as_author2: ApiClient, desk: None) -> None:
    assert slugs(as_author2, "mine=true") == ["changed", "live"]


def test_a_walk_meets_every_article_once_while_others_come(as_editor: ApiClient) -> None:
    made = {str(an_article(slug=f"number-{n}").pk) for n in range(7)}
    found = [
        item["id"] for item in walk(as_editor, f"{DESK}?limit=2", between=lambda: an_article(slug="new"))
    ]
    assert (set(found), len(found)) == (made, len(made))


@pytest.mark.parametrize(
    "query", ["state=lost", "colour=red", "mine=maybe", "limit=1000", "q=", "review=overdue&x=1"]
)
def test_a_parameter_that_is_wrong_is_400(as_editor: ApiClient, query: str) -> None:
    assert as_editor.get(f"{DESK}?{query}").status_code == 400


def test_a_topic_that_nobody_has_is_refused_and_one_of_no_article_is_not(as_editor: ApiClient) -> None:
    an_entry("topic", "sleep", since=ahead(days=3))
    assert slugs(as_editor, "topic=sleep") == [], "the desk knows what is yet to come"
    answer = as_editor.get(f"{DESK}?topic=slepe")
    assert answer.status_code == 400
    assert [(error["parameter"], error["code"]) for error in answer.json()["errors"]] == [
        ("topic", "invalid_parameter")
    ]


def test_the_newest_text_says_what_its_topics_are(as_editor: ApiClient, author: User) -> None:
    for topic in ("day", "night"):
        an_entry("topic", topic)
    article = an_article(by=author, slug="moved", topics=["day"])
    a_revision(article, topics=["night"])
    assert (slugs(as_editor, "topic=day"), slugs(as_editor, "topic=night")) == ([], ["moved"])


def test_an_article_is_begun_with_what_was_sent(as_author: ApiClient, author: User) -> None:
    an_entry("topic", "sleep")
    sent = {
        "title": "Dreams",
        "slug": "dreams",
        "kind": "guide",
        "locale": "fr",
        "topics": ["sleep"],
        "message": "Begun.",
    }
    answer = as_author.post(DESK, sent)
    body = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, body["href"])
    assert answer["ETag"] == body["etag"] == '"r1-1"'
    assert (body["kind"], body["locale"], body["state"], body["revision"]) == ("guide", "fr", "draft", 1)
    assert (body["content"]["title"], body["content"]["topics"]) == ("Dreams", ["sleep"])
    assert (body["head"]["message"], body["head"]["author"]["username"]) == ("Begun.", "author")
    assert as_author.get(answer["Location"]).json() == body


def test_a_title_is_all_that_is_needed(as_author: ApiClient) -> None:
    assert as_author.post(DESK, {"title": "Dreams"}).status_code == 201


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {"/title": "required"}),
        ({"title": ""}, {"/title": "blank"}),
        ({"title": 7.5, "slug": ["a"]}, {"/title": "invalid", "/slug": "invalid"}),
        ({"title": "x" * 301}, {"/title": "max_length"}),
        ({"title": "x", "kind": "poem"}, {"/kind": "invalid_choice"}),
        ({"title": "x", "slug": "Not A Slug"}, {"/slug": "invalid"}),
        ({"title": "x", "slug": "01890f5e-0000-7000-8000-000000000000"}, {"/slug": "invalid"}),
        ({"title": "x", "locale": "english please"}, {"/locale": "invalid"}),
        ({"title": "x", "topics": "sleep"}, {"/topics": "not_a_list"}),
        ({"title": "x", "topics": ["sleep", "sleep"]}, {"/topics": "invalid"}),
        ({"title": "x", "topics": ["nowhere"]}, {"/topics/0": "unknown_key"}),
        ({"title": "x", "medical": "perhaps"}, {"/medical": "invalid"}),
        (
            {"title": "x", "content_notes": [{"type": "sorrow", "intensity": 9}]},
            {"/content_notes/0/type": "invalid_choice", "/content_notes/0/intensity": "max_value"},
        ),
        (
            {"title": "x", "urgency": [{"level": "urgent", "text": "Call.", "colour": "red"}]},
            {"/urgency/0/colour": "unknown_field"},
        ),
        ({"title": "x", "seo": {"title": "x", "keywords": "y"}}, {"/seo/keywords": "unknown_field"}),
        ({"title": "x", "comments_policy": "maybe"}, {"/comments_policy": "invalid_choice"}),
        ({"title": "x", "review_due_at": "2026-01-01"}, {"/review_due_at": "naive"}),
        ({"title": "x", "review_due_at": "2026-01-01T00:00:00"}, {"/review_due_at": "naive"}),
        ({"title": "x", "related": ["not-an-id"]}, {"/related/0": "invalid"}),
        ({"title": "x", "extra": []}, {"/extra": "not_a_dict"}),
        ({"title": "x", "body_markdown": "x" * 200_001}, {"/body_markdown": "max_length"}),
        ({"title": "x", "translation_of": "nothing"}, {"/translation_of": "invalid"}),
        ({"title": "x", "surprise/~": 1}, {"/surprise~1~0": "unknown_field"}),
    ],
)
def test_what_is_wrong_is_named_by_its_place(
    as_author: ApiClient, sent: dict[str, Any], expected: dict[str, str]
) -> None:
    assert pointers(as_author.post(DESK, sent)) == expected
    assert not Article.objects.exists()


def test_a_translation_of_what_is_not_there_is_422(as_author: ApiClient) -> None:
    sent = {"title": "x", "translation_of": "01890f5e-0000-7000-8000-000000000000"}
    assert pointers(as_author.post(DESK, sent)) == {"/translation_of": "unknown_article"}


def test_a_second_translation_in_a_locale_is_409(as_author: ApiClient, author: User) -> None:
    source = an_article(by=author)
    answer = as_author.post(DESK, {"title": "x", "locale": "en", "translation_of": str(source.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "translation_exists")


def test_a_post_sent_again_with_its_key_makes_one_article(as_author: ApiClient) -> None:
    headers = {"idempotency-key": "once"}
    first, again = (as_author.post(DESK, {"title": "Dreams"}, headers=headers) for _ in range(2))
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    assert Article.objects.count() == 1
    assert (
        as_author.post(DESK, {"title": "Other"}, headers=headers).json()["code"] == "idempotency_key_reused"
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("author", 201),
        ("editor", 201),
        ("administrator", 201),
        ("reviewer", 403),
        ("moderator", 403),
        ("stranger", 403),
    ],
)
def test_who_may_begin_an_article(request: pytest.FixtureRequest, role: str, status: int) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    assert client.post(DESK, {"title": "Dreams"}).status_code == status


def test_the_answer_is_stored_nowhere(as_author: ApiClient, api: ApiClient) -> None:
    assert as_author.get(DESK)["Cache-Control"] == "no-store"
    refused = api.get(DESK)
    assert (refused.status_code, refused["Cache-Control"]) == (401, "no-store")
