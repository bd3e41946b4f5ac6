"""Parts of a text that seem to need a content note: families of words for each type, counted part by part.

A note is a kindness to whoever chooses, not a shield (references charles2022typology, bridgland2023warnings), so that
this is advice and counts words; whether one is needed is for whoever reads the part.
"""

import re
from collections import Counter
from collections.abc import Iterator

from articles.checks.examined import BODY, Examined, Finding

ENOUGH = 3
"""How many words of one family in one part, from heading to heading, ask for a note."""

FAMILIES = {
    # type: how its words begin, in English and French, folded
    "violence": ("assault", "beaten", "stabb", "murder", "torture", "poignard", "meurtr", "tabass"),
    "sexual-violence": ("rape", "raping", "rapist", "molest", "viol", "incest", "inceste"),
    "abuse": ("abused", "abuser", "abusive", "maltrait", "battered", "neglected"),
    "war-combat": ("combat", "battlefield", "bombing", "bombard", "shelling", "grenade", "ambush", "sniper"),
    "suicide-self-harm": ("suicid", "selfharm", "automutil"),
    "substance-use": ("overdos", "surdos", "heroin", "cocain", "injecting", "binge", "intoxicat", "drunk"),
    "death-bereavement": (
        "died",
        "dying",
        "corpse",
        "funeral",
        "grief",
        "griev",
        "bereave",
        "deuil",
        "decede",
    ),
    "medical-procedure": ("surger", "surgical", "amputat", "incision", "scalpel", "intubat", "chirurg"),
    "mental-health-crisis": (
        "psychosis",
        "psychotic",
        "hallucinat",
        "delusion",
        "mania",
        "psychose",
        "delir",
    ),
}
NOT_MEANT = {
    "en": ("viol",),  # violence, violation, violet
    "fr": ("violen", "violet", "violon", "abusive", "grief"),
}
"""Beginnings that mean something else in a language."""

_FENCE = re.compile(r"\s*(:{3,})\s*(.*)")
_NOTE = re.compile(r"\bnotes=(\S+)")


def content_notes(examined: Examined) -> Iterator[Finding]:
    whole = {note["type"] for note in examined.content["content_notes"]}
    inside = _noted_lines(examined.content["body_markdown"])
    counts: Counter[tuple[int, str]] = Counter()
    reported = set(whole)
    for word in examined.words:
        for family in _families(word.text, examined.language):
            if family in inside.get(word.line, ()):
                continue
            counts[word.part, family] += 1
            if counts[word.part, family] == ENOUGH and family not in reported:
                reported.add(family)
                message = f"This part may need a content note of type {family}; no section or article note names it."
                yield Finding("content_note", "advice", message, BODY, word.line)


def _families(word: str, language: str) -> Iterator[str]:
    for family, beginnings in FAMILIES.items():
        if word.startswith(beginnings) and not _means_other(word, language):
            yield family


def _means_other(word: str, language: str) -> bool:
    return word.startswith(NOT_MEANT.get(language, ()))


def _noted_lines(source: str) -> dict[int, frozenset[str]]:
    """By line, from 1, the types of note that the sections around it carry."""
    noted: dict[int, frozenset[str]] = {}
    opened: list[tuple[int, frozenset[str]]] = []
    for number, line in enumerate(source.split("\n"), 1):
        if fence := _FENCE.match(line):
            colons, info = len(fence[1]), fence[2].strip()
            if info:
                around = opened[-1][1] if opened else frozenset()
                opened.append((colons, around | _types(info)))
            else:
                while opened and opened.pop()[0] > colons:
                    continue
        if opened:
            noted[number] = opened[-1][1]
    return noted


def _types(info: str) -> frozenset[str]:
    found = _NOTE.search(info)
    return frozenset(part.partition(":")[0] for part in found[1].split(",")) if found else frozenset()
