"""Every verb in every state, through the API: what the table allows leads where it says, all else is refused as it says."""

from collections.abc import Callable
from typing import Any

import pytest

from articles import actions
from articles.actions import states
from articles.models import Article
from cms import clock
from cms.models import User
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    fresh,
    published,
    tag,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
LATER = "2100-01-01T00:00:00Z"
DONE_BY_TIME = {"begin", "expire"}
BY_HAND = [verb for verb in states.VERBS if verb not in DONE_BY_TIME]
SENT: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    # verb -> method, place below the article, body
    "save": ("patch", "", {"summary": "Something else."}),
    "restore": ("post", "/restore", {"revision": 1}),
    "publish": ("post", "/publications", {}),
    "schedule": ("post", "/publications", {"effective_from": LATER}),
    "withdraw": ("post", "/take-down", {"how": "withdraw", "explanation": "Outdated."}),
    "unpublish": ("post", "/take-down", {"how": "unpublish"}),
    "archive": ("post", "/take-down", {"how": "archive"}),
    "delete": ("delete", "", None),
}


def _draft(by: User) -> Article:
    return with_two_revisions(an_article(by=by))


def _scheduled(by: User) -> Article:
    article = _draft(by)
    published(article, effective_from=ahead(days=9))
    return article


def _live(by: User) -> Article:
    article = a_published_article(by=by)
    with_two_revisions(article)
    return article


def _down(how: str) -> Callable[[User], Article]:
    def make(by: User) -> Article:
        article = _live(by)
        taken_down(article, how, explanation="Outdated.")
        return article

    return make


def _binned(by: User) -> Article:
    article = _draft(by)
    actions.delete_draft(article_id=article.pk, expected=tag(article), by=by, now=clock.now())
    return article


IN: dict[str, Callable[[User], Article]] = {
    "draft": _draft,
    "scheduled": _scheduled,
    "live": _live,
    "changed": _live,
    "withdrawn": _down("withdraw"),
    "gone": _down("unpublish"),
    "archived": _down("archive"),
    "binned": _binned,
}


def with_two_revisions(article: Article) -> Article:
    """So that there is an older text to restore."""
    a_revision(article, title="A better title")
    return article


def an_article_that_is(state: str, by: User, travel: Callable[[float], Any]) -> Article:
    """In a state of the desk, at rest: nothing is about to begin."""
    article = IN[state](by)
    if state == "live":
        published(article)
    travel(3)
    return fresh(article)


def did(client: ApiClient, verb: str, article: Article) -> Any:
    method, place, body = SENT[verb]
    if place == "/publications":
        body = {"revision": article.head_number, **(body or {})}
    send = getattr(client, method)
    return send(f"{DESK}/{article.pk}{place}", body, headers={"If-Match": article.etag})


def test_every_state_and_verb_of_the_table_is_walked() -> None:
    assert set(IN) == set(states.STATES)
    assert set(SENT) | DONE_BY_TIME == set(states.VERBS)
    assert {verb for verb, _ in states.TRANSITIONS} == set(states.VERBS)
    assert {word for (_, before), after in states.TRANSITIONS.items() for word in (before, after)} == set(IN)


@pytest.mark.parametrize("state", IN)
def test_the_desk_calls_it_by_its_state(
    state: str, author: User, as_editor: ApiClient, travel: Callable[[float], Any]
) -> None:
    answer = as_editor.get(f"{DESK}/{an_article_that_is(state, author, travel).pk}")
    assert (answer.status_code, answer.json().get("state")) == (
        (404, None) if state == "binned" else (200, state)
    )


@pytest.mark.parametrize("verb", BY_HAND)
@pytest.mark.parametrize("state", IN)
def test_a_verb_leads_where_the_table_says_or_is_refused_as_it_says(
    verb: str, state: str, author: User, as_editor: ApiClient, travel: Callable[[float], Any]
) -> None:
    article = an_article_that_is(state, author, travel)
    answer = did(as_editor, verb, article)
    expected = states.TRANSITIONS.get((verb, state))
    if state == "binned":
        assert answer.status_code == 404
    elif expected is None:
        assert (answer.status_code, answer.json()["code"]) == (409, states.REFUSED[verb][0])
        assert fresh(article).etag == article.etag
    else:
        assert answer.status_code < 300, answer.content
        assert state_of(as_editor, article) == expected


@pytest.mark.parametrize("state", ["scheduled", "live", "changed", "withdrawn", "gone"])
def test_what_was_scheduled_begins_by_itself(
    state: str, author: User, as_editor: ApiClient, travel: Callable[[float], Any]
) -> None:
    article = an_article_that_is(state, author, travel)
    published(article, effective_from=ahead(days=1))
    travel(86_402)
    assert state_of(as_editor, article) == states.TRANSITIONS["begin", state]


@pytest.mark.parametrize("state", ["live", "changed", "withdrawn"])
def test_what_was_to_end_ends_by_itself(
    state: str, author: User, as_editor: ApiClient, travel: Callable[[float], Any]
) -> None:
    article = an_article_that_is(state, author, travel)
    row = article.publications.in_time_order().last()
    assert row is not None
    actions.reschedule(
        article_id=article.pk,
        publication_id=row.pk,
        expected=tag(article),
        by=None,
        effective_until=ahead(days=1),
        keep_end=False,
    )
    travel(86_402)
    assert state_of(as_editor, article) == states.TRANSITIONS["expire", state]


def state_of(client: ApiClient, article: Article) -> str:
    """The desk's word; the bin answers 404."""
    answer = client.get(f"{DESK}/{article.pk}")
    return "binned" if answer.status_code == 404 else answer.json()["state"]
