"""`manage.py retain`: ends what is kept no longer, by the clocks of settings.RETENTION. Tells numbers only.

Made to run every day, by the worker or by cron. It may be stopped at any moment, run again, and run twice at once.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cms import clock, retention


class Command(BaseCommand):
    help = "Deletes and empties what is kept no longer (settings.RETENTION)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell the numbers, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        told, now = ("over", clock.now()) if options["dry_run"] else ("ended", clock.now())
        for each in retention.clocks():
            number = retention.count(each, now) if options["dry_run"] else sum(retention.end(each, now))
            self.stdout.write(f"{each.name:<22} {_period(each.name):>10} {number:>9,} {told}")


def _period(name: str) -> str:
    days = settings.RETENTION[name]
    return "for ever" if days is None else f"{days} days"
