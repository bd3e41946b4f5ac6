"""`manage.py resanitize`: today's sanitiser over all stored bytes, after an upgrade of it or a weakness found in it.

It may be stopped at any moment and run again, and run beside a serving site: what was done is not done twice.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions import resanitising


class Command(BaseCommand):
    help = (
        "Re-renders public texts that today's sanitiser would change, and suppresses such texts of the past."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        parser.add_argument(
            "--after", default="", help="go on after this hash, which a stopped run has printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        see_to = self._count if options["dry_run"] else self._mend
        seen = found = 0
        last, failed = options["after"], 0
        while batch := resanitising.look(after=last):
            seen, found, last = seen + batch.count, found + len(batch.unsafe), batch.last
            self.stdout.write(f"{seen} looked at, {found} would be changed; last {last}.")
            if batch.unsafe:
                failed += see_to(batch.unsafe)
        if failed:
            raise CommandError(f"{failed} articles could not be seen to; the log says why. Run it again.")
        self.stdout.write(f"Done: {seen} documents looked at, {found} of them unsafe by today's rules.")

    def _count(self, unsafe: frozenset[str]) -> int:
        self.stdout.write(f"{len(resanitising.shown_unsafe(unsafe))} articles show them within reach.")
        return 0

    def _mend(self, unsafe: frozenset[str]) -> int:
        done = resanitising.mend(unsafe)
        self.stdout.write(
            f"{len(done.rerendered)} articles re-rendered, {done.suppressed} past publications suppressed."
        )
        return len(done.failed)
