"""Rules of the comments' tables that the database itself holds. `cms.triggers` creates them after every migrate."""

from cms.generation import REPLIES, moved_by
from cms.triggers import PREFIX, Trigger, append_only, differs, no_truncate, raise_named

VERSIONS = "comments_commentversion"
COMMENTS = "comments_comment"

_WORDS = ("text", "html", "public_name", "public_website")
_FIXED = ("id", "comment_id", "number", "display_as", "created_at")
_PLACE = ("id", "article_id", "parent_id", "path", "newest", "depth", "created_at", "is_staff")


_ERASES = (
    "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND "
    + " AND ".join(f"NEW.{column} = ''" for column in _WORDS)
    + ")"
)


def _refused_version(vendor: str) -> str:
    words = differs(vendor, (*_WORDS, "erased_at"))
    return f"(({differs(vendor, _FIXED)}) OR (({words}) AND NOT {_ERASES}))"


def _on_update(name: str, table: str, refused_sqlite: str, refused_postgresql: str) -> Trigger:
    return Trigger(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{name} BEFORE UPDATE ON {table} WHEN {refused_sqlite} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ),
        postgresql=f"BEFORE UPDATE ON {table} FOR EACH ROW",
        function=f"IF {refused_postgresql} THEN {raise_named(name)} END IF; RETURN NEW;",
    )


def _kept(table: str, subject: str) -> Trigger:
    """Rows are deleted only under a purge permit for `subject`."""
    name = f"{table}_kept"
    unless = f"NOT EXISTS (SELECT 1 FROM cms_permit WHERE kind = 'purge' AND subject = OLD.{subject})"
    return Trigger(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{name} BEFORE DELETE ON {table} WHEN {unless} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ),
        postgresql=f"BEFORE DELETE ON {table} FOR EACH ROW",
        function=f"IF {unless} THEN {raise_named(name)} END IF; RETURN OLD;",
    )


def _refused_comment(vendor: str) -> str:
    return f"({differs(vendor, _PLACE)} OR (OLD.state = 'deleted' AND NEW.state <> 'deleted'))"


TRIGGERS = (
    *append_only("comments_decision", permit_subject="comment_id"),
    _on_update("commentversion_words", VERSIONS, _refused_version("sqlite"), _refused_version("postgresql")),
    _kept(VERSIONS, "comment_id"),
    no_truncate(VERSIONS),
    _on_update("comment_place", COMMENTS, _refused_comment("sqlite"), _refused_comment("postgresql")),
    _kept(COMMENTS, "id"),
    no_truncate(COMMENTS),
    moved_by(COMMENTS, REPLIES),
    moved_by(VERSIONS, REPLIES),
)
