"""`manage.py measure_gate DIR [--json]`: what the gate holds of labelled replies, and how long it takes."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comments.gate.measuring import CRISIS_LABELS, Figures, Spent, Tally, measure, together


class Command(BaseCommand):
    help = (
        "Prints how much of DIR/replies.jsonl (one JSON object a line: source, label, text) the gate grades, holds "
        "and lets pass, and how long it takes. Prints none of the texts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            figures = measure(options["folder"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(
                f"The folder's replies.jsonl cannot be read: {type(error).__name__}."
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(_document(figures), indent=2))
            return
        self.stdout.writelines(f"{line}\n" for line in _lines(figures))


def _document(figures: Figures) -> dict[str, Any]:
    return {
        "replies": [
            {"source": source, "label": label, **tally.as_document()}
            for (source, label), tally in sorted(figures.tallies.items())
        ],
        "milliseconds": {
            "database": connection.vendor,
            "usual_median": figures.usual_median.as_document(),
            "usual_longest": figures.usual_longest.as_document(),
            "worst": {"text": figures.worst[0], **figures.worst[1].as_document()},
        },
    }


def _lines(figures: Figures) -> Iterator[str]:
    tallies = figures.tallies
    sources = {source for source, _ in tallies}
    yield "Crisis, concern or higher"
    yield _line("Ideation, Behavior, Attempt", together(tallies, sources, CRISIS_LABELS), "concern")
    for label in (*CRISIS_LABELS, "Indicator", "Supportive"):
        yield _line(label, together(tallies, sources, [label]), "concern")
    yield _line("dreaddit, genuine", together(tallies, ["dreaddit"], ["genuine"]), "concern")
    yield "Sellers"
    yield _line("genuine", together(tallies, sources, ["genuine"]), "sellers")
    yield "Spam, held or marked"
    yield _line("spam", together(tallies, sources, ["spam"]), "spam")
    for source in sorted(sources):
        yield _line(f"{source}, genuine", together(tallies, [source], ["genuine"]), "spam")
    both = together(tallies, ["dreaddit", "counselchat"], ["genuine"])
    yield _line("dreaddit and counselchat, genuine", both, "spam")
    yield "Held by any check"
    for (source, label), tally in sorted(tallies.items()):
        yield _line(f"{source}, {label}", tally, "held")
    everything = together(tallies, sources, {label for _, label in tallies})
    yield f"A check failed on {everything.failed} of {everything.entries}"
    yield f"Milliseconds for the whole gate, on {connection.vendor}: of the processor (by the clock)"
    median, longest, (name, worst) = figures.usual_median, figures.usual_longest, figures.worst
    yield f"  2,000 characters: median {_times(median)}, longest {_times(longest)}"
    yield f"  10,000 characters, the worst ({name}): {_times(worst)}"


def _times(spent: Spent) -> str:
    return f"{spent.processor:.2f} ({spent.clock:.2f})"


def _line(name: str, tally: Tally, what: str) -> str:
    count = getattr(tally, what)
    share = f"{count / tally.entries:.2%}" if tally.entries else "none there"
    return f"  {name}: {count} of {tally.entries} ({share})"
