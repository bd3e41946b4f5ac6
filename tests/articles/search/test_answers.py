"""What a search answers: cards with places, counts, facets, a spelling, helplines; and how long it may be kept."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.search.asking import SEARCH, asked, slugs, text
from tests.builders import ahead, an_article, an_entry, published
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


def marked(highlight: dict[str, Any]) -> list[str]:
    """The words that a highlight's marks cover."""
    return [highlight["text"][mark["start"] : mark["end"]] for mark in highlight["marks"]]


def test_a_result_is_the_card_with_the_places_that_answer(reader: ApiClient) -> None:
    text(
        "anchors",
        "Anchors <b>",
        days=1,
        summary="No help.",
        body_markdown="## An anchor\n\nAn **anchor** holds.\n",
    )
    result = asked(reader, "anchor")["results"][0]
    card = reader.get("/api/v1/articles").json()["results"][0]
    highlights = result.pop("highlights")
    assert result == card
    assert [(found["field"], found["text"], marked(found)) for found in highlights] == [
        ("title", "Anchors <b>", ["Anchors"]),
        ("headings", "An anchor", ["anchor"]),
        ("body", "An anchor holds.", ["anchor"]),
    ]


def test_marks_count_code_points_of_the_text_as_it_is_written(reader: ApiClient) -> None:
    text("memoire", "🌿 La mémoire", days=1, locale="fr")
    highlight = asked(reader, "memoires")["results"][0]["highlights"][0]
    assert highlight == {"field": "title", "text": "🌿 La mémoire", "marks": [{"start": 5, "end": 12}]}


def test_of_a_long_body_the_surroundings_of_the_first_match_are_shown(reader: ApiClient) -> None:
    filling = "One more sentence that says little. " * 40
    text("long", "Long", days=1, body_markdown=f"{filling}\n\nHere a lighthouse stands. {filling}\n")
    (highlight,) = asked(reader, "lighthouse")["results"][0]["highlights"]
    assert marked(highlight) == ["lighthouse"]
    assert len(highlight["text"]) < 300


def test_a_phrase_is_marked_as_a_whole(reader: ApiClient) -> None:
    text("nights", "Nights", days=1, summary="Bad days, bad nights.")
    (highlight,) = asked(reader, '"bad nights"')["results"][0]["highlights"]
    assert marked(highlight) == ["bad nights"]


@pytest.mark.usefixtures("library")
def test_filters_narrow_and_facets_count_what_they_leave(reader: ApiClient) -> None:
    assert slugs(reader, "anchor", kind="guide") == ["in-title-new"]
    assert slugs(reader, "anchor", topic="sleep") == ["in-title", "in-body"]
    an_entry("topic", "nothing")
    assert slugs(reader, "anchor", topic="nothing") == []
    answer = asked(reader, "anchor", include="facets", count="true", limit=2)
    assert answer["count"] == 6
    assert answer["facets"] == {
        "kind": [{"value": "page", "count": 5}, {"value": "guide", "count": 1}],
        "locale": [{"value": "en", "count": 6}],
        "topic": [{"value": "sleep", "count": 2}],
    }
    narrowed = asked(reader, "anchor", include="facets", topic="sleep")["facets"]
    assert narrowed["kind"] == [{"value": "page", "count": 2}]


def test_counts_and_facets_come_only_when_asked_for(reader: ApiClient) -> None:
    text("anchors", "Anchors", days=1)
    assert set(asked(reader, "anchor")) == {"results", "next", "suggestion", "support_href"}
    empty = asked(reader, "*", include="facets", count="true")
    assert (empty["count"], empty["facets"]) == (0, {"kind": [], "locale": [], "topic": []})


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("typed", "meant"),
    {
        "anchro": "anchor",  # swapped
        "ancor": "anchor",  # left out
        "brathing": "breathing",
        "bad nihgts": "bad nights",
        "traumatsime": "traumatisme",
        "“breething” anchor": None,  # quoted words are meant as they are
        "guerson": "guerison",
        "xylophone": None,
        "traumatismes": None,  # its stem finds it
        "traumat": None,  # it is the beginning of a word
    }.items(),
)
def test_a_misspelling_is_answered_with_a_spelling_of_live_texts(
    typed: str, meant: str | None, reader: ApiClient
) -> None:
    answer = asked(reader, typed)
    assert answer["suggestion"] == meant
    assert meant is None or slugs(reader, meant)


