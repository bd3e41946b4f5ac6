"""`manage.py up` and `manage.py load_demo` as programs of their own, on a fresh database."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.environment.plugin import chosen
from tests.environment.settings import environment

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 120
DRAIN_SECONDS = 10

ONE_DEMONSTRATION = pytest.mark.xdist_group("loaded by its command")
"""For tests of the demonstration that `loaded` holds."""


@contextlib.contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The URL of an empty database of the kind that the suite runs on."""
    if chosen() == "sqlite":
        yield f"sqlite:///{folder}/fresh.sqlite3"
        return
    server, name = os.environ["DATABASE_URL"], f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def variables(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a demonstration that nobody has started yet."""
    with fresh_database(tmp_path) as url:
        yield of_a_demonstration(url, tmp_path)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str]]:
    """The environment of a demonstration that was loaded by its command, and what the command printed."""
    folder = tmp_path_factory.mktemp("loaded")
    with fresh_database(folder) as url:
        variables = of_a_demonstration(url, folder)
        assert manage(variables, "migrate").returncode == 0
        done = manage(variables, "load_demo")
        assert done.returncode == 0
        yield variables, done.stdout


def of_a_demonstration(url: str, folder: Path) -> dict[str, str]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    own = {
        "DEMO": "true",
        "DATA_DIR": str(folder / "data"),
        "HOST": "127.0.0.1",
        "PORT": port,
        "WORKERS": "1",
    }
    return environment(database_url=url, public_url=f"http://localhost:{port}") | own


def test_up_serves_the_demonstration_keeps_its_passwords_and_ends_when_asked(variables):
    first = served_until_asked_to_end(variables)
    passwords = dict(line.split() for line in password_file(variables).read_text().splitlines())

    assert set(passwords) == {"author", "author2", "editor", "reviewer", "moderator", "administrator"}
    assert stat.S_IMODE(password_file(variables).stat().st_mode) == 0o600
    assert "Loading the demonstration" in first
    assert all(password in first for password in passwords.values())

    second = served_until_asked_to_end(variables)

    assert "Loading" not in second
    assert all(password in second for password in passwords.values())


def test_up_says_which_port_is_taken(variables):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(variables["PORT"])))
        other.listen()
        done = manage(variables, "up")

    assert done.returncode == 1
    assert f"port {variables['PORT']}" in done.stderr
    assert "Set HOST or PORT" in done.stderr


def test_up_of_a_site_that_was_not_set_up_says_what_to_run(variables):
    done = manage(variables | {"DEMO": "false"}, "up")

    assert done.returncode == 1
    assert "manage.py init" in done.stderr


@ONE_DEMONSTRATION
def test_load_demo_loads_once(loaded):
    variables, first = loaded

    second = manage(variables, "load_demo")

    assert "These users can sign in" in first
    assert "Nothing was loaded" in second.stdout
    assert second.returncode == 0


ERASE_ONE = """
from cms import clock
from comments.actions import erase
from comments.models import Comment
comment = Comment.objects.filter(state="published", public_replies=0).first()
erase(comment_id=comment.pk, now=clock.read_instant())
print(comment.pk)
"""


@ONE_DEMONSTRATION
def test_up_erases_again_what_a_restored_backup_brought_back_before_the_first_answer(loaded, tmp_path):
    variables, _ = loaded
    with a_backup_that_is_restored(variables["DATABASE_URL"], tmp_path):
        comment = manage(variables, "shell", "-v0", "-c", ERASE_ONE).stdout.strip()
    restored = subprocess.run(
        [sys.executable, "-c", "import cms.wsgi"], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    assert "manage.py erasures replay" in restored.stderr

    printed = served_until_asked_to_end(variables, f"/api/v1/comments/{comment}")

    assert "1 erased again" in printed


@contextlib.contextmanager
def a_backup_that_is_restored(url: str, folder: Path) -> Iterator[None]:
    """The whole database is copied first, and put back in the end."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        shutil.copy(file, folder / "backup")
        yield
        for rest in file.parent.glob(f"{file.name}-*"):
            rest.unlink()
        shutil.copy(folder / "backup", file)
        return
    name = url.rpartition("/")[2]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}_backup TEMPLATE {name}")
        yield
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"ALTER DATABASE {name}_backup RENAME TO {name}")


def served_until_asked_to_end(variables: dict[str, str], absent: str = "/api/v1/comments/none") -> str:
    """Start, read an article, look for what must not be there, ask for the end. Gives what was printed."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            wait_for(server, int(variables["PORT"]))
            assert get(int(variables["PORT"]), absent)["status"] == 404
            assert get(int(variables["PORT"]), "/api/v1/articles/finding-help")["slug"] == "finding-help"
            server.send_signal(signal.SIGTERM)
            printed, _ = server.communicate(timeout=DRAIN_SECONDS)
        finally:
            server.kill()
    assert server.returncode == 0
    return printed


def wait_for(server: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        with contextlib.suppress(OSError):
            if get(port, "/readyz")["status"] == "ok":
                return
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


def get(port: int, path: str) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path)
        answer: dict[str, Any] = json.load(connection.getresponse())
        return answer


def manage(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )


def password_file(variables: dict[str, str]) -> Path:
    return Path(variables["DATA_DIR"]) / "demo-passwords.txt"
