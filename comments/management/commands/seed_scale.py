"""`manage.py seed_scale`: a made-up site of any size into an empty database, for measuring and for trying out."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.scale.texts import SHORTEST, WORDS
from cms.errors import WrongState
from comments.scale.seeding import Size, seed


class Command(BaseCommand):
    help = "Writes made-up articles with their past, and replies, into a database without articles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=_at_least(1), required=True, help="how many articles")
        parser.add_argument("--versions", type=_at_least(1), default=3, help="versions of each (default 3)")
        parser.add_argument(
            "--comments", type=_at_least(0), default=0, help="replies, half of them to one article"
        )
        parser.add_argument(
            "--topics", type=_at_least(1), default=24, help="topics of the catalogue (default 24)"
        )
        parser.add_argument(
            "--words", type=_at_least(SHORTEST), default=WORDS, help=f"words of a text (default {WORDS})"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="another number makes another site (default 1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.ending = ""  # the bar is drawn over itself
        names = ("articles", "versions", "comments", "topics", "seed", "words")
        try:
            seed(Size(**{name: options[name] for name in names}), self.stdout)
        except WrongState as error:
            raise CommandError(str(error)) from None
        if connection.vendor == "postgresql":  # as its autovacuum does sooner or later
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def _at_least(least: int) -> Any:
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"at least {least}")
        return value

    return number