@pytest.mark.usefixtures("library")
def test_where_enough_is_found_nothing_is_suggested(reader: ApiClient) -> None:
    assert asked(reader, "anchor")["suggestion"] is None


@pytest.mark.parametrize(
    "query",
    [
        "je veux mourir",
        "I want to die",
        "i want to kill myself -anchor",
        "suicide",
        "suicidaire",
        "self-harm",
        "overdose",
        "automutilation",
    ],
)
def test_a_query_that_may_mean_danger_names_the_helplines_and_is_not_put_right(
    query: str, reader: ApiClient
) -> None:
    text("will", "We will overdoze, suicides, mourire", days=1)
    answer = asked(reader, query)
    assert answer["support_href"] == "/api/v1/helplines"
    assert answer["suggestion"] is None


def test_no_word_that_says_little_is_suggested(reader: ApiClient) -> None:
    text("ceux", "Ceux qui restent", days=1, locale="fr")
    text("peux", "Tu peux rester", days=1, locale="fr", summary="Ceux qui veulent.")
    assert asked(reader, "ceuz")["suggestion"] is None


def test_words_of_two_scripts_are_found_by_their_beginning_and_no_spelling_of_ours_is(
    reader: ApiClient,
) -> None:
    text("tnf", "TNFα and the 漢字", days=1)
    assert slugs(reader, "tnf") == slugs(reader, "TNFα") == slugs(reader, "漢") == ["tnf"]
    for spelled in ("zx", "zxe", "zxce"):
        assert slugs(reader, spelled) == []


@pytest.mark.parametrize("query", ["anchor", "sleep after trauma"])
def test_other_queries_do_not(query: str, reader: ApiClient) -> None:
    assert asked(reader, query)["support_href"] is None


def test_the_answer_may_be_kept_until_the_next_transition(reader: ApiClient) -> None:
    text("anchors", "Anchors", days=1)
    answer = reader.get(f"{SEARCH}?q=anchor&locale=en")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Cache-Tag"] == "list-en"
    assert answer["Content-Language"] == "en"
    published(an_article(slug="soon"), effective_from=ahead(seconds=20))
    age = reader.get(f"{SEARCH}?q=anchor")["Cache-Control"].rpartition("=")[2]
    assert 15 <= int(age) <= 20


def test_it_is_conditional_and_answers_head(reader: ApiClient) -> None:
    text("anchors", "Anchors", days=1)
    answer = reader.get(f"{SEARCH}?q=anchor")
    again = reader.get(f"{SEARCH}?q=anchor", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = reader.head(f"{SEARCH}?q=anchor")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    {
        "": "q",
        "q=": "q",
        "q=" + "x" * 201: "q",
        "q=a%00b": "q",
        "q=%ff": "q",
        "q=a&q=b": "q",
        "q=a&at=2026-01-01T00:00:00Z": "at",
        "q=a&kind=poem": "kind",
        "q=a&include=bodies": "include",
        "q=a&limit=101": "limit",
        "q=a&cursor=zzz": "cursor",
        "q=a&ordering=title": "ordering",
    }.items(),
)
def test_what_it_does_not_know_is_named(query: str, parameter: str, reader: ApiClient) -> None:
    answer = reader.get(f"{SEARCH}?{query}")
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]
    assert "xxxx" not in answer.json()["detail"]


@pytest.mark.usefixtures("library")
def test_a_cursor_of_another_search_is_refused(reader: ApiClient) -> None:
    following = asked(reader, "anchor", limit=2)["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    other = reader.get(f"{SEARCH}?q=nights&limit=2&cursor={cursor}")
    assert (other.status_code, other.json()["code"]) == (400, "invalid_cursor")


@pytest.mark.usefixtures("library")
def test_the_dearest_search_costs_three_queries(reader: ApiClient) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert asked(reader, "anchro", include="facets", count="true")["suggestion"] == "anchor"
    assert len(captured) == 3
    with CaptureQueriesContext(connection) as captured:
        asked(reader, "anchor", locale="en", topic="sleep", limit=1)
    assert len(captured) == 2
