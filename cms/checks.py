"""System checks: what must be true of this installation before it serves."""

import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from cms import triggers

SAFE_SQLITE = (3, 51, 3)


@register(Tags.database)
def sqlite_is_current(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Releases before 3.51.3 can corrupt a database when two connections write and checkpoint at once."""
    uses_sqlite = any(connections[alias].vendor == "sqlite" for alias in databases or [])
    if not uses_sqlite or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database under concurrent writes.",
            hint="Install the package pysqlite3, or use PostgreSQL by DATABASE_URL.",
            id="cms.W001",
        )
    ]


@register(Tags.database)
def triggers_are_installed(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Append-only tables and timelines are held by triggers; without them history could be changed."""
    return [
        Warning(
            f"The database lacks these triggers: {', '.join(names)}.",
            hint="Run `manage.py migrate`.",
            id="cms.W002",
        )
        for alias in databases or []
        if "cms_change" in connections[alias].introspection.table_names()
        and (names := triggers.missing(connections[alias]))
    ]
