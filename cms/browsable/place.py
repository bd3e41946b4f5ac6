"""Where a page is, from the URL map: the way down to it, what lies beneath, and the same call for a terminal."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLResolver

ROOT = "/api/v1/"


@dataclass(frozen=True)
class Step:
    """One place: its name, and its address where it has one that answers."""

    name: str
    href: str = ""


def way_to(path: str) -> list[Step]:
    """The places from the root down to `path`, itself the last."""
    steps = [Step("API", ROOT)]
    if not path.startswith(ROOT):
        return [*steps, Step(name_of(path))]
    so_far = ROOT.rstrip("/")
    for segment in path.removeprefix(ROOT).strip("/").split("/"):
        if segment:
            so_far = f"{so_far}/{segment}"
            steps.append(Step(name_of(segment), so_far if _answers(so_far) else ""))
    return steps


def beneath(path: str) -> list[Step]:
    """Addresses one fixed segment further down: lists and actions that belong to what stands at `path`."""
    try:
        route = resolve(path).route
    except Resolver404:
        return []
    prefix = route.rstrip("/") + "/"
    tails = {found.removeprefix(prefix) for found in _routes() if found.startswith(prefix)}
    fixed = sorted(tail for tail in tails if tail and "/" not in tail and "<" not in tail)
    return [Step(name_of(tail), f"{path.rstrip('/')}/{tail}") for tail in fixed]


def name_of(segment: str) -> str:
    """A path segment as words: `review-requests` is `Review requests`. Ids stay as they are."""
    text = unquote(segment).strip("/")
    if any(character.isdigit() for character in text):
        return text
    return text.replace("-", " ").replace("_", " ").capitalize()


def as_curl(request: HttpRequest, method: str, *, signed_in: bool, if_match: str = "", body: str = "") -> str:
    """The command that makes the same call; the token stays a name, for the shell to fill in."""
    parts = ["curl"] if method == "GET" else ["curl", "-X", method]
    headers = ['-H "Authorization: Bearer $TOKEN"'] if signed_in else []
    if if_match:
        headers.append(f"-H {shlex.quote(f'If-Match: {if_match}')}")
    if body:
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        headers += [f"-H 'Content-Type: {kind}'", f"-d {shlex.quote(body)}"]
    address = shlex.quote(settings.PUBLIC_URL + request.get_full_path())
    return " ".join([*parts, *headers, address])


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@cache
def _routes() -> tuple[str, ...]:
    return tuple(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


def title_of(data: Any, path: str) -> str:
    """What the page is called: the document's own title or name, else the last step of its address."""
    if isinstance(data, dict):
        for member in ("title", "name"):
            if isinstance(data.get(member), str) and data[member].strip():
                return str(data[member])
    return way_to(path)[-1].name
