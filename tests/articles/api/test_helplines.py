"""GET /api/v1/helplines"""

from typing import Any

import pytest

from cms.models import Site
from tests.builders import ago, an_entry
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lines(db: None) -> None:
    an_entry("helpline", "ca-talk", name="Talk", scope=["suicide"])
    an_entry("helpline", "ca-911", name="Emergency", emergency=True)
    an_entry("helpline", "ca-veterans", name="Veterans", scope=["veterans"])
    an_entry("helpline", "gb-talk", name="Talk", country="GB")
    an_entry("helpline", "ca-unverified", name="Planted", verified_at=None)
    an_entry("helpline", "world", name="Find one", country=None, international=True)


def names(api: ApiClient, query: str = "") -> list[str]:
    answer = api.get(f"/api/v1/helplines{query}")
    assert answer.status_code == 200, answer.content
    return [line["name"] for line in answer.json()["results"]]


def test_the_emergency_number_comes_first_and_international_directories_last(api: ApiClient) -> None:
    assert names(api, "?country=CA") == ["Emergency", "Talk", "Veterans", "Find one"]


@pytest.mark.parametrize("query", ["", "?country=FR"])
def test_an_unknown_country_gets_the_directories_and_no_guess(api: ApiClient, query: str) -> None:
    assert names(api, query) == ["Find one"]


@pytest.mark.parametrize("language", ["fr-CA", "en-GB"])
def test_a_language_or_an_address_says_nothing_of_a_country(api: ApiClient, language: str) -> None:
    answer = api.get("/api/v1/helplines", headers={"accept-language": language, "cf-ipcountry": "CA"})
    assert [line["name"] for line in answer.json()["results"]] == ["Find one"]
    assert answer["Vary"] == "Accept-Encoding"


def test_a_scope_narrows_all_but_the_emergency_number(api: ApiClient) -> None:
    assert names(api, "?country=CA&scope=veterans") == ["Emergency", "Veterans", "Find one"]


def test_what_nobody_verified_is_served_by_the_demonstration_alone(api: ApiClient) -> None:
    assert "Planted" not in names(api, "?country=CA")
    Site.objects.create(name="Demonstration", demo=True)
    assert "Planted" in names(api, "?country=CA")


def test_a_directory_of_the_same_country_comes_once(api: ApiClient) -> None:
    an_entry("helpline", "ca-directory", name="Directory", international=True)
    assert names(api, "?country=CA").count("Directory") == 1


def test_lines_at_an_instant_are_those_of_then(api: ApiClient) -> None:
    assert names(api, f"?country=CA&at={ago(days=60):%Y-%m-%dT%H:%M:%SZ}") == []


@pytest.mark.parametrize(
    "query", ["country=ca", "country=Canada", "country=CA&country=GB", "colour=red", "scope="]
)
def test_a_parameter_that_is_wrong_is_refused(api: ApiClient, query: str) -> None:
    answer = api.get(f"/api/v1/helplines?{query}")
    assert (answer.status_code, "errors" in answer.json()) == (400, True)


def test_a_line_says_who_verified_nothing_and_how_to_reach_it(api: ApiClient) -> None:
    answer: dict[str, Any] = api.get("/api/v1/helplines?country=CA").json()
    assert (answer["country"], answer["next"]) == ("CA", None)
    line = answer["results"][1]
    assert line["channels"] == [{"type": "phone", "value": "555 0100", "href": "tel:5550100"}]
    assert line["verified_at"] == "2026-01-01T00:00:00Z"
    assert "verified_by" not in line
