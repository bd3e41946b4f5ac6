"""Rules that live in the database as triggers, declared as data.

Django rebuilds SQLite tables when a column changes and silently drops their triggers, so the whole declared set is
made again after every `migrate`, and `missing()` lets the service refuse to start when the database has another.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "kt_"


@dataclass(frozen=True)
class Trigger:
    """One trigger. `sqlite` and `postgresql` are complete statements that create it under the name `kt_` + name.

    For PostgreSQL, `function` is the body (PL/pgSQL between BEGIN and END) and `postgresql` the timing and events,
    for instance `BEFORE UPDATE OR DELETE ON t FOR EACH ROW`. A rule that one of them does not need is left empty there.
    """

    name: str
    table: str
    sqlite: tuple[str, ...]
    postgresql: str
    function: str
    declare: str = ""
    constraint: bool = False

    @property
    def full_name(self) -> str:
        return PREFIX + self.name


_declared: list[Trigger] = []


def declare(*triggers: Trigger) -> None:
    """Add to the set that every database of this project must have."""
    _declared.extend(triggers)


def append_only(table: str, permit_subject: str | None = None) -> tuple[Trigger, ...]:
    """Refuse UPDATE, DELETE and TRUNCATE of `table`; a `purge` permit for `permit_subject` (a column) allows DELETE."""
    name = f"{table}_append_only"
    unless = (
        f"NOT EXISTS (SELECT 1 FROM cms_permit WHERE kind = 'purge' AND subject = OLD.{permit_subject})"
        if permit_subject
        else "1 = 1"
    )
    rows = Trigger(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{name}_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
            f"CREATE TRIGGER {PREFIX}{name}_delete BEFORE DELETE ON {table} WHEN {unless} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        function=f"IF TG_OP = 'UPDATE' OR {unless} THEN {raise_named(name)} END IF; RETURN OLD;",
    )
    return rows, no_truncate(table)


def no_truncate(table: str) -> Trigger:
    """PostgreSQL's TRUNCATE fires no row triggers. SQLite has no TRUNCATE."""
    name = f"{table}_no_truncate"
    return Trigger(
        name=name,
        table=table,
        sqlite=(),
        postgresql=f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        function=f"{raise_named(name)} RETURN NULL;",
    )


def differs(vendor: str, columns: Iterable[str]) -> str:
    """SQL: whether any of the columns would be changed; null is a value like others."""
    word = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f"OLD.{column} {word} NEW.{column}" for column in columns)


def raise_named(name: str) -> str:
    """PL/pgSQL that fails with the trigger's name as the constraint's, as SQLite's RAISE(ABORT, name) does."""
    return (
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}';"
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger of this project and create the declared ones."""
    remove(connection)
    with connection.cursor() as cursor:
        for trigger in _declared:
            for statement in _statements(trigger, connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name, table in _present(connection):
            target = f"{name} ON {table}" if connection.vendor == "postgresql" else name
            cursor.execute(f"DROP TRIGGER IF EXISTS {target}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that the database lacks; empty is as it should be."""
    present = {name for name, _ in _present(connection)}
    return sorted(_names(connection.vendor) - present)


def install_after_migrate(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Receiver of `post_migrate`, connected once by `cms.apps`."""
    from django.db import connections

    install(connections[using])


def _names(vendor: str) -> set[str]:
    return {
        statement.split()[2] if statement.startswith("CREATE TRIGGER") else trigger.full_name
        for trigger in _declared
        for statement in _statements(trigger, vendor)
        if "CREATE OR REPLACE FUNCTION" not in statement
    }


def _statements(trigger: Trigger, vendor: str) -> tuple[str, ...]:
    if vendor == "sqlite":
        return trigger.sqlite
    if not trigger.postgresql:
        return ()
    kind = "CONSTRAINT TRIGGER" if trigger.constraint else "TRIGGER"
    declare = f"DECLARE {trigger.declare} " if trigger.declare else ""
    statements = [
        f"CREATE OR REPLACE FUNCTION {trigger.full_name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $body$ {declare}BEGIN {trigger.function} END $body$",
        f"CREATE {kind} {trigger.full_name} {trigger.postgresql} EXECUTE FUNCTION {trigger.full_name}()",
    ]
    return tuple(statements)


def _present(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgname LIKE 'kt\\_%%'"
        )
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kt\\_%%' ESCAPE '\\'"
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return list(cursor.fetchall())
