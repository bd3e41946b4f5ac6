"""What the desk's pages say in words: how long something waits, what its grade and its kinds are called. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.markdown.labels import ENGLISH

GRADES = {
    "none": "",
    "mention": "Speaks of self-harm",
    "concern": "May be about themselves: self-harm",
    "immediate": "May be in danger now",
}
"""A grade in words. They say what words suggest, never what is."""

WAITING = {**GRADES, "none": "Everything else"}
"""Beside what waits, where the grade that says nothing needs a name too."""

STATES = {
    "held": "Not public",
    "published": "Public",
    "rejected": "Not published",
    "spam": "Spam",
    "removed": "Removed",
    "deleted": "Erased by its author",
}
_STEPS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@dataclass(frozen=True)
class Row:
    """A reply's document with the words that its members have on a page.

    `reads`: for how long somebody still reads it. `calls`: what is open about it. `alone`: it is not
    decided among many. `named`: how long ago the person whom it names erased what it answers.
    """

    document: Mapping[str, Any]
    state: str
    grade: str
    waits: str
    reads: str
    kinds: str
    calls: str
    named: str
    alone: bool


def row(document: Mapping[str, Any], now: datetime) -> Row:
    state = STATES[document["state"]]
    if document["waiting"] and document["state"] == "published":
        state = "Public, an edit waits"
    return Row(
        document=document,
        state=state,
        grade=GRADES[document["grade"]],
        waits="" if document["waiting_seconds"] is None else how_long(document["waiting_seconds"]),
        reads=until(document["claim"]["until"], now) if document["claim"] else "",
        kinds=kinds(label["kind"] for label in document["labels"]),
        calls=_calls(document["calls"]),
        named=_since(document["names_erased_since"], now),
        alone=document["grade"] != "none",
    )


@dataclass(frozen=True)
class AnswerRow:
    """An answer of the site's, with its state in words."""

    document: Mapping[str, Any]
    state: str


def answer_row(document: Mapping[str, Any]) -> AnswerRow:
    return AnswerRow(document, STATES[document["state"]])


@dataclass(frozen=True)
class Waited:
    """One grade's line of how long replies wait. Empty is nothing to tell."""

    name: str
    waiting: int
    longest: str
    decided: int
    half: str
    most: str


def waited(line: Mapping[str, Any]) -> Waited:
    """Of one line of `comments.waits.summary`."""
    decided = line["decided"]
    return Waited(
        name=WAITING[line["grade"]],
        waiting=line["count"],
        longest=_spent(line["longest_seconds"]),
        decided=decided["count"],
        half=_spent(decided["median_seconds"]),
        most=_spent(decided["p90_seconds"]),
    )


def _spent(seconds: int | None) -> str:
    return "" if seconds is None else how_long(seconds)


def _calls(counts: Mapping[str, int]) -> str:
    """`2 reports, 1 appeal`: what is open about a reply beside a text that waits."""
    said = ((counts[name], name) for name in ("escalations", "reports", "appeals"))
    return ", ".join(f"{number} {name[:-1] if number == 1 else name}" for number, name in said if number)


def _since(instant: str | None, now: datetime) -> str:
    if instant is None:
        return ""
    return how_long(max(0, int((now - datetime.fromisoformat(instant)).total_seconds())))


def until(instant: str, now: datetime) -> str:
    """How long it still is until an instant (RFC 3339)."""
    return how_long(max(0, int((datetime.fromisoformat(instant) - now).total_seconds())))


def how_long(seconds: int) -> str:
    """In the largest unit that fits: `3 hours`."""
    for length, name in _STEPS:
        if number := seconds // length:
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def kinds(names: Iterable[str]) -> str:
    """`death and bereavement, violence`."""
    return ", ".join(ENGLISH.notes[name] for name in names)
