"""Knowing by one small read whether anything that readers get has changed: tables say so by triggers.

On PostgreSQL the number is that of the last transaction that changed something. It is written by a deferred trigger,
in the moment of the commit, so that no two writers wait for one another longer than that.
"""

from django.db import connection

from cms.triggers import Trigger

TIMELINE, REPLIES = 1, 2
"""What has a generation of its own: all that begins at a stamp, and replies, which are public with their commit."""

_MOVES = {
    "sqlite": "INSERT INTO cms_generation (id, number) VALUES ({id}, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = number + 1;",
    "postgresql": "INSERT INTO cms_generation (id, number) VALUES ({id}, pg_current_xact_id()::text::bigint) "
    "ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number WHERE cms_generation.number <> EXCLUDED.number; "
    "RETURN NULL;",
}


def moved_by(table: str, kind: int = TIMELINE) -> Trigger:
    """Every row of `table` that comes, changes or goes makes another generation."""
    name = f"{table}_moves_generation"
    return Trigger(
        name=name,
        table=table,
        sqlite=tuple(
            f"CREATE TRIGGER kt_{name}_{event.lower()} AFTER {event} ON {table} "
            f"BEGIN {_MOVES['sqlite'].format(id=kind)} END"
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
        constraint=True,
        postgresql=f"AFTER INSERT OR UPDATE OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
        function=_MOVES["postgresql"].format(id=kind),
    )


def current(kind: int = TIMELINE) -> int:
    """The number as it is committed; 0 before anything was. One query, past the ORM: it is asked very often."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM cms_generation WHERE id = %s", [kind])
        found = cursor.fetchone()
    return int(found[0]) if found else 0
