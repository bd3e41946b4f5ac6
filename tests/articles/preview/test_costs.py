"""What a preview costs the database: the same whatever the site holds, and counted."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.articles.preview.conftest import PREVIEW, of
from tests.builders import a_published_article, ahead

pytestmark = pytest.mark.django_db


def statements(client: Any, path: str) -> int:
    """Selects of one answer: what counts the link's use differs between databases and is left out."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum(query["sql"].startswith("SELECT") for query in captured)


def test_a_draft_by_a_link(article: Article, linked: Any) -> None:
    """The link; of the article its rows, revision and how it was reviewed; what its text names; the site."""
    _, client = linked(article)
    before = statements(client, of(article))
    for number in range(6):
        a_published_article(slug=f"rest-{number}")
    assert statements(client, of(article)) == before <= 14


def test_a_list_by_a_link_to_an_instant(article: Article, linked_to_instant: Any) -> None:
    """The link; the cards."""
    client = linked_to_instant(ahead(days=1))
    before = statements(client, f"{PREVIEW}/articles")
    for number in range(6):
        a_published_article(slug=f"rest-{number}")
    assert statements(client, f"{PREVIEW}/articles") == before <= 3


def test_a_list_with_a_draft_on_top(article: Article, linked: Any) -> None:
    _, client = linked(article)
    before = statements(client, f"{PREVIEW}/articles")
    for number in range(6):
        a_published_article(slug=f"rest-{number}")
    assert statements(client, f"{PREVIEW}/articles") == before <= 16
