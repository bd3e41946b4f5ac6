"""Rules of what a purge may do, as SQL for triggers: with its permit the texts of kept rows may be blanked, no more.

Identifiers, numbers, dates and hashes stay. Which tables take these rules is said in `articles.triggers`.
"""

from collections.abc import Iterable

from cms.triggers import PREFIX, Trigger, differs, no_truncate, raise_named

REVISION = (
    "id article_id number parent_number merge_parent_number translated_from_id author_id sha256 created_at".split(),
    ["content", "message", "block_ids"],
)
REVIEW = (
    "id article_id revision_id revision_sha256 reviewer_id decision next_due_at created_at".split(),
    ["note", "interests", "remarks"],
)
RENDERING = (["sha256"], ["body"])
"""Of each table: the columns that stay, and those that a purge blanks."""

PUBLICATION_TEXTS = "title_key note_types card change_note correction explanation break_glass".split()
LISTS = frozenset({"block_ids", "remarks"})
"""Columns of JSON, whose blank is an empty list."""


def permit_of(column: str) -> str:
    """Whether a purge of the article that `column` names is going on."""
    return f"EXISTS (SELECT 1 FROM cms_permit WHERE kind = 'purge' AND subject = {column})"


PERMIT_OF_RENDERING = (
    "EXISTS (SELECT 1 FROM articles_publication p JOIN cms_permit m ON m.subject = p.article_id "
    "WHERE m.kind = 'purge' AND p.rendering_id = OLD.sha256)"
)


def blank(columns: Iterable[str]) -> str:
    """Whether all of the columns would hold nothing."""
    return " AND ".join(
        f"NEW.{column} = '[]'" if column in LISTS else f"length(NEW.{column}) = 0" for column in columns
    )


def kept_until_purge(
    table: str, columns: tuple[list[str], list[str]], permit: str, deletion: str
) -> tuple[Trigger, ...]:
    """Refuse UPDATE, DELETE and TRUNCATE, but blanking by a purge (`permit`) and a DELETE where `deletion` holds."""
    name = f"{table}_append_only"
    stays, texts = columns

    def blanked(vendor: str) -> str:
        return f"({permit} AND NOT ({differs(vendor, stays)}) AND {blank(texts)})"

    rows = Trigger(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{name}_update BEFORE UPDATE ON {table} WHEN NOT {blanked('sqlite')} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
            f"CREATE TRIGGER {PREFIX}{name}_delete BEFORE DELETE ON {table} WHEN NOT ({deletion}) "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        function=(
            f"IF TG_OP = 'UPDATE' THEN IF NOT {blanked('postgresql')} THEN {raise_named(name)} END IF; "
            f"RETURN NEW; END IF; IF NOT ({deletion}) THEN {raise_named(name)} END IF; RETURN OLD;"
        ),
    )
    return rows, no_truncate(table)
