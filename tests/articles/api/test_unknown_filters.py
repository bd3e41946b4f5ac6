"""A filter that names a topic or person nobody was told of is a mistake, and not a list that happens to be empty."""

from collections.abc import Callable
from datetime import datetime

import pytest

from articles import naming
from tests.builders import a_published_article, ago, ahead, an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db

OF_TOPICS = (
    "/api/v1/articles?topic=",
    "/api/v1/articles?medical=true&topic=",
    "/api/v1/feeds/articles.atom?topic=",
    "/api/v1/feeds/articles.json?topic=",
    "/api/v1/search?q=nothing&topic=",
)
OF_PEOPLE = ("/api/v1/articles?author=", "/api/v1/articles?reviewer=")


@pytest.mark.parametrize("address", [*OF_TOPICS, *OF_PEOPLE])
def test_it_is_refused_by_name_with_what_is_allowed(api: ApiClient, address: str) -> None:
    kind = "topic" if address in OF_TOPICS else "person"
    for key in ("night", "day"):
        an_entry(kind, key)
    answer = api.get(f"{address}slepe")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["code"] == "invalid_parameter"
    assert error["parameter"] == address.rpartition("=")[0].rpartition("&")[2].rpartition("?")[2]
    assert error["detail"] == "It takes one of: day, night."
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [*OF_TOPICS, *OF_PEOPLE])
def test_one_that_nothing_bears_yet_leaves_an_empty_list(api: ApiClient, address: str) -> None:
    an_entry("topic" if address in OF_TOPICS else "person", "night")
    assert api.get(f"{address}night").status_code == 200


def test_every_mistake_is_told_at_once(api: ApiClient) -> None:
    an_entry("topic", "night")
    answer = api.get("/api/v1/articles?topic=night&author=nobody&reviewer=nobody")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["author", "reviewer"]


def test_many_allowed_ones_are_where_their_list_is(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST_NAMED", 1)
    nobody_yet = api.get("/api/v1/articles?author=nobody").json()["detail"]
    for key in ("night", "day"):
        an_entry("topic", key)
    too_many = api.get("/api/v1/articles?topic=slepe").json()["detail"]
    assert nobody_yet == "It takes a slug that /api/v1/people lists."
    assert too_many == "It takes a slug that /api/v1/topics lists."


def test_what_is_yet_to_come_is_not_told_apart_from_what_is_not_there(
    api: ApiClient, travel: Callable[[float], datetime]
) -> None:
    an_entry("topic", "night")
    an_entry("topic", "secret", since=ahead(seconds=30))
    ahead_of_it, unknown = (api.get(f"/api/v1/articles?topic={key}") for key in ("secret", "slepe"))
    assert ahead_of_it.status_code == 400
    told, other = ({**answer.json(), "instance": "", "request_id": ""} for answer in (ahead_of_it, unknown))
    assert told == other
    travel(31)
    assert api.get("/api/v1/articles?topic=secret").json()["results"] == []


def test_the_past_has_an_empty_list_of_what_came_later(api: ApiClient) -> None:
    a_published_article(slug="old", since=ago(days=20))
    an_entry("topic", "night", since=ago(days=2))
    then = f"{ago(days=10):%Y-%m-%dT%H:%M:%SZ}"
    assert api.get(f"/api/v1/articles?topic=night&at={then}").json()["results"] == []
    assert api.get(f"/api/v1/articles?topic=slepe&at={then}").status_code == 400


def test_a_page_behind_the_last_needs_no_name_to_be_asked_for(
    api: ApiClient, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    an_entry("topic", "night")
    a_published_article(slug="one", topics=["night"], since=ago(days=2))
    with django_assert_max_num_queries(2):
        assert len(api.get("/api/v1/articles?topic=night").json()["results"]) == 1
