"""Every method of every address, from the URL map itself, and an address that means something for each."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from tests.matrix.table import METHODS_WITHOUT_CLASS

SPOKEN = ("get", "post", "put", "patch", "delete")


def operations() -> list[tuple[str, str]]:
    """Method and route of everything that this service answers; HEAD goes with GET, OPTIONS tells nothing."""
    return [(method, route) for route, view in sorted(_routes()) for method in _methods(route, view)]


def _methods(route: str, view: type | None) -> tuple[str, ...]:
    if view is not None and issubclass(view, APIView):
        return tuple(name.upper() for name in SPOKEN if hasattr(view, name))
    return METHODS_WITHOUT_CLASS[route]


def _routes() -> Iterator[tuple[str, type | None]]:
    for route, pattern in _walk(get_resolver().url_patterns):
        callback: Any = pattern.callback
        yield route, getattr(callback, "cls", getattr(callback, "view_class", None))


def _walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


def filled(route: str, values: Mapping[str, Any]) -> str:
    """The path of a route; what `values` calls `path/name` wins over `name`."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        noun = route[: match.start()].rstrip("/").rpartition("/")[2]
        return str(values.get(f"{noun}/{name}", values.get(name)))

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)
