"""What one article's timeline must say, from nothing but the instants at which something else begins.

Pure Python, on purpose written another way than `articles.actions`: nothing is carried forward, everything is told
again from the whole list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

FAR = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """One revision: its number, what readers would see of it, and who wrote it."""

    number: int
    title: str
    slug: str
    medical: bool
    writer: str

    @property
    def content(self) -> tuple[str, str, bool]:
        return (self.title, self.slug, self.medical)


@dataclass(frozen=True)
class Begin:
    """An instant at which something else begins. `made` names the act that made it, an expiry shares it."""

    starts: datetime
    state: str
    text: Text
    update: str
    made: int
    topic: str
    reason: str = ""
    correction: str = ""
    glass: str = ""

    @property
    def is_readable(self) -> bool:
        return self.state != "gone"

    @property
    def counts(self) -> bool:
        """A rendering anew is no version of its own."""
        return self.update != "rerender"


@dataclass(frozen=True)
class Row:
    """One interval, and what is told of it."""

    begin: Begin
    until: datetime
    version: int
    published_at: datetime
    updated_at: datetime
    first_published_at: datetime
    corrections: tuple[tuple[str, int, int], ...]

    @property
    def starts(self) -> datetime:
        return self.begin.starts


def rows_of(begins: Sequence[Begin]) -> list[Row]:
    """The whole timeline, in the order of time."""
    order = sorted(begins, key=lambda begin: begin.starts)
    return [_row(order, index) for index in range(len(order))]


def _row(order: list[Begin], index: int) -> Row:
    run = _readable_run(order, index)
    published = run[0].starts if run else order[index].starts
    majors = [begin.starts for begin in run if begin.state == "live" and begin.update == "major"]
    return Row(
        begin=order[index],
        until=order[index + 1].starts if index + 1 < len(order) else FAR,
        version=version_at(order, index),
        published_at=published,
        updated_at=max([published, *majors]),
        first_published_at=order[0].starts,
        corrections=tuple(_corrections(order[: index + 1])),
    )


def version_at(order: list[Begin], index: int) -> int:
    return sum(begin.counts for begin in order[: index + 1])


def _readable_run(order: list[Begin], index: int) -> list[Begin]:
    """What was readable without a break, up to and with `index`; of something gone, the run that it ended."""
    last = index if order[index].is_readable else index - 1
    while last >= 0 and not order[last].is_readable:
        last -= 1
    first = last
    while first > 0 and order[first - 1].is_readable:
        first -= 1
    return order[first : last + 1] if last >= 0 else []


def _corrections(order: list[Begin]) -> Iterator[tuple[str, int, int]]:
    for index, begin in enumerate(order):
        note = begin.correction or begin.glass
        if note and index and begin.state == "live" and begin.counts:
            yield note, version_at(order, index - 1), version_at(order, index)
