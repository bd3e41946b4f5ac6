"""Which addresses the fast lane looks at: those whose view says that it may (`DeliveryView.leased`)."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from cms.delivery import DeliveryView

_NAMED = re.compile(r"\(\?P<\w+>")


def leased_paths(watched: int | None) -> re.Pattern[str]:
    """One expression that matches the paths of the leased views that watch this generation, or none (None).

    As WSGI gives paths in PATH_INFO.
    """
    found = "|".join(_expressions(get_resolver().url_patterns, "", watched))
    return re.compile(f"/(?:{found})" if found else r"(?!)")


def _expressions(patterns: list[Any], before: str, watched: int | None) -> Iterator[str]:
    for pattern in patterns:
        expression = before + _plain(pattern)
        if isinstance(pattern, URLResolver):
            yield from _expressions(pattern.url_patterns, expression, watched)
        elif (view := _leased(pattern)) and view.watched == watched:
            yield expression


def _plain(pattern: URLPattern | URLResolver) -> str:
    """The route's expression without anchors and names: several of them stand in one."""
    written = pattern.pattern.regex.pattern.removeprefix("^").removesuffix(r"\Z").removesuffix("$")
    return _NAMED.sub("(?:", written)


def _leased(pattern: URLPattern) -> type[DeliveryView] | None:
    """Said by the view's own class, never inherited: a view that shows more must not inherit the right to be kept."""
    view = getattr(pattern.callback, "view_class", None)
    if isinstance(view, type) and issubclass(view, DeliveryView) and vars(view).get("leased"):
        return view
    return None
