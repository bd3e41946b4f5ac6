"""Figures of the gate: how much of a folder of labelled replies each kind of check holds, and how long it takes.

Reads and counts; keeps no text and prints none.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from comments.gate import Reply, Ruling, hostile, run

CRISIS_LABELS = ("Ideation", "Behavior", "Attempt")
SPAM_RULES = frozenset({"links", "sellers", "promotion", "repeated", "learned"})
USUAL, LONGEST = 2_000, 10_000
SAMPLES = 25
_OPEN = "publish"


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


@dataclass(frozen=True)
class Figures:
    """`tallies` by (source up to its colon, label); times in milliseconds of the processor, `worst` with its name."""

    tallies: Mapping[tuple[str, str], Tally]
    usual_median: float
    usual_longest: float
    worst: tuple[str, float]


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
    usual = [_milliseconds(text) for text in _of_usual_length(sample)]
    worst = max(
        ((name, _milliseconds(text)) for name, text in hostile.texts(LONGEST)), key=lambda one: one[1]
    )
    return Figures(tallies, median(usual), max(usual), worst)


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


def _milliseconds(text: str) -> float:
    """The best of three, in time of this process: what the gate needs, not what else the machine was doing."""
    return min(_once(text) for _ in range(3))


def _once(text: str) -> float:
    start = process_time()
    run(Reply(text, policy=_OPEN))
    return (process_time() - start) * 1000
