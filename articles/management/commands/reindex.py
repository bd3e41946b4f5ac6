"""`manage.py reindex`: makes the search index again from stored documents.

It may be stopped at any moment, run again, and run beside a serving site: it goes on with what is missing.
"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from articles.searching import indexing
from cms import clock, transactions

BATCH = 100


class Command(BaseCommand):
    help = "Indexes for search what is not indexed yet, or was by an earlier release; drops what is over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="index everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        after: UUID | None = None
        done = 0
        while ids := self._batch(after, everything=options["all"]):
            after, done = ids[-1], done + len(ids)
            self.stdout.write(f"{done} indexed.")
        dropped = transactions.run(lambda: indexing.tidy(clock.read_instant()))
        self.stdout.write(f"{done} indexed in all, {dropped} that are over dropped.")

    def _batch(self, after: UUID | None, *, everything: bool) -> list[UUID]:
        choose = indexing.renew_all if everything else indexing.renew_missing
        return transactions.run(lambda: choose(after, BATCH))
