"""A pytest plugin that sets the environment before Django's settings are read; a conftest.py comes too late.

Nothing of the caller's own settings is used, so that no test can find a real database, key or mail server.
"""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.databases import DatabaseUnavailable, database_url
from tests.environment.settings import environment

CHOICE = "KINTSUGI_TEST_DATABASE"


def chosen() -> str:
    return os.environ.get(CHOICE) or "sqlite"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    try:
        url = database_url(chosen())
    except DatabaseUnavailable as error:
        raise pytest.UsageError(str(error)) from error
    variables = environment(database_url=url, public_url="http://testserver")
    os.environ.clear()
    os.environ.update(variables)
    keep_compiled()
    return (yield)


def keep_compiled() -> None:
    """Compiled modules are kept: the suite starts dozens of processes, and each would compile the project anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def pytest_report_header() -> str:
    return f"database: {chosen()}"
