"""An environment that the settings accept, with keys of its own: for the suite and for `make check`.

`python -m tests.environment.settings manage.py check` runs that with settings like production's.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile

KEYS = ("SECRET_KEY", "CONTACT_KEYS", "DIGEST_KEY", "TOKEN_KEY")
# What a caller may have set for a site of their own, and what has a default.
OPTIONAL = (
    "CACHE_TAG_HEADER",
    "CACHE_URL",
    "CORS_ALLOWED_ORIGINS",
    "DEMO_PASSWORD",
    "CONFIRMATION_URL_TEMPLATE",
    "EMAIL_URL",
    "FRONTEND_URL_TEMPLATE",
    "MAIL_FROM",
    "MAIL_SENDER",
    "MAIL_SUBJECT",
    "PORT",
    "TASK_BACKEND",
    "TRUSTED_PROXIES",
    "WORKER",
    "WORKERS",
)


def environment(*, database_url: str, public_url: str) -> dict[str, str]:
    """This process's environment with the settings of a site that is not the demo.

    None of the caller's own settings stay. The data folder goes when this process ends.
    """
    folder = tempfile.mkdtemp(prefix="kintsugi-data-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    host = public_url.partition("://")[2]
    settings = {
        "DATABASE_URL": database_url,
        "PUBLIC_URL": public_url,
        "ALLOWED_HOSTS": f"{host},localhost,127.0.0.1",
        "DATA_DIR": folder,
        "DEMO": "false",
    }
    kept = {name: value for name, value in os.environ.items() if name not in OPTIONAL}
    return kept | settings | {name: secrets.token_urlsafe(48) for name in KEYS}


def run_as_production(command: list[str]) -> int:
    """Run this interpreter with `command` as its arguments, on an empty database. Gives its exit status."""
    variables = environment(database_url="sqlite://:memory:", public_url="https://cms.example.org")
    return subprocess.run([sys.executable, *command], env=variables, check=False).returncode


if __name__ == "__main__":
    sys.exit(run_as_production(sys.argv[1:]))
