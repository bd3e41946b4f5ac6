"""Telling whoever waits at a terminal how far a long command has come; elsewhere only what it came to."""

import time
from dataclasses import dataclass, field
from typing import Any, Protocol

WIDTH = 30
EVERY = 0.2
"""Seconds between two drawings."""


class Output(Protocol):
    """A stream of text, or a command's `stdout` whose `ending` is empty."""

    def write(self, text: str, /) -> Any: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool: ...


@dataclass
class Progress:
    """One stretch of work: `total` things of a kind. A bar is drawn over and over on a terminal only."""

    out: Output
    name: str
    total: int
    done: int = 0
    began: float = field(default_factory=time.monotonic)
    drawn: float = 0.0

    def advance(self, number: int) -> None:
        self.done += number
        if self.out.isatty() and time.monotonic() - self.drawn > EVERY:
            self.drawn = time.monotonic()
            self.out.write(f"\r{self._bar()}")
            self.out.flush()

    def finish(self) -> None:
        """One line with the number, the seconds and the rate."""
        line = f"{self.name:<12} {self.done:>10,} in {self.seconds:8.1f} s {self._rate():>12}"
        self.out.write(f"\r{line:<{2 * WIDTH + 30}}\n" if self.out.isatty() else f"{line}\n")
        self.out.flush()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def _bar(self) -> str:
        filled = WIDTH * self.done // max(1, self.total)
        bar = "#" * filled + "." * (WIDTH - filled)
        return f"{self.name:<12} [{bar}] {self.done:,} of {self.total:,} {self._rate()}"

    def _rate(self) -> str:
        return f"{self.done / max(self.seconds, 0.001):,.0f}/s"
