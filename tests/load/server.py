"""The service as its users have it: a server process of its own, with no worker beside it, on the suite's database."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.db import connection

from cms import server

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """`sent` and `came` are readings of the machine's clock, in seconds, before the request and after the answer."""

    status: int
    headers: Message
    body: Any
    content: bytes
    sent: float
    came: float


@dataclass(frozen=True)
class Server:
    """`pid` is its first process; the workers are beneath it."""

    port: int
    pid: int

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = None if body is None else json.dumps(body)
        sent_headers = {"content-type": "application/json"} if data else {}
        with contextlib.closing(conn):
            sent = time.time()
            conn.request(method, path, data, sent_headers | (headers or {}))
            response = conn.getresponse()
            content = response.read()
        body = json.loads(content) if content else None
        return Answer(response.status, response.headers, body, content, sent, time.time())

    def ask(
        self, method: str, path: str, data: str | None = None, headers: dict[str, str] | None = None
    ) -> int:
        """The status alone; the body is read, whatever it is."""
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(conn):
            conn.request(method, path, data, headers or {})
            response = conn.getresponse()
            response.read()
        return response.status


@contextmanager
def serving(workers: int = 1, application: str = "cms.wsgi:application", **settings: str) -> Iterator[Server]:
    """A server on the database that the running test writes to, until the block ends, with these settings."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = server.command(application, host="127.0.0.1", port=port, workers=workers)
    environment = server.environment(os.environ | {"DATABASE_URL": _database_url()} | settings)
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            started = Server(port, process.pid)
            _wait_for(started, process)
            yield started
        finally:
            process.terminate()
            try:
                process.wait(server.DRAIN_SECONDS + 7)
            except subprocess.TimeoutExpired:
                process.kill()


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}"))


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        with contextlib.suppress(OSError):
            if server.call("GET", "/healthz").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not answer")
