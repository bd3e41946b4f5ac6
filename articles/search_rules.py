"""Rules of the search index as triggers: SQLite's full text follows its texts; every change moves the generation."""

from cms.generation import moved_by
from cms.triggers import PREFIX, Trigger

SEARCH_TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        name="searchtext_leaves_index",
        table="articles_searchtext",
        sqlite=(
            f"CREATE TRIGGER {PREFIX}searchtext_leaves_index AFTER DELETE ON articles_searchtext "
            "BEGIN DELETE FROM articles_searchindex WHERE rowid = OLD.id; END",
        ),
        postgresql="",  # the vectors are columns of the text's own row there
        function="",
    ),
    moved_by("articles_searchtext"),
)
