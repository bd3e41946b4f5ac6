"""How the server is started: one command, for `manage.py up` and for what measures it. Reads no settings."""

import sys
from collections.abc import Mapping

THREADS = 4
"""Requests that one worker has in hand at once: whoever publishes waits for a second to come, and nobody behind them.

The pool of connections to PostgreSQL has one for each of them, and one for the worker of tasks beside them.
"""

DRAIN_SECONDS = 8
"""How long requests in progress may take after SIGTERM before their worker is ended."""

ARENAS = 2
"""From how many heaps the C library serves a process. Left alone, glibc makes one for each thread, and what is free in
one is not there for the others: two workers would hold some 40 MB more.
"""


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment to start the server in: `given`, which may say otherwise."""
    return {"MALLOC_ARENA_MAX": str(ARENAS), **given}


def command(application: str, *, host: str, port: int, workers: int) -> list[str]:
    """The command that serves a WSGI application, named as `module:name`."""
    return [
        sys.executable, "-m", "granian", application,
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", str(THREADS),
        "--respawn-failed-workers",
        "--workers-kill-timeout", str(DRAIN_SECONDS),
        "--log-level", "warning",
        "--no-ws",
    ]  # fmt: skip
