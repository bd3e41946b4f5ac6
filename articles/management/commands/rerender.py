"""`manage.py rerender`: re-renders what shows entries as they no longer are, until nothing does.

It may be stopped at any moment, run again, and run beside a serving site.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions import rerendering

BATCH = 100


class Command(BaseCommand):
    help = "Re-renders the articles that show a topic, person, reference or legal status as it no longer is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="look at every readable article: after an upgrade, or with another FRONTEND_URL_TEMPLATE",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            self._look_at_all()
        batch = self._batch()
        while batch.done and batch.left:
            batch = self._batch()
        if batch.left:
            raise CommandError(f"{batch.left} could not be re-rendered; the log says why. Run it again.")
        self.stdout.write("Nothing is out of date.")

    def _batch(self) -> rerendering.Batch:
        batch = rerendering.rerender_stale(limit=BATCH)
        self.stdout.write(f"{batch.done} re-rendered, {batch.left} left.")
        return batch

    def _look_at_all(self) -> None:
        ids = rerendering.readable()
        changed = failed = 0
        for begin in range(0, len(ids), BATCH):
            part = ids[begin : begin + BATCH]
            changed, failed = map(sum, zip((changed, failed), rerendering.rerender_each(part), strict=True))
            self.stdout.write(f"{begin + len(part)} of {len(ids)} looked at, {changed} re-rendered.")
        if failed:
            raise CommandError(f"{failed} could not be re-rendered; the log says why. Run it again.")
