"""A word that stands in many texts, of which a filter leaves none, costs no more than a word that stands nowhere."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from articles.searching import base, postgresql
from tests.builders import an_entry
from tests.scale.hot_search import COMMON, SEARCH
from tests.scale.test_pages import cost
from tests.scale.test_plans import many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many")]
__all__ = ["many"]

NOWHERE = "qqxzv"


@pytest.fixture(autouse=True)
def few_are_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a site of a million texts, where the newest are a small part."""
    monkeypatch.setattr(postgresql, "NEAR", 1)


@pytest.fixture(autouse=True)
def unwritten() -> None:
    """A topic of which no text is."""
    an_entry("topic", "unwritten")


@pytest.fixture
def having() -> int:
    """How many texts have the word."""
    number: int = counted(f'"{COMMON}"')
    assert number > 30
    return number


@pytest.mark.parametrize("narrowed", [{"locale": "fr"}, {"kind": "page"}, {"topic": "unwritten"}])
def test_none_of_the_texts_is_looked_at(narrowed: dict[str, str], having: int) -> None:
    assert counted(f'"{COMMON}"', **narrowed) == 0
    assert beyond_nothing(narrowed) < having


def test_without_the_tokens_of_the_filters_they_would_be(
    having: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The measure itself."""
    monkeypatch.setattr(base, "traits_of", lambda **named: ())
    assert beyond_nothing({"locale": "fr"}) > 3 * having


def beyond_nothing(narrowed: dict[str, str]) -> int:
    """What the database does for the word, beyond what it does for one that stands nowhere. Quotation marks keep it
    from looking for a spelling.
    """
    common, nowhere = (cost(searched(f'"{word}"', **narrowed)) for word in (COMMON, NOWHERE))
    return common - nowhere


def searched(q: str, **others: str) -> str:
    return f"{SEARCH}?{urlencode({'q': q, 'count': 'true', **others})}"


def counted(q: str, **others: str) -> int:
    number: int = Client().get(searched(q, **others)).json()["count"]
    return number
