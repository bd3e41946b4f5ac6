"""Servers under measurement: started as `manage.py up` starts them, asked by a plain client, watched for memory."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load import Request
from benchmarks.site import ROOT, Site, free_port
from cms import server

START_SECONDS = 60
STOP_SECONDS = 15
WORKERS = 2


class NotServing(Exception):
    """The server ended before it answered, or did not answer in time."""


@dataclass(frozen=True)
class Answer:
    """`headers` by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A server on this machine. `pid` is its first process, None for one that somebody else started."""

    host: str
    port: int
    pid: int | None = None

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def ask(self, request: Request) -> Answer:
        """One request, on a connection of its own."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(request.method, request.path, request.body or None, dict(request.headers))
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, headers, response.read())

    def rest(self, path: str) -> None:
        """Wait until what was sent before has been worked off: a request is answered at once again."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            began = time.monotonic()
            self.ask(Request(path))
            if time.monotonic() - began < 0.1:
                return
        raise NotServing("The server is still busy with what was sent to it before.")

    def memory(self) -> "Memory":
        return memory_of(self.pid) if self.pid else Memory(0, 0.0, 0.0)


@dataclass(frozen=True)
class Memory:
    """Of a process and all beneath it, in megabytes: RSS counts shared pages for each, PSS shares them out."""

    processes: int
    rss: float
    pss: float


@contextlib.contextmanager
def serving(site: Site, application: str, ready: str, **settings: str) -> Iterator[Server]:
    """A server of an application until the block ends; `ready` is a path that it answers with 200.

    `settings` are what differs from the site's environment. Only one without any stands at the site's own port.
    """
    port = site.port if application.startswith("cms.") and not settings else free_port()
    command = server.command(application, host="127.0.0.1", port=port, workers=WORKERS)
    environment = server.environment(site.environment | settings)
    log = site.folder / f"{'-'.join((application.partition(':')[0], *settings))}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own server
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        made = Server("127.0.0.1", port, process.pid)
        _wait(made, process, ready, log)
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        process.kill()


def memory_of(pid: int) -> Memory:
    """Read from /proc (Linux). A process that ends meanwhile counts for nothing."""
    rss = pss = 0.0
    family = _family(pid)
    for member in family:
        with contextlib.suppress(OSError):
            values = _rollup(Path(f"/proc/{member}/smaps_rollup"))
            rss += values.get("Rss", 0) / 1_000
            pss += values.get("Pss", 0) / 1_000
    return Memory(len(family), rss, pss)


def _rollup(path: Path) -> dict[str, int]:
    pairs = (line.split() for line in path.read_text().splitlines() if ":" in line)
    return {words[0].rstrip(":"): int(words[1]) for words in pairs if len(words) == 3 and words[2] == "kB"}


def _family(pid: int) -> list[int]:
    """A process and all beneath it."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{name}/stat").read_text()
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
    found = [pid]
    for member in found:
        found += parents.get(member, [])
    return found


def _wait(made: Server, process: "subprocess.Popen[bytes]", ready: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotServing(f"The server ended before it answered:\n{log.read_text()[-2_000:]}")
        with contextlib.suppress(OSError):
            if made.ask(Request(ready)).status == 200:
                return
        time.sleep(0.1)
    raise NotServing("The server did not answer.")
