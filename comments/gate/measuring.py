"""Figures of the gate: how much of a folder of labelled replies each kind of check holds, and how long it takes.

Reads and counts; keeps no text and prints none.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from comments.gate import Arrival, Reply, Ruling, hostile, run

CRISIS_LABELS = ("Ideation", "Behavior", "Attempt")
SPAM_RULES = frozenset({"links", "sellers", "promotion", "repeated", "learned"})
USUAL, LONGEST = 2_000, 10_000
SAMPLES = 25
_OPEN, _NAME, _WEBSITE = "publish", "Pieter van Dam", "https://reader.example/about"


@dataclass
class Tally:
    """What was held of the replies of one source and label. `entries` are people where a person has several texts."""

    entries: int = 0
    concern: int = 0
    spam: int = 0
    sellers: int = 0
    held: int = 0
    failed: int = 0
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, rulings: Iterable[Ruling]) -> None:
        rulings = list(rulings)
        verdicts = [verdict for ruling in rulings for verdict in ruling.verdicts]
        rules = {verdict.rule for verdict in verdicts}
        self.entries += 1
        self.concern += any(ruling.grade >= 2 for ruling in rulings)
        self.spam += not SPAM_RULES.isdisjoint(rules)
        self.sellers += "sellers" in rules
        self.held += any(ruling.holds for ruling in rulings)
        self.failed += any(verdict.version == 0 for verdict in verdicts)
        self.rules.update(rules)

    def as_document(self) -> dict[str, Any]:
        counts = {name: getattr(self, name) for name in ("concern", "spam", "sellers", "held", "failed")}
        return {"entries": self.entries, **counts, "rules": dict(sorted(self.rules.items()))}


@dataclass(frozen=True, order=True)
class Spent:
    """Milliseconds: of this process's processor, and by the clock, with the waiting for the database."""

    processor: float
    clock: float

    def as_document(self) -> dict[str, float]:
        return {"processor": round(self.processor, 2), "clock": round(self.clock, 2)}


@dataclass(frozen=True)
class Figures:
    """`tallies` by (source up to its colon, label); `worst` names the text that takes longest, and how long."""

    tallies: Mapping[tuple[str, str], Tally]
    usual_median: Spent
    usual_longest: Spent
    worst: tuple[str, Spent]


def measure(folder: Path) -> Figures:
    """Figures for `folder/replies.jsonl`: one JSON object a line with `source`, `label` and `text`.

    `text` is a string, or a list of strings: all that one person wrote. Raises OSError, ValueError and KeyError for
    what cannot be read.
    """
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    sample: list[str] = []
    for source, label, texts in _entries(folder / "replies.jsonl"):
        tallies[source, label].add(run(Reply(text, policy=_OPEN)) for text in texts)
        sample.extend(texts[:1])
    usual = sorted(_spent(text) for text in _of_usual_length(sample))
    worst = max(((name, _spent(text)) for name, text in hostile.texts(LONGEST)), key=lambda one: one[1])
    return Figures(tallies, usual[len(usual) // 2], usual[-1], worst)


def together(
    tallies: Mapping[tuple[str, str], Tally], sources: Iterable[str], labels: Iterable[str]
) -> Tally:
    """The sum of the tallies of some sources and labels."""
    total = Tally()
    wanted = {(source, label) for source in sources for label in labels}
    for key, tally in tallies.items():
        if key in wanted:
            for name in ("entries", "concern", "spam", "sellers", "held", "failed"):
                setattr(total, name, getattr(total, name) + getattr(tally, name))
            total.rules.update(tally.rules)
    return total


def _entries(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    with path.open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            entry = json.loads(line)
            text = entry["text"]
            yield entry["source"].split(":")[0], entry["label"], text if isinstance(text, list) else [text]


def _of_usual_length(sample: list[str]) -> list[str]:
    """Real texts, one after another, cut to the usual length; repeated where there are too few."""
    joined = "\n".join(sample) or "."
    joined *= SAMPLES * USUAL // len(joined) + 1
    return [joined[start * USUAL : (start + 1) * USUAL] for start in range(SAMPLES)]


def _spent(text: str) -> Spent:
    """The best of three of each: what the gate needs, not what else the machine was doing."""
    spent = [_once(text) for _ in range(3)]
    return Spent(min(one.processor for one in spent), min(one.clock for one in spent))


def _once(text: str) -> Spent:
    """As a form sends it: with all that any check looks at."""
    arrival = Arrival(article_id=UUID(int=0), at=datetime.now(UTC), form_token="kf_none")  # noqa: S106 - no token
    reply = Reply(text, _NAME, _WEBSITE, _OPEN, arrival=arrival)
    processor, clock = process_time(), perf_counter()
    run(reply)
    return Spent((process_time() - processor) * 1000, (perf_counter() - clock) * 1000)
