"""Following `next`, and reading how long an answer may be kept."""

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.client import ApiClient


def page(client: ApiClient, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    links = [f'<{body["next"]}>; rel="next"'] if body["next"] else []
    if present := present_of(url):
        links.append(f'<{present}>; rel="canonical"')
    assert answer.get("Link") == (", ".join(links) or None)
    return body


def present_of(url: str) -> str | None:
    """For an address of the past: where the first page of the same is today."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    if "at" not in asked or parts.path.startswith("/api/v1/preview/"):
        return None
    query = urlencode({name: asked[name][0] for name in asked if name not in ("at", "cursor")})
    return f"{parts.path}?{query}" if query else parts.path


def walk(client: ApiClient, url: str, between: Any = lambda: None) -> list[dict[str, Any]]:
    """Every item of a list, page after page; `between` is done before each further page."""
    body = page(client, url)
    found = list(body["results"])
    while body["next"]:
        between()
        body = page(client, local(body["next"]))
        found += body["results"]
    return found


def local(url: str) -> str:
    """A link of the API as the path that the test client takes."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def kept_for(answer: Any) -> int:
    """Seconds for which a cache may give this answer, stale or not."""
    control = answer["Cache-Control"]
    if control in ("no-store", "no-cache"):
        return 0
    seconds = re.fullmatch(r"public, max-age=(\d+)(?:, stale-while-revalidate=(\d+))?", control)
    assert seconds, control
    return int(seconds[1]) + int(seconds[2] or 0)
