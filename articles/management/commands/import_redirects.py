"""`manage.py import_redirects FILE`: makes redirects of a CSV file's rows, all of them or none.

A row is `path,target`; the target is another path, or the id of an article. Reading a file twice changes nothing.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.actions import Destination, import_redirects
from articles.resolving import normalised
from cms.errors import InvalidContent, WrongState

HEADER = ["path", "target"]
Row = tuple[int, str, Destination]


class Command(BaseCommand):
    help = "Makes redirects of the rows `path,target` of a CSV file (UTF-8), all of them or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="rows of an old path and a path or an article's id")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        rows, wrong = self._read(options["file"])
        if not wrong:
            wrong = self._write(rows, keep=not options["dry_run"])
        for line, sentence in sorted(wrong):
            self.stderr.write(f"{line}: {sentence}")
        if wrong:
            raise CommandError(f"{len(wrong)} of the lines cannot be read. Nothing was changed.")
        self.stdout.write("Nothing was changed." if options["dry_run"] else "Done.")

    def _read(self, file: Path) -> tuple[list[Row], list[tuple[int, str]]]:
        rows: list[Row] = []
        wrong: list[tuple[int, str]] = []
        first_at: dict[str, int] = {}
        for line, cells in _lines(file):
            try:
                path, to = _parsed(cells)
                if path in first_at:
                    raise ValueError(f"Line {first_at[path]} has this path already.")
                first_at[path] = line
                rows.append((line, path, to))
            except ValueError as error:
                wrong.append((line, str(error)))
        return rows, wrong

    def _write(self, rows: list[Row], *, keep: bool) -> list[tuple[int, str]]:
        """What is wrong with which line; with nothing wrong each line is reported."""
        try:
            with transaction.atomic():
                outcomes = import_redirects(rows=[(path, to) for _, path, to in rows])
                transaction.set_rollback(not keep)
        except InvalidContent as error:
            return [(rows[int(str(found.pointer)[1:])][0], found.detail) for found in error.errors]
        except WrongState as error:
            return [(line, error.detail) for line, path, _ in rows if path == error.extra["path"]] or [
                (rows[0][0], error.detail)
            ]
        for (line, path, to), outcome in zip(rows, outcomes, strict=True):
            self.stdout.write(f"{line}: {path} -> {to.article_id or to.target}: {outcome}")
        return []


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows, without the header and without empty lines."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            for cells in reader:
                stripped = [cell.strip() for cell in cells]
                if any(stripped) and not (reader.line_num == 1 and stripped == HEADER):
                    yield reader.line_num, stripped
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"The file cannot be read as CSV in UTF-8: {error}") from None


def _parsed(cells: list[str]) -> tuple[str, Destination]:
    if len(cells) != len(HEADER):
        raise ValueError("A row has two cells: the old path, and a path or an article's id.")
    path = normalised(cells[0])
    to = _destination(cells[1])
    if to.target == path:
        raise ValueError("It leads to itself.")
    return path, to


def _destination(cell: str) -> Destination:
    if cell.startswith("/"):
        return Destination(target=normalised(cell))
    try:
        return Destination(UUID(cell))
    except ValueError:
        raise ValueError(
            "The target is neither a path that begins with a slash nor an article's id."
        ) from None
