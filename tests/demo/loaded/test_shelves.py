"""The demonstration's collection and redirect, as a newcomer meets them."""

import pytest

from articles.demo import source
from tests.client import ApiClient

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]
PLACE = "/api/v1/collections/where-to-begin"


def test_the_collection_shows_its_articles_in_order(demo: dict[str, str], api: ApiClient) -> None:
    (row,) = source.rows("collections")

    assert [card["slug"] for card in api.get(PLACE).json()["articles"]] == row["articles"]


def test_in_french_it_shows_what_there_is_in_french(demo: dict[str, str], api: ApiClient) -> None:
    cards = api.get(f"{PLACE}?locale=fr").json()["articles"]

    assert [card["slug"] for card in cards] == [
        "trouver-de-l-aide",
        "etat-de-stress-post-traumatique-et-forme-complexe",
    ]


def test_in_the_past_it_shows_what_was_live_then(demo: dict[str, str], api: ApiClient) -> None:
    before = api.get(f"{PLACE}?at=2025-01-01T00:00:00Z").json()

    assert before["title"]["en"] == "Where to begin"
    assert len(before["articles"]) < 3


def test_an_old_address_leads_to_its_article(demo: dict[str, str], api: ApiClient) -> None:
    found = api.get("/api/v1/resolve?path=/help-card").json()

    assert (found["status"], found["locale"]) == (308, "en")
    assert api.get(found["href"]).json()["slug"] == "finding-help"
