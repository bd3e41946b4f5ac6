"""One measurement: wrk sends the requests of a file for some seconds, from a process of its own."""

import json
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SCRIPT = Path(__file__).with_name("load.lua")
PATIENCE = 60
"""Seconds that an answer may take: a publication waits for its second, behind others."""
TRIAL = secrets.token_hex(3)
"""This program's own: a site that is measured a second time must not be sent what it was sent before."""


class NoLoadGenerator(Exception):
    """wrk is not installed; the message says how to."""


@dataclass(frozen=True)
class Request:
    """One request; `{n}` and `{ip}` in any of it are made anew each time (see load.lua)."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def line(self) -> str:
        headers = "|".join(f"{name}: {value}" for name, value in self.headers)
        return f"{self.method}\t{self.path}\t{headers}\t{self.body}\n"


@dataclass(frozen=True)
class Figures:
    """What a measurement came to: answers a second, latencies in milliseconds, answers above 399, broken requests."""

    rate: float
    p50: float
    p99: float
    refused: int
    failed: int
    requests: int


def require_wrk() -> None:
    if shutil.which("wrk") is None:
        raise NoLoadGenerator("The load comes from wrk, which is not installed: apt-get install wrk")


def measure(base: str, requests: Path, *, connections: int, seconds: int, run: int) -> Figures:
    """Load `base` (scheme, host, port) for `seconds`. `run` is another number for each measurement of a server."""
    command = [
        "wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
        "--timeout", f"{PATIENCE}s", "--script", str(SCRIPT), base, "--", str(requests), str(run), TRIAL,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours, and no shell
    said = [line for line in done.stdout.splitlines() if line.startswith("result ")]
    if done.returncode or not said:
        raise RuntimeError(f"wrk ended with {done.returncode}: {done.stderr or done.stdout}")
    return _figures(json.loads(said[0].removeprefix("result ")))


def _figures(result: dict[str, float]) -> Figures:
    return Figures(
        rate=result["requests"] / result["seconds"],
        p50=result["p50"],
        p99=result["p99"],
        refused=int(result["refused"]),
        failed=int(result["failed"]),
        requests=int(result["requests"]),
    )


def middle(rounds: list[Figures]) -> Figures:
    """The median of each figure; what went wrong is added up."""
    return Figures(
        rate=median(figures.rate for figures in rounds),
        p50=median(figures.p50 for figures in rounds),
        p99=median(figures.p99 for figures in rounds),
        refused=sum(figures.refused for figures in rounds),
        failed=sum(figures.failed for figures in rounds),
        requests=sum(figures.requests for figures in rounds),
    )
