"""The result as one table for people, and as JSON for whoever compares runs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.cases import SLUGS
from benchmarks.measuring import Line, Result

LIMITS = {"L1": "L1 constant 6 kB", "L2": "L2 one look-up", "L3": "L3 serializer", "W": "W one insert"}
OF_WRITES = {"W": LIMITS["W"]}
"""What cases that write are held against; all others are held against the rest."""
PASTS = {
    "article, a year ago": f"article, {SLUGS:,} slugs in turn",
    "article, past, not in memory": "article, not in memory",
    "list, past pages, not in memory": "list, pages, not in memory",
}
"""What is asked of the past, and of the present that it is held against: it may cost three times as much."""
BEGINS, ENDS = "<!-- figures -->", "<!-- end of figures -->"
NAMES = 46
"""Letters that the longest name of a case has."""
HEAD = f"{'':<{NAMES}} {'conn':>4} {'/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'errors':>6}"


def table(result: Result) -> Iterator[str]:
    """Lines to print: every case, with what it is of each limit at as many connections; then the memory."""
    rates = {(line.case, line.connections): line.figures.rate for line in result.lines}
    yield f"{result.database}  {result.megabytes:,.0f} MB"
    yield HEAD + "".join(f" {'x ' + name:>7}" for name in LIMITS)
    for line in result.lines:
        figures = line.figures
        errors = figures.refused + figures.failed
        yield (
            f"{line.case:<{NAMES}} {line.connections:>4} {figures.rate:>10,.1f} {figures.p50:>9,.2f} "
            f"{figures.p99:>9,.2f} {errors:>6}" + "".join(_of_limits(line, rates))
        )
    yield from _pasts(rates)
    yield f"{sum(line.figures.requests for line in result.lines):,} answers in all"
    for name, memory in result.memory.items():
        yield f"{name:<{NAMES}} {memory.processes} processes, RSS {memory.rss:,.0f} MB, PSS {memory.pss:,.0f} MB"


def _pasts(rates: dict[tuple[str, int], float]) -> Iterator[str]:
    for (case, connections), rate in rates.items():
        present = rates.get((PASTS.get(case, ""), connections))
        if present and rate:
            yield f"{case:<{NAMES}} {connections:>4}   costs {present / rate:.2f} times {PASTS[case]}"


def _of_limits(line: Line, rates: dict[tuple[str, int], float]) -> Iterator[str]:
    for short, name in LIMITS.items():
        limit = rates.get((name, line.connections))
        meant = (short in OF_WRITES) == line.writes
        yield f" {line.figures.rate / limit:>7.2f}" if limit and meant else f" {'':>7}"


def document(result: Result) -> dict[str, Any]:
    """The same as JSON, with nothing of the machine but the figures."""
    return {
        "database": result.database,
        "megabytes": round(result.megabytes, 1),
        "seeding": result.seeding.splitlines(),
        "lines": [
            {"case": line.case, "connections": line.connections, **asdict(line.figures)}
            for line in result.lines
        ],
        "memory": {name: asdict(memory) for name, memory in result.memory.items()},
    }


def put_into(page: str, results: Sequence[Result]) -> str:
    """The text of a page with the tables in the place of those it holds. Raises ValueError without the marks."""
    before, began, rest = page.partition(BEGINS)
    _, ended, after = rest.partition(ENDS)
    if not began or not ended:
        raise ValueError(f"The page has no place for figures: {BEGINS} … {ENDS}")
    tables = "\n\n".join("\n".join(line.rstrip() for line in table(result)) for result in results)
    return f"{before}{began}\n```text\n{tables}\n```\n{ended}{after}"


def errors(result: Result) -> int:
    """Answers above 399 and broken requests of the whole run: there should be none."""
    return sum(line.figures.refused + line.figures.failed for line in result.lines)
