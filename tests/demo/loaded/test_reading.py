"""The demonstration as a frontend reads it: every answer is one that the OpenAPI document allows."""

import pytest

from articles.demo import source

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]


def test_the_list_leads_to_every_article_and_every_version(demo, api):
    seen = set()
    for card in all_of(api, "/api/v1/articles?locale=en") + all_of(api, "/api/v1/articles?locale=fr"):
        answer = api.get(f"/api/v1/articles/{card['id']}")
        assert answer.status_code == 200
        for version in api.get(answer.json()["links"]["versions"]).json()["results"]:
            past = api.get(version["href"])
            assert past.status_code == 200
            assert past.json()["version"] == version["version"]
        seen.add(card["slug"])

    public = {version.content["slug"] for _, version in source.in_time_order(source.articles())}
    assert seen == public - {"two-trials-in-brief", "replies-pause-over-the-new-year"}


def test_every_thread_can_be_read(demo, api):
    total = 0
    for slug in (card["slug"] for card in all_of(api, "/api/v1/articles?locale=en")):
        total += len(all_of(api, f"/api/v1/articles/{slug}/comments"))

    assert total >= 40


def test_what_is_gone_answers_410_with_a_reason(demo, api):
    answer = api.get("/api/v1/articles/replies-pause-over-the-new-year")

    assert answer.status_code == 410
    assert answer.json()["reason"] == "outdated"


def test_the_catalogue_can_be_read(demo, api):
    for place in ("topics", "people", "references", "legal-statuses", "helplines?country=CA"):
        assert all_of(api, f"/api/v1/{place}")


def test_a_draft_has_no_address_and_search_does_not_find_it(demo, api):
    assert api.get("/api/v1/articles/a-first-appointment").status_code == 404
    assert api.get("/api/v1/search?q=lantern-moth-41").json().get("results", []) == []


def test_nothing_that_readers_can_reach_speaks_of_a_draft(demo, api):
    hrefs = set(api.get("/api/v1/").json().values())
    for card in all_of(api, "/api/v1/articles?locale=en"):
        hrefs |= set(api.get(f"/api/v1/articles/{card['id']}").json()["links"].values())

    reached = [answer for href in hrefs if (answer := api.get(href)).status_code == 200]

    assert len(reached) > 40
    assert not any(b"lantern-moth-41" in answer.content for answer in reached)


def all_of(api, href):
    results = []
    while href:
        page = api.get(href).json()
        results += page["results"]
        href = page["next"]
    return results
