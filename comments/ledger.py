"""The ledger of erasures: a file apart from the database, so that a restored backup is told what to erase again.

One line an erasure: what was erased, its id, the instant. No word, no name, no address.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from articles.rendering.times import rfc3339
from cms.errors import Unavailable

KINDS = ("comment", "contact")


@dataclass(frozen=True)
class Entry:
    """One erasure, as it was written down. `kind` is one of `KINDS`."""

    kind: str
    subject: UUID
    at: datetime

    @property
    def line(self) -> str:
        return f"{self.kind} {self.subject} {rfc3339(self.at)}\n"


def write(kind: str, subject: UUID, at: datetime) -> None:
    """Append an entry and wait until the disk has it. The last statement of an erasure, before it commits.

    An erasure that then fails to commit was asked for all the same: the next start erases it. Raises Unavailable.
    """
    path = place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _append(path, Entry(kind, subject, at).line.encode())
    except OSError as error:
        raise Unavailable(
            "The ledger of erasures cannot be written, so nothing was erased. Try again later."
        ) from error


def entries(path: Path) -> Iterator[Entry]:
    """What the ledger at `path` holds, the oldest first; nothing when there is none.

    A line that was torn by a crash is left out: its erasure did not commit.
    """
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if entry := parsed(line):
                yield entry


def parsed(line: str) -> Entry | None:
    """The entry that a line holds, if it holds one."""
    match line.split():
        case [kind, subject, at] if kind in KINDS and line.endswith("\n"):
            try:
                return Entry(kind, UUID(subject), datetime.fromisoformat(at))
            except ValueError:
                return None
    return None


def place() -> Path:
    return Path(settings.ERASURE_LEDGER)


def _append(path: Path, line: bytes) -> None:
    """One write at the end, so that writers at once do not mix; behind a torn line a new one begins."""
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(file).st_size
        torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        os.write(file, b"\n" + line if torn else line)
        os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """A new file is on the disk only with its folder's entry."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
