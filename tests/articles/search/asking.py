"""What tests of search ask, and a small library to ask it of."""

from typing import Any
from urllib.parse import urlencode

from articles.models import Article
from tests.builders import a_published_article, ago
from tests.client import ApiClient

SEARCH = "/api/v1/search"


def text(slug: str, title: str, *, days: int, **content: Any) -> Article:
    """An article that has been public for so many days, of empty words but for those named."""
    words = {"summary": "Nothing more.", "body_markdown": "Nothing more to say.\n"} | content
    return a_published_article(slug=slug, title=title, since=ago(days=days), **words)


def asked(client: ApiClient, q: str, **others: Any) -> dict[str, Any]:
    """The answer to a search that succeeds."""
    answer = client.get(f"{SEARCH}?{urlencode({'q': q, **others})}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def slugs(client: ApiClient, q: str, **others: Any) -> list[str]:
    """The slugs of the results, in their order."""
    return [found["slug"] for found in asked(client, q, **others)["results"]]
