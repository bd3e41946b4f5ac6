"""GET /api/v1/editorial/comments: what waits for a moderator, and in which order."""

import pytest

from comments.transitions import TRANSITIONS
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/editorial/comments"


def test_crisis_comes_first_then_the_oldest(as_moderator, article, replied, travel) -> None:
    written = [
        "First.",
        "My brother died by suicide.",
        "Second.",
        "I want to die.",
        "I will kill myself tonight.",
    ]
    for text in written:
        replied(article, text, policy="hold")
        travel(2)
    found = [(r["grade"], r["text"]) for r in as_moderator.get(QUEUE).json()["results"]]
    assert found == [
        ("immediate", "I will kill myself tonight."),
        ("concern", "I want to die."),
        ("mention", "My brother died by suicide."),
        ("none", "First."),
        ("none", "Second."),
    ]


def test_it_holds_what_waits_unless_asked_for_more(
    as_moderator, moderator, article, replied, decided
) -> None:
    waiting = replied(article, "Waits.", policy="hold").comment
    public = replied(article, "Public.").comment
    rejected = decided(replied(article, "No.", policy="hold").comment, "reject", moderator)
    assert [r["id"] for r in as_moderator.get(QUEUE).json()["results"]] == [str(waiting.pk)]
    for state, comment in (("published", public), ("rejected", rejected)):
        found = as_moderator.get(f"{QUEUE}?state={state}").json()["results"]
        assert [r["id"] for r in found] == [str(comment.pk)]


def test_an_edit_of_what_is_public_waits_there_too(api, as_moderator, article, replied, moderator, decided):
    done = replied(article, "Old.", policy="hold")
    decided(done.comment, "publish", moderator)
    url = f"/api/v1/my/comments/{done.comment.pk}"
    tag = api.get(url, headers=own(done.token))["ETag"]
    api.patch(url, {"text": "New."}, headers=own(done.token) | {"If-Match": tag})
    entry = as_moderator.get(QUEUE).json()["results"][0]
    assert (entry["state"], entry["waiting"], entry["text"]) == ("published", True, "New.")
    assert (entry["version"], entry["public_version"]) == (2, 1)
    assert entry["allowed_decisions"] == list(TRANSITIONS["edited"])


def test_it_filters_by_article_and_grade(as_moderator, article, open_article, replied) -> None:
    here = replied(article, "Here.", policy="hold").comment
    there = replied(open_article, "I want to die.", policy="hold").comment
    by_article = as_moderator.get(f"{QUEUE}?article={article.pk}").json()["results"]
    by_grade = as_moderator.get(f"{QUEUE}?grade=concern,immediate&count=true").json()
    assert [r["id"] for r in by_article] == [str(here.pk)]
    assert [r["id"] for r in by_grade["results"]] == [str(there.pk)]
    assert by_grade["count"] == 1


def test_its_pages_hold_each_reply_once(as_moderator, article, replied) -> None:
    for text in ["I want to die."] * 3 + ["Fine."] * 4:
        replied(article, text, policy="hold")
    url, found = f"{QUEUE}?limit=2", []
    while url:
        body = as_moderator.get(url).json()
        found += [r["id"] for r in body["results"]]
        url = body["next"]
    assert len(found) == len(set(found)) == 7


@pytest.mark.parametrize(
    "query", ["state=any", "grade=high", "article=1", "q=", "author_email=a", "ordering=x"]
)
def test_other_filters_are_refused(as_moderator, query) -> None:
    assert as_moderator.get(f"{QUEUE}?{query}").status_code == 400


def test_it_shows_what_the_gate_found_and_where(api, as_moderator, open_article) -> None:
    api.post(thread_url(open_article), filled(open_article, text="Look at https://shop.example/x please"))
    verdict = as_moderator.get(QUEUE).json()["results"][0]["verdicts"][0]
    assert (verdict["rule"], verdict["span"], verdict["holds"]) == ("links", [8, 30], True)


def test_it_names_the_article_as_the_public_knows_it(as_moderator, article, replied) -> None:
    replied(article, policy="hold")
    shown = as_moderator.get(QUEUE).json()["results"][0]["article"]
    assert (shown["slug"], shown["title"]) == ("sleep-after-trauma", "Sleep after trauma")


def test_no_answer_holds_an_address(api, as_moderator, article) -> None:
    id_ = api.post(thread_url(article), form(author_email="secret.reader@example.org")).json()["id"]
    for url in (QUEUE, f"{QUEUE}/{id_}", f"{QUEUE}/{id_}/versions", f"{QUEUE}/{id_}/decisions"):
        assert "secret.reader" not in as_moderator.get(url).content.decode()


@pytest.mark.parametrize("rows", [3, 6])
def test_it_costs_the_same_however_many_wait(
    as_moderator, published, replied, django_assert_num_queries, rows
) -> None:
    for number in range(rows):
        replied(published("hold", slug=f"article-{number}"), policy="hold")
    # the token with its user, the roles, the queue, the caller's preferences, the latest versions, the labels, the
    # articles' titles
    with django_assert_num_queries(7):
        assert len(as_moderator.get(QUEUE).json()["results"]) == rows
