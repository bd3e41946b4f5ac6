"""`manage.py train_gate [--dry-run]`: the site's own decisions become one more check of the gate."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import clock
from comments.gate import training


class Command(BaseCommand):
    help = (
        "Learns from what this site's moderators called spam and what they published. Nothing leaves the site; "
        "run it again when many more decisions have been made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print what it would be worth; store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.writelines(f"{line}\n" for line in _lines(training.rehearse()))
            if options["dry_run"]:
                self.stdout.write("Nothing was stored.")
                return
            learned = training.train(now=clock.read_instant())
        except training.TooFewDecisions as error:
            raise CommandError(
                f"There are {error.spam} replies called spam and {error.published} published by a person; "
                f"{training.FEWEST} of each are needed. Nothing was changed."
            ) from None
        self.stdout.write(
            f"Learned from {learned.spam_count} replies called spam and {learned.published_count} published."
        )


def _lines(worth: training.Rehearsal) -> Iterator[str]:
    yield f"Held, each judged by what the decisions outside its own {training.FOLDS}th part teach:"
    yield f"  called spam: {worth.spam_held} of {worth.spam} ({worth.spam_held / worth.spam:.2%})"
    share = worth.published_held / worth.published
    yield f"  published: {worth.published_held} of {worth.published} ({share:.2%})"
