"""How the server is started: one command, for `manage.py up` and for what measures it. Reads no settings."""

import sys

DRAIN_SECONDS = 8
"""How long requests in progress may take after SIGTERM before their worker is ended."""


def command(application: str, *, host: str, port: int, workers: int) -> list[str]:
    """The command that serves a WSGI application, named as `module:name`."""
    return [
        sys.executable, "-m", "granian", application,
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", "1",
        "--respawn-failed-workers",
        "--workers-kill-timeout", str(DRAIN_SECONDS),
        "--log-level", "warning",
        "--no-ws",
    ]  # fmt: skip
