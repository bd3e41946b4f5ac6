"""`manage.py bin`: what is in the bin; taking an article out of it; emptying it of what is 30 days old.

Emptying may be stopped at any moment and run again: each article goes in a transaction of its own.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions import binning
from articles.rendering.times import rfc3339
from cms import clock, transactions
from cms.errors import DomainError


class Command(BaseCommand):
    help = "Lists the bin, takes an article out of it, or deletes for good what has been in it for 30 days."

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--take-out", type=UUID, metavar="ID", help="put an article back on the desk")
        asked.add_argument("--empty", action="store_true", help="delete what is 30 days old, for good")
        asked.add_argument("--dry-run", action="store_true", help="list what --empty would delete")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["take_out"]:
            self._take_out(options["take_out"])
        elif options["empty"]:
            self._empty()
        else:
            self._list(binning.due(clock.now()) if options["dry_run"] else binning.in_bin())

    def _list(self, articles: Any) -> None:
        for article in articles.iterator():
            self.stdout.write(f"{article.pk}  {rfc3339(article.binned_at)}  {article.head_title}")

    def _take_out(self, article_id: UUID) -> None:
        try:
            transactions.run(lambda: binning.take_out(article_id=article_id, by=None, now=clock.now()))
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{article_id} is on the desk again.")

    def _empty(self) -> None:
        ids = list(binning.due(clock.now()).values_list("pk", flat=True))
        for article_id in ids:
            transactions.run(partial(_deleted, article_id))
        self.stdout.write(f"{len(ids)} deleted for good.")


def _deleted(article_id: UUID) -> None:
    binning.delete_for_good(article_id=article_id, by=None, now=clock.now())
