"""`manage.py recount`: whether the counts of every thread are what its rows say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.actions import recounting
from comments.models import Thread


class Command(BaseCommand):
    help = "Counts every thread again and compares. It changes nothing unless --repair is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="write the right counts, a thread at a time"
        )

    def handle(self, *args: Any, repair: bool = False, **options: Any) -> None:
        judge = recounting.repair if repair else recounting.compare
        threads, wrong = 0, 0
        for article_id in Thread.objects.order_by("pk").values_list("pk", flat=True).iterator():
            threads += 1
            for found in judge(article_id):
                wrong += 1
                name = found.model.__name__
                self.stdout.write(
                    f"{name} {found.subject}: {found.field} is {found.kept}, counted {found.counted}"
                )
        told = f"{threads} threads, {wrong} wrong counts"
        if wrong and not repair:
            raise CommandError(f"{told}. Run it again with --repair to mend them.")
        self.stdout.write(f"{told}{', repaired' if wrong else ''}.")
