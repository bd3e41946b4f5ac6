"""Processes of their own on one database of their own, of the kind that the suite runs on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.utils.crypto import get_random_string

ROOT = Path(__file__).parents[2]


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The URL of a migrated, empty database that goes afterwards."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    if parts.scheme == "sqlite":
        url = f"sqlite:///{folder / 'own.sqlite3'}"
        _run(url, "manage.py", "migrate", "--verbosity=0")
        yield url
        return
    name = f"own_{get_random_string(12, 'abcdefghij')}"
    url = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        _run(url, "manage.py", "migrate", "--verbosity=0")
        yield url
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rounds(url: str, *commands: list[tuple[object, ...]]) -> list[list[Any]]:
    """Run rounds of commands of `tests.cms.worker`, those of one round at once, each in a process of its own.

    What each came to, None when its process died.
    """
    results: list[list[Any]] = json.loads(_run(url, "-m", "tests.cms.worker", json.dumps(commands)))
    return results


def _run(url: str, *command: str) -> str:
    """What this interpreter prints with these arguments, on the database `url`."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings"}
    process = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    return process.stdout
