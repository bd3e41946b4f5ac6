"""Every address that anybody may read, from the URL map itself, with a query where one is needed."""

from collections.abc import Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from cms.delivery import DeliveryView
from tests.matrix.addresses import filled

PLACES: dict[str, Any] = {
    "slug": "sleep",
    "number": 1,
    "topics/key": "rest",
    "people/key": "ines",
    "references/key": "calm2021",
    "collections/key": "first-steps",
    "comment_id": "01900000-0000-7000-8000-000000000000",
}
QUERIES = {
    "api/v1/search": "q=sleep",
    "api/v1/resolve": "path=/sleep",
    "api/v1/articles/<str:slug>/diff": "base=1",
    "api/v1/helplines": "country=CA",
}


FOR_ONE = ("<str:token>", "form-tokens")
"""In addresses whose answers are one person's: those that a letter holds, and what a form asks before it is sent."""


def routes() -> list[str]:
    """The routes of delivery: of the views that take no credentials and may be asked to wait for a change."""
    found = _routes(get_resolver().url_patterns, "")
    shared = (one for one in found if not any(part in one[0] for part in FOR_ONE))
    return sorted(route for route, view in shared if _delivers(view))


def addresses(values: Mapping[str, Any] = PLACES) -> list[str]:
    return [address(route, values) for route in routes()]


def address(route: str, values: Mapping[str, Any]) -> str:
    query = QUERIES.get(route)
    return filled(route, values) + (f"?{query}" if query else "")


def _routes(patterns: list[Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append((route, getattr(pattern.callback, "view_class", None)))
    return found


def _delivers(view: Any) -> bool:
    if not isinstance(view, type) or not issubclass(view, DeliveryView):
        return False
    return bool(view.common_parameters) and hasattr(view, "get")
