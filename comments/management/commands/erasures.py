"""`manage.py erasures`: the ledger of erasures as lines of kind, id and instant; and erasing again what it lists.

Replaying may be stopped at any moment, run again, and run twice at once.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms import clock
from cms.errors import DomainError
from cms.models import AuditEntry
from comments import ledger
from comments.actions import replay


class Command(BaseCommand):
    help = "Prints the erasures that this database knows of, or erases again what a ledger lists."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("export", help="print the erasures of this database, the oldest first")
        again = verbs.add_parser(
            "replay", help="erase what the ledger lists and a restored backup brought back"
        )
        again.add_argument("file", nargs="?", help="another ledger than this server's; - for standard input")
        again.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export()
        else:
            self._replay(**{name: options[name] for name in ("file", "dry_run", "verbosity")})

    def _export(self) -> None:
        done = AuditEntry.objects.filter(verb="comment.erase").order_by("id")
        for subject, at in done.values_list("subject", "at").iterator():
            self.stdout.write(ledger.Entry("comment", subject, at).line, ending="")

    def _replay(self, *, file: str | None, dry_run: bool, verbosity: int) -> None:
        entries = _entries(file)
        if dry_run:
            count = sum(1 for _ in replay.behind(entries))
            self.stdout.write(f"{count} would be erased again.")
            return
        try:
            count = replay.replay(entries, now=clock.read_instant())
        except DomainError as error:
            raise CommandError(f"{error} Run it again; what was erased so far stays erased.") from None
        if count or verbosity:
            self.stdout.write(f"{count} erased again, as the ledger of erasures says.")


def _entries(file: str | None) -> list[ledger.Entry]:
    """Raises CommandError for a file that is not there."""
    if file == "-":
        return [entry for line in sys.stdin if (entry := ledger.parsed(line))]
    if file and not Path(file).exists():
        raise CommandError(f"There is no file {file}.")
    return list(ledger.entries(Path(file) if file else ledger.place()))
