"""Whatever is typed, the answer is a page or a refusal that says why; nothing of it is logged."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.searching.queries import parsed
from articles.searching.words import words_of
from cms.logs import JsonLines
from tests.articles.search.asking import SEARCH, asked, text
from tests.client import ApiClient

pytestmark = pytest.mark.django_db

PIECES = ['"', "-", "*", "(", ")", ":", "'", "\\", "|", "&", "!", "<->", "{", "}", "^", "+", "%", "%s", ";", "--",
          "NEAR(", " OR ", " AND ", " NOT ", "title:", "anchor", "é", "œ", "\u200b", "\u202e", "\u0301", "🌿", "שלום",
          "مرحبا", "ñ", "ß", "½", "\u00ad", "中文", " ", "\u2028", "\ufeff", "𝔞", "ﬁ", "x" * 80]  # fmt: skip
TYPED = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_no_query_breaks_it(reader: ApiClient, library: None, typed: str) -> None:
    answer = reader.get(SEARCH, {"q": typed, "include": "facets", "count": "true"})
    readable = 1 <= len(typed) <= 200 and min(typed) >= " " and "\ufffd" not in typed
    assert answer.status_code == (200 if readable else 400), answer.content


@given(st.text(max_size=300))
def test_words_lie_where_they_say(typed: str) -> None:
    end = 0
    for word in words_of(typed):
        assert end <= word.start < word.end <= len(typed)
        assert word.key.isascii()
        assert word.key.isalnum()
        end = word.end


@given(st.text(min_size=1, max_size=200), st.sampled_from([None, "en", "fr-CA", "de", "zh-Hant"]))
def test_any_text_can_be_taken_apart(typed: str, locale: str | None) -> None:
    for term in parsed(typed, locale).wanted:
        assert all(words and all(words) for words in term.alternatives)


@pytest.mark.parametrize("typed", ["שלום", "مرحبا", "привет", "中文", "ﬁnance"])
def test_words_of_any_script_are_found(typed: str, reader: ApiClient) -> None:
    text("scripts", "Scripts: שלום مرحبا привет 中文 finance", days=1)
    (result,) = asked(reader, typed)["results"]
    (mark,) = result["highlights"][0]["marks"]
    assert mark["end"] > mark["start"]


def test_a_text_of_many_words_is_found_up_to_the_bound_of_both_databases(reader: ApiClient) -> None:
    body = "often " * 15_900 + "\n\nlighthouse keeper\n\n" + "later " * 200 + "\n\nbeyondthebound\n"
    text("long", "Long", days=1, body_markdown=body)
    assert asked(reader, '"lighthouse keeper"')["results"]
    assert asked(reader, '"often often"')["results"]
    assert not asked(reader, '"often lighthouse"')["results"]
    assert not asked(reader, "beyondthebound")["results"]


def test_nothing_that_was_asked_for_is_logged(
    reader: ApiClient, library: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reader.get(f"{SEARCH}?q=zirkonvogel+anchor&include=facets")
    reader.get(f"{SEARCH}?q=zirkonvogel&kind=poem")
    reader.get(f"{SEARCH}?q=zirkonvogel{'x' * 200}")
    written = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "zirkonvogel" not in written
