"""What the containers mean: callouts, claims and sections with content notes, from a fence's first line.

A wrong attribute is reported and never costs the text inside.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.markdown.containers import Heading, read_heading
from articles.markdown.marks import KEY
from articles.markdown.problems import ProblemLog
from articles.markdown.tree import Block, block

CALLOUT_VARIANTS = ("note", "tip", "important", "warning", "urgent")
# The four levels of GRADE: Guyatt et al., BMJ 2008;336:924.
CERTAINTIES = ("high", "moderate", "low", "very-low")
CONTENT_NOTE_TYPES = (
    "violence",
    "sexual-violence",
    "abuse",
    "war-combat",
    "suicide-self-harm",
    "substance-use",
    "death-bereavement",
    "medical-procedure",
    "mental-health-crisis",
    "disturbing-imagery",
    "flashing",
)
ATTRIBUTES = {
    "callout": ("type", "title"),
    "claim": ("certainty", "population", "refs"),
    "section": ("notes", "summary"),
}

_REFERENCE = re.compile(KEY)
_NOTE = re.compile(rf"({'|'.join(CONTENT_NOTE_TYPES)}):([123])")


@dataclass(frozen=True, slots=True)
class _Container:
    heading: Heading
    children: list[Block]
    line: int
    excerpt: str
    log: ProblemLog

    def value(self, name: str) -> str:
        return self.heading.attributes.get(name, "")

    def wrong(self, reason: str) -> None:
        self.report("container-attribute", name=self.heading.name, reason=reason)

    def report(self, code: str, **details: object) -> None:
        self.log.add(code, line=self.line, excerpt=self.excerpt, **details)


def directive(info: str, children: list[Block], *, line: int, log: ProblemLog) -> list[Block]:
    """Return the block that a container makes of its children, or the children where it makes none."""
    found = _Container(read_heading(info), children, line, f"::: {info}", log)
    build = _BUILDERS.get(found.heading.name)
    if build is None:
        found.report("container-unknown", name=found.heading.name or info)
        return children
    _judge_attributes(found)
    if not children:
        found.report("empty-block", type=found.heading.name)
        return []
    return build(found)


def _judge_attributes(found: _Container) -> None:
    known = ATTRIBUTES[found.heading.name]
    for name in found.heading.attributes:
        if name not in known:
            found.wrong(f"there is no {name}; there are {', '.join(known)}.")
    for name in found.heading.repeated:
        found.wrong(f"{name} is given twice; the first counts.")
    if found.heading.rest:
        found.wrong(f'“{found.heading.rest}” could not be read; write name=value or name="a value".')


def _callout(found: _Container) -> list[Block]:
    variant = found.value("type")
    if variant not in CALLOUT_VARIANTS:
        found.wrong(f"type is one of {', '.join(CALLOUT_VARIANTS)}; it is shown as a note.")
        variant = "note"
    return [block("callout", variant=variant, title=found.value("title"), blocks=found.children)]


def _claim(found: _Container) -> list[Block]:
    certainty, population = found.value("certainty"), found.value("population")
    references = _references(found)
    if not population:
        found.wrong("population says whom the evidence is about; it is missing.")
    if certainty not in CERTAINTIES:
        found.wrong(f"certainty is one of {', '.join(CERTAINTIES)}; the text is kept, not as a claim.")
        return found.children
    return [
        block(
            "claim",
            certainty=certainty,
            population=population,
            references=[{"key": key, "number": 0} for key in references],
            blocks=found.children,
        )
    ]


def _references(found: _Container) -> list[str]:
    keys = [key.strip() for key in found.value("refs").split(",") if key.strip()]
    valid = [key for key in dict.fromkeys(keys) if _REFERENCE.fullmatch(key)]
    for key in keys:
        if key not in valid:
            found.wrong(f"“{key}” in refs is no key of a reference.")
    if not valid:
        found.wrong("refs names the references that support the claim, as in refs=key1,key2; there is none.")
    return valid


def _section(found: _Container) -> list[Block]:
    summary, notes = found.value("summary"), _content_notes(found)
    if not summary:
        found.wrong("summary says, in one neutral sentence, what somebody skips; it is missing.")
    return [block("section", content_notes=notes, summary=summary, blocks=found.children)]


def _content_notes(found: _Container) -> list[dict[str, object]]:
    strongest: dict[str, int] = {}
    for written in filter(None, (part.strip() for part in found.value("notes").split(","))):
        match = _NOTE.fullmatch(written)
        if match is None:
            found.wrong(f"“{written}” in notes is not type:intensity, with a known type and 1, 2 or 3.")
            continue
        strongest[match[1]] = max(int(match[2]), strongest.get(match[1], 0))
    if not strongest:
        found.wrong("notes says what the section holds, as in notes=violence:2; there is none.")
    return [{"type": type, "intensity": intensity} for type, intensity in strongest.items()]


_BUILDERS: dict[str, Callable[[_Container], list[Block]]] = {
    "callout": _callout,
    "claim": _claim,
    "section": _section,
}
