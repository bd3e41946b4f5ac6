"""An instant is one instant whatever offset it is written with: every place that takes one gives it back in UTC."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from cms.models import User
from tests.articles.consent.stories import a_story
from tests.articles.releases.acts import a_release, now_of, publishing, scheduled
from tests.builders import ahead, an_article, fresh, published
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
RELEASES = "/api/v1/editorial/releases"
COLLECTIONS = "/api/v1/editorial/collections"

AHEAD = "2100-01-01T12:00:00Z"
AS_WRITTEN_AHEAD = (
    AHEAD,
    "2100-01-01t12:00:00z",
    "2100-01-01T14:00:00+02:00",
    "2100-01-01T08:30:00-03:30",
    "2100-01-02T11:59:00+23:59",
    "2099-12-31T12:01:00-23:59",
    "2100-01-01T12:00:00.999-00:00",
)
NO_INSTANTS = {
    "2100-01-01T12:00:00+24:00": "invalid",
    "2100-01-01T12:00:00-99:00": "invalid",
    "2100-01-01T12:00:00+10:75": "invalid",
    "2100-06-30T23:59:60Z": "invalid",
    "2100-02-29T12:00:00Z": "invalid",
    "2100-W10-1T12:00:00Z": "invalid",
    "21000101T120000Z": "invalid",
    "2100-01-01T12:00Z": "invalid",
    "2100-01-01T12:00:00+02": "naive",
    "2100-01-01T12:00:00": "naive",
    "2100-01-01T12:00": "naive",
    "2100-01-01": "naive",
}


@dataclass
class World:
    """An editor with everything there is to be given an instant."""

    client: ApiClient
    author: User
    travel: Callable[[float], datetime]

    def article(self) -> Article:
        return an_article(by=self.author)

    def post(self, article: Article, noun: str, **body: Any) -> Any:
        return self.client.post(
            f"{DESK}/{article.pk}/{noun}", body, headers={"if-match": fresh(article).etag}
        )

    def patch(self, article: Article, noun: str = "", **body: Any) -> Any:
        return self.client.patch(
            f"{DESK}/{article.pk}{noun}", body, headers={"if-match": fresh(article).etag}
        )


@pytest.fixture
def world(as_administrator: ApiClient, author: User, travel: Callable[[float], datetime]) -> World:
    return World(as_administrator, author, travel)


def publishing_from(world: World, text: str) -> Any:
    return world.post(world.article(), "publications", revision=1, effective_from=text)


def publishing_until(world: World, text: str) -> Any:
    return world.post(world.article(), "publications", revision=1, effective_until=text)


def moving_the_begin(world: World, text: str) -> Any:
    row = published(world.article(), effective_from=ahead(days=2)).row
    return world.patch(row.article, f"/publications/{row.pk}", effective_from=text)


def moving_the_end(world: World, text: str) -> Any:
    row = published(world.article(), effective_from=ahead(days=2)).row
    return world.patch(row.article, f"/publications/{row.pk}", effective_until=text)


def asking_until(world: World, text: str) -> Any:
    return world.post(world.article(), "review-requests", revision=1, due_at=text)


def reviewing_until(world: World, text: str) -> Any:
    sent = {"revision": 1, "decision": "approve", "next_due_at": text}
    return world.post(world.article(), "reviews", **sent)


def agreed_until(world: World, text: str) -> Any:
    said = {"scope": "All of it", "document_reference": "sheet 1", "given_at": "2026-01-01T00:00:00Z"}
    return world.post(a_story(by=world.author), "consents", **said, expires_at=text)


def releasing_at(world: World, text: str) -> Any:
    release = a_release(publishing(world.article()))
    at = f"{RELEASES}/{release.pk}/schedule"
    return world.client.post(at, {"effective_from": text}, headers={"if-match": release.etag})


def rolling_back_at(world: World, text: str) -> Any:
    release = a_release(publishing(world.article()))
    scheduled(release)
    world.travel(5)
    at = f"{RELEASES}/{release.pk}/rollback"
    return world.client.post(at, {"effective_from": text}, headers={"if-match": now_of(release).etag})


def a_text_due_at(world: World, text: str) -> Any:
    return world.patch(world.article(), review_due_at=text)


def a_text_closing_replies_at(world: World, text: str) -> Any:
    return world.patch(world.article(), comments_close_at=text)


def a_collection_from(world: World, text: str) -> Any:
    sent = {"key": "first-steps", "title": {"en": "First steps"}, "effective_from": text}
    return world.client.post(COLLECTIONS, sent)


Act = Callable[[World, str], Any]
PLACES: dict[Act, tuple[str, Callable[[Any], str]]] = {
    # what takes an instant: its name in the body, and where the answer has it
    publishing_from: ("effective_from", lambda body: body["publication"]["effective_from"]),
    publishing_until: ("effective_until", lambda body: body["publication"]["effective_until"]),
    moving_the_begin: ("effective_from", lambda body: body["publication"]["effective_from"]),
    moving_the_end: ("effective_until", lambda body: body["publication"]["effective_until"]),
    asking_until: ("due_at", lambda body: body["due_at"]),
    reviewing_until: ("next_due_at", lambda body: body["next_due_at"]),
    agreed_until: ("expires_at", lambda body: body["expires_at"]),
    releasing_at: ("effective_from", lambda body: body["effective_from"]),
    rolling_back_at: ("effective_from", lambda body: body["effective_from"]),
    a_text_due_at: ("review_due_at", lambda body: body["content"]["review_due_at"]),
    a_text_closing_replies_at: ("comments_close_at", lambda body: body["content"]["comments_close_at"]),
    a_collection_from: ("effective_from", lambda body: body["scheduled"][0]["effective_from"]),
}
everywhere = pytest.mark.parametrize("act", PLACES, ids=lambda act: act.__name__)


@everywhere
@pytest.mark.parametrize("text", AS_WRITTEN_AHEAD)
def test_an_instant_with_any_offset_is_given_back_in_utc(world: World, act: Act, text: str) -> None:
    answer = act(world, text)
    assert answer.status_code in (200, 201), answer.content
    assert PLACES[act][1](answer.json()) == AHEAD


@everywhere
@pytest.mark.parametrize("text", NO_INSTANTS)
def test_what_is_no_instant_is_refused_at_its_place(world: World, act: Act, text: str) -> None:
    answer = act(world, text)
    assert answer.status_code == 422, answer.content
    wrong = {(error["pointer"], error["code"]) for error in answer.json()["errors"]}
    assert wrong == {(f"/{PLACES[act][0]}", NO_INSTANTS[text])}


@pytest.mark.parametrize(
    "text", ["2026-01-01T12:00:00Z", "2026-01-01T14:00:00+02:00", "2026-01-01T08:30:00-03:30"]
)
def test_a_consent_was_given_at_one_instant(world: World, text: str) -> None:
    said = {"scope": "All of it", "document_reference": "sheet 1", "given_at": text}
    answer = world.post(a_story(by=world.author), "consents", **said)
    assert answer.json()["given_at"] == "2026-01-01T12:00:00Z"


@pytest.mark.parametrize("text", [*NO_INSTANTS, "tomorrow"])
def test_the_day_of_a_consent_needs_its_offset_too(world: World, text: str) -> None:
    said = {"scope": "All of it", "document_reference": "sheet 1", "given_at": text}
    answer = world.post(a_story(by=world.author), "consents", **said)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/given_at"]


def test_two_offsets_of_one_instant_are_one_place_on_the_timeline(world: World) -> None:
    article = world.article()
    first = world.post(article, "publications", revision=1, effective_from="2100-01-01T14:00:00+02:00")
    assert first.status_code == 201
    again = world.post(article, "publications", revision=1, effective_from="2100-01-01T08:30:00-03:30")
    assert (again.status_code, again.json()["code"]) == (409, "instant_taken")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"),
        ("2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"),
    ],
)
def test_an_hour_across_a_change_of_clocks_is_an_hour(world: World, begins: str, ends: str) -> None:
    answer = world.post(
        world.article(), "publications", revision=1, effective_from=begins, effective_until=ends
    )
    assert answer.status_code == 201
    made = answer.json()["publication"]
    assert made["effective_until"].endswith("T01:30:00Z")
    assert made["effective_from"].endswith("T00:30:00Z")


@pytest.mark.parametrize("text", AS_WRITTEN_AHEAD)
def test_a_parameter_is_one_instant_too(world: World, text: str) -> None:
    release = a_release(publishing(world.article()))
    answer = world.client.get(f"{RELEASES}/{release.pk}/dry-run", {"at": text})
    assert answer.json()["at"] == AHEAD


@pytest.mark.parametrize("text", NO_INSTANTS)
def test_a_parameter_that_is_no_instant_is_refused_by_name(world: World, text: str) -> None:
    release = a_release(publishing(world.article()))
    answer = world.client.get(f"{RELEASES}/{release.pk}/dry-run", {"at": text})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["at"]
