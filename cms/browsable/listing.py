"""A list's answer as lines for people: what each item is called, where it is, and a few facts about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import Resolver404, resolve

from cms.browsable.zone import Beside, moment, no_instant

NAMES = (
    "title",
    "name",
    "text",
    "message",
    "username",
    "label",
    "key",
    "slug",
    "verb",
    "decision",
    "number",
    "id",
)
NO_FACTS = {"id", "href", "url", "slug", "etag", "parent"}
FACTS = 6
LONGEST_NAME, LONGEST_FACT = 120, 60


@dataclass(frozen=True)
class Fact:
    """A member by its name. An instant has a `moment` and, perhaps, what is shown `beside` it."""

    name: str
    value: str
    moment: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Line:
    """One item of a list; `facts` are members with short plain values."""

    name: str
    href: str
    facts: tuple[Fact, ...]


def lines(value: Any, path: str, beside: Beside = no_instant) -> list[Line] | None:
    """One line for each of `results`; None when the answer is no list."""
    if not isinstance(value, Mapping) or not isinstance(value.get("results"), list):
        return None
    return [_line(item, path, beside) for item in value["results"] if isinstance(item, Mapping)]


def choices(parameters: Mapping[str, Any], query: QueryDict) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """For each parameter with fixed values: its name, and each value, its address, and whether it is chosen."""
    return [
        (name, _choices(query, name, parameter))
        for name, parameter in parameters.items()
        if parameter.schema.get("type") == "string" and parameter.schema.get("enum")
    ]


def search(parameters: Mapping[str, Any], query: QueryDict) -> dict[str, Any] | None:
    """What the search box needs, where the list takes words: its text, its hint, and what else stays chosen."""
    if "q" not in parameters:
        return None
    kept = [(name, query[name]) for name in query if name not in ("q", "cursor")]
    return {"text": query.get("q", ""), "hint": parameters["q"].description, "kept": kept}


def _line(item: Mapping[str, Any], path: str, beside: Beside) -> Line:
    named = next((name for name in NAMES if isinstance(item.get(name), str | int) and item[name] != ""), "")
    text = str(item.get(named, "")) or "Untitled"
    short = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
    facts = [
        _fact(name.replace("_", " "), str(value).lower() if isinstance(value, bool) else str(value), beside)
        for name, value in item.items()
        if name not in NO_FACTS | {named} and _is_fact(value)
    ]
    return Line(short, _address(item, path), tuple(facts[:FACTS]))


def _fact(name: str, value: str, beside: Beside) -> Fact:
    local = beside(value)
    return Fact(name, value) if local is None else Fact(name, value, moment(value), local)


def _is_fact(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and 0 < len(value) <= LONGEST_FACT)


def _address(item: Mapping[str, Any], path: str) -> str:
    """The item's own `href` when it is on this host, else its id beneath the list, where that is an address."""
    own = item.get("href")
    if isinstance(own, str) and own.startswith("/") and not own.startswith("//"):
        return own
    guess = f"{path.rstrip('/')}/{item.get('id', '')}"
    try:
        resolve(guess)
    except Resolver404:
        return ""
    return guess


def _choices(query: QueryDict, name: str, parameter: Any) -> list[tuple[str, str, bool]]:
    """Every value with the address that chooses it; without a default also none of them."""
    default = parameter.default or ""
    chosen = query.get(name, default)
    values = parameter.schema["enum"] if default else ["", *parameter.schema["enum"]]
    return [(value or "any", _with(query, name, value), value == chosen) for value in values]


def _with(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    for dropped in ("cursor", name):
        changed.pop(dropped, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
