"""With the settings of production: cookies that no script and no other host can use, HTTPS for good, nothing to warn of."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.environment.settings import environment

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A process of Python with these variables of its environment, else with those of this one."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=120
    )


AS_A_SITE = ("-m", "tests.environment.settings")
ONE_SITE = pytest.mark.xdist_group("production")
"""For tests of what one site sent: begun once, they run beside each other."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where that site keeps what it has."""
    return tmp_path_factory.mktemp("production") / "kintsugi.sqlite3"


@pytest.fixture(scope="module")
def sent(database: Path) -> dict[str, Any]:
    variables = environment(database_url=f"sqlite:///{database}", public_url="https://cms.example.org")
    done = run("-m", "tests.security.production", variables=variables)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_nothing_is_to_be_warned_of() -> None:
    done = run(*AS_A_SITE, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@ONE_SITE
def test_cookies_are_for_this_host_and_for_no_script(sent: dict[str, Any]) -> None:
    assert sent["status"] == 302
    assert set(sent["cookies"]) == {"__Host-session", "__Host-csrf"}
    for cookie in sent["cookies"].values():
        assert cookie["httponly"] is True
        assert cookie["secure"] is True
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""


@ONE_SITE
def test_browsers_are_told_to_stay_with_https(sent: dict[str, Any]) -> None:
    for headers in (sent["page"], sent["delivery"]):
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert headers["X-Content-Type-Options"] == "nosniff"


@ONE_SITE
def test_readers_are_given_no_cookie(sent: dict[str, Any]) -> None:
    assert sent["delivery_cookies"] == []
    assert "Set-Cookie" not in sent["delivery"]


@ONE_SITE
def test_no_host_but_the_public_one_is_told(sent: dict[str, Any]) -> None:
    assert "elsewhere.example" not in sent["forged"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "CONTACT_KEYS", "DIGEST_KEY", "TOKEN_KEY", "PUBLIC_URL"])
@pytest.mark.parametrize("value", ["", "short"])
def test_without_its_keys_it_does_not_start(name: str, value: str, tmp_path: Path) -> None:
    """And the refusal says what to set, without showing what was."""
    if (name, value) == ("PUBLIC_URL", "short"):
        value = ""
    script = (
        "import os, subprocess, sys;"
        f"os.environ[{name!r}] = {value!r};"
        "sys.exit(subprocess.run([sys.executable, 'manage.py', 'check']).returncode)"
    )
    done = run(*AS_A_SITE, "-c", script)
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr


@ONE_SITE
def test_nobody_else_on_the_machine_reads_the_database(sent: dict[str, Any], database: Path) -> None:
    assert database.stat().st_mode & 0o077 == 0
