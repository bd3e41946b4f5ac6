"""The throw-away PostgreSQL server: it keeps what it acknowledged, and never outlives who started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.databases import POSTGRESQL_URL, DatabaseUnavailable, PostgreSQL, database_url

ROOT = Path(__file__).resolve().parents[2]
OWNER = (
    "import sys; from tests.databases import database_url; print(database_url('postgresql'), flush=True); {}"
)


def start_owner(then: str) -> subprocess.Popen[str]:
    """A process that starts a server and prints its URL."""
    environment = {name: value for name, value in os.environ.items() if name != POSTGRESQL_URL}
    return subprocess.Popen(
        [sys.executable, "-c", OWNER.format(then)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).hostname or ""))


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(host=str(folder_of(url)), user="postgres", dbname="postgres", autocommit=True)


def vanishes(folder: Path) -> bool:
    deadline = time.monotonic() + 30
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


@pytest.fixture
def server():
    made = PostgreSQL()
    made.initialise()
    made.start()
    yield made
    made.remove()


def test_the_server_ends_with_a_process_that_ends():
    owner = start_owner("sys.stdin.read()")
    url = owner.stdout.readline().strip()
    with connect(url) as connection:
        assert connection.info.server_version >= 180000
    owner.communicate(timeout=30)
    assert vanishes(folder_of(url))


def test_the_server_ends_with_a_process_that_is_killed():
    owner = start_owner("sys.stdin.read()")
    url = owner.stdout.readline().strip()
    owner.kill()
    owner.communicate(timeout=30)
    assert vanishes(folder_of(url))


def test_a_server_that_was_given_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv(POSTGRESQL_URL, "postgresql://tester@localhost/somewhere")
    assert database_url("postgresql") == "postgresql://tester@localhost/somewhere"


def test_a_kind_of_database_that_there_is_not_is_named():
    with pytest.raises(DatabaseUnavailable, match="oracle"):
        database_url("oracle")


def test_a_commit_outlives_a_crash_of_the_server(server):
    with connect(server.url) as connection:
        connection.execute("CREATE TABLE bowl (piece int)")
        connection.execute("INSERT INTO bowl VALUES (1)")
        server.stop(signal.SIGQUIT)
    server.start()
    with connect(server.url) as connection:
        assert connection.execute("SELECT piece FROM bowl").fetchall() == [(1,)]


def test_text_is_ordered_alike_on_every_machine(server):
    with connect(server.url) as connection:
        rows = connection.execute(
            "SELECT w FROM (VALUES ('b'), ('B'), ('a'), ('é')) AS t(w) ORDER BY w"
        ).fetchall()
    assert [word for (word,) in rows] == ["B", "a", "b", "é"]
