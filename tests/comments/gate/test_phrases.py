"""Phrases are found whatever overlaps them, and hostile texts are judged like any other."""

import pytest

from comments.gate import MAX_VERDICTS, Reply, hostile, run
from comments.gate.folding import fold, words
from comments.gate.phrases import Phrases

LONGEST = 10_000


def found(phrases: str, text: str) -> list[str]:
    texts = words(fold(text))
    return [" ".join(texts.texts[first:after]) for first, after in Phrases(phrases).find(texts)]


def test_the_longest_phrase_at_a_place_counts() -> None:
    assert found("to go, to go on, on", "I want to go on now") == ["to go on", "on"]


def test_a_phrase_inside_a_broken_one_is_found() -> None:
    assert found("an owl came down, owl came up, came", "an owl came up") == ["owl came up", "came"]


def test_a_phrase_may_follow_itself() -> None:
    assert found("no yes no", "no yes no yes no") == ["no yes no", "no yes no"]


def test_nothing_is_found_in_nothing() -> None:
    assert found("an owl", "") == []
    assert found("an owl", "an") == []


@pytest.mark.parametrize("phrases", ["a", "a a a a b", "a b a b a c"])
def test_it_finds_what_a_plain_search_finds(phrases) -> None:
    text = "a b a a b a b a c a a a a b " * 20
    plain, wanted = text.split(), phrases.split()
    places = [place for place in range(len(plain)) if plain[place : place + len(wanted)] == wanted]
    texts = words(fold(" ".join(word + word for word in plain)))
    doubled = Phrases(" ".join(word + word for word in wanted))
    assert [first for first, _ in doubled.find(texts)] == places


@pytest.mark.django_db
def test_no_hostile_text_makes_a_check_fail() -> None:
    for name, text in hostile.texts(LONGEST):
        assert len(text) == LONGEST, name
        ruling = run(Reply(text, policy="publish"))
        assert all(verdict.version for verdict in ruling.verdicts), name
        assert all(0 <= v.span[0] < v.span[1] <= LONGEST for v in ruling.verdicts if v.span), name
        rules = [verdict.rule for verdict in ruling.verdicts]
        assert all(rules.count(rule) <= MAX_VERDICTS for rule in rules), name
