"""Every advertisement of the collection is held, in whatever disguise; talk about treatments is not."""

import pytest

from comments.gate import Reply, sellers
from tests.comments.gate.advertisements import ADVERTISEMENTS, CONVERSATIONS


def test_the_collection_is_large_enough() -> None:
    assert len(set(ADVERTISEMENTS)) >= 30


@pytest.mark.parametrize("text", ADVERTISEMENTS)
def test_an_advertisement_is_held(text) -> None:
    assert list(sellers.check(Reply(text)))


@pytest.mark.parametrize("text", CONVERSATIONS)
def test_talk_about_a_treatment_passes(text) -> None:
    assert not list(sellers.check(Reply(text)))


def test_what_is_far_apart_is_no_offer() -> None:
    apart = (
        "I read about LSD. "
        + "It rained and we walked home slowly. " * 10
        + "I will sell my bicycle: @rider_of_bikes"
    )
    assert not list(sellers.check(Reply(apart)))


def test_the_span_shows_the_offer() -> None:
    text = "Hello. Best MDMA for sale, telegram @plugworld"
    (verdict,) = sellers.check(Reply(text))
    assert text[slice(*verdict.span)].startswith("MDMA for sale")
