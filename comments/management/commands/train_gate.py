"""`manage.py train_gate`: the site's own decisions become one more check of the gate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import clock
from comments.gate import training


class Command(BaseCommand):
    help = (
        "Learns from what this site's moderators called spam and what they published. Nothing leaves the site; "
        "run it again when many more decisions have been made."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            learned = training.train(now=clock.read_instant())
        except training.TooFewDecisions as error:
            raise CommandError(
                f"There are {error.spam} replies called spam and {error.published} published by a person; "
                f"{training.FEWEST} of each are needed. Nothing was changed."
            ) from None
        self.stdout.write(
            f"Learned from {learned.spam_count} replies called spam and {learned.published_count} published."
        )
