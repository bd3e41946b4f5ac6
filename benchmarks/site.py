"""The site that is measured: a folder and a database of its own, seeded, and gone when the measuring ends."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import SERVER_SETTINGS, PostgreSQL

ROOT = Path(__file__).resolve().parents[1]
KEYS = ("SECRET_KEY", "CONTACT_KEYS", "DIGEST_KEY", "TOKEN_KEY")
SEEDED = "seeded.txt"
SAFE = {"fsync": "on", "full_page_writes": "on"}
"""What a server for tests gives up and one for measuring must not: commits that survive the machine."""


@dataclass(frozen=True)
class Size:
    """How large a site: see `manage.py seed_scale`."""

    articles: int
    versions: int
    comments: int
    words: int = 600


@dataclass(frozen=True)
class Site:
    """A seeded site. `environment` starts its servers; `given` is what `benchmarks.prepare` found in it."""

    database: str
    folder: Path
    environment: dict[str, str]
    port: int
    given: dict[str, Any]
    database_pid: int | None
    seeding: str
    megabytes: float


@contextlib.contextmanager
def seeded(database: str, size: Size, keep: Path | None = None) -> Iterator[Site]:
    """A site on `sqlite` or `postgresql`, for as long as the block lasts.

    With `keep` it lies in that folder and stays; one that is there already is taken as it is, whatever `size` says.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(_passing_folder())) if keep is None else (keep / database).resolve()
        (folder / "static").mkdir(parents=True, exist_ok=True)
        url, pid = stack.enter_context(_database(database, folder, kept=keep is not None))
        port = free_port()
        environment = _environment(url, folder, port)
        _manage(environment, "migrate", "--verbosity", "0")
        seeding = _seeded_before(folder) or _seed(environment, folder, size)
        given = json.loads(_run([sys.executable, "-m", "benchmarks.prepare"], environment))
        megabytes = _megabytes(database, environment)
        yield Site(database, folder, environment, port, given, pid, seeding, megabytes)


@contextlib.contextmanager
def _passing_folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="kintsugi-bench-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextlib.contextmanager
def _database(kind: str, folder: Path, *, kept: bool) -> Iterator[tuple[str, int | None]]:
    """A URL, and the process of the server if there is one."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'kintsugi.sqlite3'}", None
        return
    server = PostgreSQL(SERVER_SETTINGS | SAFE, data=folder / "data" if kept else None)
    try:
        if not (server.data / "PG_VERSION").exists():
            server.initialise()
        server.start()
        yield server.url, server.process.pid if server.process else None
    finally:
        server.stop()
        server.remove()


def _environment(url: str, folder: Path, port: int) -> dict[str, str]:
    """Settings as in production, behind one proxy, so that every reply comes from an address of its own."""
    settings = {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEMO": "false",
        "TRUSTED_PROXIES": "1",
    }
    return dict(os.environ) | settings | _keys(folder)


def _keys(folder: Path) -> dict[str, str]:
    """Keys of the site's own: what is sealed in it can be opened as long as it is there."""
    file = folder / "keys.json"
    if not file.exists():
        file.write_text(json.dumps({name: secrets.token_urlsafe(48) for name in KEYS}))
    keys: dict[str, str] = json.loads(file.read_text())
    return keys


def _seeded_before(folder: Path) -> str | None:
    """What the seeding of a kept site said, None for one that was not seeded to its end."""
    file = folder / SEEDED
    return file.read_text() if file.exists() else None


def _seed(environment: dict[str, str], folder: Path, size: Size) -> str:
    """What the seeding said, line by line, and how long it took."""
    asked = [f"--{name}={number}" for name, number in vars(size).items()]
    began = time.monotonic()
    said = _manage(environment, "seed_scale", *asked)
    told = f"{said}seeded in {time.monotonic() - began:.0f} s"
    (folder / SEEDED).write_text(told)
    return told


def _megabytes(database: str, environment: dict[str, str]) -> float:
    """The size of the database on disk."""
    url = environment["DATABASE_URL"]
    if database == "sqlite":
        return Path(url.removeprefix("sqlite:///")).stat().st_size / 1e6
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return row[0] / 1e6 if row else 0.0


def _manage(environment: dict[str, str], *words: str) -> str:
    return _run([sys.executable, "manage.py", *words], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    """What a program of this project printed. Raises RuntimeError with its last words."""
    done = subprocess.run(  # noqa: S603 - our own programs
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stderr[-2_000:]}")
    return done.stdout
