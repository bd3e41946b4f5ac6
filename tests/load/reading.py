"""What a reader is given at an address, in a form that can be held against what the same instant says later."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from articles.rendering.times import rfc3339

Given = tuple[Any, ...]
"""Status and what matters of the answer: bytes and ETag of a document, cards of a list, where or why it is not here."""

LISTS = (
    "/api/v1/articles?limit=2",
    "/api/v1/articles?limit=2&ordering=-updated_at",
    "/api/v1/articles?limit=2&ordering=title&locale=en",
    "/api/v1/articles?limit=2&topic=sleep",
    "/api/v1/articles?limit=100&kind=page&exclude_notes=violence",
)


def given(client: Client, address: str, at: datetime | None = None) -> Given:
    """The answer at an address, now or at an instant. A list is walked to its end by its own links."""
    if address.partition("?")[0] == "/api/v1/articles":
        return tuple(_cards(client, _at(address, at)))
    response = client.get(_at(address, at))
    if response.status_code == 200:
        return (200, response.content, response["ETag"])
    if response.status_code == 308:
        return (308, urlsplit(response["Location"]).path)
    problem = json.loads(response.content)
    return (response.status_code, problem["code"], problem.get("reason"), problem.get("alternative_href"))


def _cards(client: Client, address: str | None) -> Iterator[bytes]:
    while address:
        response = client.get(address)
        assert response.status_code == 200, (address, response.content)
        page = json.loads(response.content)
        yield from (json.dumps(card).encode() for card in page["results"])
        address = _relative(page["next"])


def _relative(address: str | None) -> str | None:
    if address is None:
        return None
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _at(address: str, at: datetime | None) -> str:
    if at is None:
        return address
    path, _, query = address.partition("?")
    return f"{path}?{urlencode([*((k, v[0]) for k, v in parse_qs(query).items()), ('at', rfc3339(at))])}"
