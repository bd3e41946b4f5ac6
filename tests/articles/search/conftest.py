"""A reader without an account, and a small library in two languages."""

import pytest

from tests.articles.search.asking import text
from tests.builders import an_entry
from tests.client import ApiClient


@pytest.fixture
def reader() -> ApiClient:
    return ApiClient()


@pytest.fixture
def library() -> None:
    """Each text holds "anchor" somewhere else; the French ones speak of therapy and of memory."""
    an_entry("topic", "sleep")
    text("in-title", "Anchors for bad nights", days=40, topics=["sleep"])
    text("in-title-new", "An anchor", days=20, kind="guide")
    text("in-summary", "Evenings", days=5, summary="How anchoring helps.")
    text("in-heading", "Mornings", days=4, body_markdown="## The anchor\n\nBreathe slowly.\n")
    text(
        "in-body",
        "Afternoons",
        days=3,
        body_markdown="Some people find an anchor in music.\n",
        topics=["sleep"],
    )
    text("in-two", "Breathing", days=2, summary="Slowly.", body_markdown="An anchor, and breathing again.\n")
    text("elsewhere", "Something else", days=1)
    text(
        "la-memoire",
        "La mémoire du traumatisme",
        days=9,
        locale="fr",
        summary="Ce que l’œil retient des thérapies.",
        body_markdown="Les souvenirs reviennent. La guérison n'est pas l'oubli, et l'anxiété passe.\n",
    )
    text(
        "une-therapie",
        "Une thérapie, pas à pas",
        days=8,
        locale="fr",
        summary="Comment une séance se passe.",
        body_markdown="La mémoire se raconte à son rythme.\n",
    )
