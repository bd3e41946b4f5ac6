"""One library, one list of queries, one list of answers in their order: the same on SQLite and on PostgreSQL."""

import pytest

from articles.searching import postgresql
from tests.articles.search.asking import slugs
from tests.client import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ANCHORS = ["in-title-new", "in-title", "in-summary", "in-heading", "in-two", "in-body"]

EXPECTED = {
    # title before summary before headings before body; of equals the newest first
    "anchor": ANCHORS,
    "ANCHORS": ANCHORS,
    "anchored": ANCHORS,
    # the last word may be unfinished, no other may
    "anch": ANCHORS,
    "anch ": [],
    "anch nights": [],
    "bad nigh": ["in-title"],
    # all words, wherever they stand
    "anchor breathing": ["in-two", "in-heading"],
    "breath anchor": ["in-two", "in-heading"],
    # phrases
    '"bad nights"': ["in-title"],
    '"nights bad"': [],
    '"anchor in music"': ["in-body"],
    '"anchor music"': [],
    "“an anchor”": ["in-title-new", "in-two", "in-body"],
    # a phrase does not reach from one field into the next
    '"nights nothing"': [],
    # words left out
    "anchor -breathing": ["in-title-new", "in-title", "in-summary", "in-body"],
    'anchor -"bad nights"': ["in-title-new", "in-summary", "in-heading", "in-two", "in-body"],
    "-anchor": [],
    # words that say little are looked for only where nothing else is asked for, or in a phrase
    "the anchor of": ANCHORS,
    "an": [*ANCHORS, "la-memoire"],
    "le la": ["la-memoire"],
    # a compound is a phrase
    "bad-nights": ["in-title"],
    # accents, ligatures, elisions and endings in French
    "mémoire": ["la-memoire", "une-therapie"],
    "memoires": ["la-memoire", "une-therapie"],
    "THERAPIE": ["une-therapie", "la-memoire"],
    "oeil": ["la-memoire"],
    "œil": ["la-memoire"],
    "l'anxiete": ["la-memoire"],
    "guérisons": ["la-memoire"],
    "traumatismes": ["la-memoire"],
    # nothing to look for
    "*": [],
    "🌿": [],
    "-": [],
    '""': [],
}


@pytest.mark.parametrize("query", EXPECTED)
def test_every_query_has_one_answer(query: str, reader: ApiClient) -> None:
    assert slugs(reader, query) == EXPECTED[query]


@pytest.mark.parametrize("near", [1, 3])
def test_what_is_found_among_the_newest_or_by_the_index_is_the_same(
    near: int, reader: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "NEAR", near)
    assert {query: slugs(reader, query) for query in EXPECTED} == EXPECTED
    test_pages_of_any_size_give_the_same_order(reader)


def test_stemming_follows_the_language_that_is_asked_for(reader: ApiClient) -> None:
    assert slugs(reader, "anchors", locale="en") == ANCHORS
    assert slugs(reader, "anchors", locale="fr") == []
    assert slugs(reader, "therapies", locale="fr") == ["une-therapie", "la-memoire"]


def test_pages_of_any_size_give_the_same_order(reader: ApiClient) -> None:
    for size in (1, 2, 5, 6):
        seen, page = [], reader.get(f"/api/v1/search?q=anchor&limit={size}").json()
        while True:
            seen += [found["slug"] for found in page["results"]]
            if page["next"] is None:
                break
            page = reader.get(page["next"].partition("//")[2].partition("/")[2].join(("/", ""))).json()
        assert seen == ANCHORS
