"""The rules of the timeline as triggers: no overlap, no gap, no change of the past. Declared as data.

Overlap is an exclusion constraint on PostgreSQL (see the migrations) and a trigger on SQLite, under one name, so that
`cms.problems` translates both alike. Triggers read the database's clock: simulated time can only lie ahead of it.
"""

from articles.purge_rules import (
    PERMIT_OF_RENDERING,
    PUBLICATION_TEXTS,
    RENDERING,
    REVIEW,
    REVISION,
    blank,
    kept_until_purge,
    permit_of,
)
from articles.search_rules import SEARCH_TRIGGERS
from articles.suppression_rules import SUPPRESSION_TRIGGERS
from cms.generation import moved_by
from cms.triggers import Trigger, differs, no_truncate, raise_named

_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "clock_timestamp()"}
_FIXED_COLUMNS = (
    "id article_id revision_id revision_number version state update_type effective_from locale slug "
    "published_at updated_at article_kind medical etag format rendering_id "
    "reason alternative_id review_id review_status review_due_at "
    "source_article source_revision release_id created_by_id created_at"
).split()


def _permitted(kind: str, subject: str) -> str:
    return f"EXISTS (SELECT 1 FROM cms_permit WHERE kind = '{kind}' AND subject = {subject})"


_OVERLAP = (
    "EXISTS (SELECT 1 FROM articles_publication p WHERE p.article_id = NEW.article_id AND p.id <> NEW.id "
    "AND p.effective_from < NEW.effective_until AND p.effective_until > NEW.effective_from)"
)
_SLUG_TAKEN = (
    "NEW.state <> 'gone' AND EXISTS (SELECT 1 FROM articles_publication p WHERE p.locale = NEW.locale "
    "AND p.slug = NEW.slug AND p.id <> NEW.id AND p.state <> 'gone' "
    "AND p.effective_from < NEW.effective_until AND p.effective_until > NEW.effective_from)"
)
_GAP = (
    "EXISTS (SELECT 1 FROM articles_publication p WHERE p.successor_id = NEW.id "
    "AND (p.article_id <> NEW.article_id OR p.effective_until <> NEW.effective_from)) "
    "OR EXISTS (SELECT 1 FROM articles_publication s WHERE s.id = NEW.successor_id "
    "AND (s.article_id <> NEW.article_id OR s.effective_from <> NEW.effective_until))"
)
_UNLINKED = (
    "EXISTS (SELECT 1 FROM articles_publication p WHERE p.article_id = NEW.article_id "
    "AND p.effective_from < NEW.effective_from) "
    "AND NOT EXISTS (SELECT 1 FROM articles_publication p WHERE p.successor_id = NEW.id)"
)
_SECOND = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
_GRAIN = {
    # Instants are compared as text there, so that another spelling of one would slip through every rule.
    "sqlite": f"NEW.effective_from NOT GLOB '{_SECOND}' OR NEW.effective_until NOT GLOB '{_SECOND}'",
    "postgresql": "date_trunc('second', NEW.effective_from) <> NEW.effective_from "
    "OR date_trunc('second', NEW.effective_until) <> NEW.effective_until",
}


def _sqlite(name: str, events: str, table: str, rules: dict[str, str]) -> str:
    body = " ".join(f"SELECT RAISE(ABORT, '{rule}') WHERE {condition};" for rule, condition in rules.items())
    return f"CREATE TRIGGER kt_{name} BEFORE {events} ON {table} BEGIN {body} END"


def _plpgsql(rules: dict[str, str], returning: str) -> str:
    checks = " ".join(f"IF {condition} THEN {raise_named(rule)} END IF;" for rule, condition in rules.items())
    return f"{checks} RETURN {returning};"


def _guard(name: str, events: str, table: str, sqlite: dict[str, str], postgresql: dict[str, str]) -> Trigger:
    return Trigger(
        name=name,
        table=table,
        sqlite=(_sqlite(name, events, table, sqlite),),
        postgresql=f"BEFORE {events} ON {table} FOR EACH ROW",
        function=_plpgsql(postgresql, "OLD" if events == "DELETE" else "NEW"),
    )


def _insert_rules(vendor: str) -> dict[str, str]:
    rules = {
        "publication_grain": _GRAIN[vendor],
        "publication_in_past": (
            f"NEW.effective_from <= {_NOW[vendor]} AND NOT {_permitted('history', 'NEW.article_id')}"
        ),
        "publication_gap": f"{_GAP} OR ({_UNLINKED})",
    }
    if vendor == "sqlite":
        rules |= {"publication_no_overlap": _OVERLAP, "publication_slug_free": _SLUG_TAKEN}
    return rules


def _update_rules(vendor: str) -> dict[str, str]:
    now = _NOW[vendor]
    history = _permitted("history", "NEW.article_id")
    purged = f"({permit_of('OLD.article_id')} AND {blank(PUBLICATION_TEXTS)})"
    rules = {
        "publication_is_history": (
            f"{differs(vendor, _FIXED_COLUMNS)} OR (({differs(vendor, PUBLICATION_TEXTS)}) AND NOT {purged}) "
            "OR (OLD.effective_until <> NEW.effective_until "
            f"AND (OLD.effective_until <= {now} OR NEW.effective_until <= {now}) AND NOT {history})"
        ),
        "publication_listable": (
            f"OLD.listable <> NEW.listable AND (NEW.listable OR NEW.effective_until > {now})"
        ),
        "publication_grain": _GRAIN[vendor],
        "publication_gap": _GAP,
    }
    if vendor == "sqlite":
        rules |= {"publication_no_overlap": _OVERLAP, "publication_slug_free": _SLUG_TAKEN}
    return rules


def _delete_rules(vendor: str) -> dict[str, str]:
    purge = _permitted("purge", "OLD.article_id")
    return {"publication_is_history": f"OLD.effective_from <= {_NOW[vendor]} AND NOT {purge}"}


def _child(table: str) -> tuple[Trigger, ...]:
    """Rows that belong to a publication come before it begins, and live and die with it."""
    name = f"{table.removeprefix('articles_')}_is_history"

    def begun(row: str, permit: str) -> list[dict[str, str]]:
        return [
            {
                name: f"EXISTS (SELECT 1 FROM articles_publication p WHERE p.id = {row}.publication_id "
                f"AND p.effective_from <= {_NOW[vendor]} AND NOT {_permitted(permit, 'p.article_id')})"
            }
            for vendor in ("sqlite", "postgresql")
        ]

    return (
        _guard(f"{name}_insert", "INSERT", table, *begun("NEW", "history")),
        _guard(f"{name}_update", "UPDATE", table, {name: "1 = 1"}, {name: "1 = 1"}),
        _guard(f"{name}_delete", "DELETE", table, *begun("OLD", "purge")),
        no_truncate(table),
    )


def _catalogue_rules(vendor: str) -> tuple[dict[str, str], dict[str, str]]:
    now, history = _NOW[vendor], _permitted("history", "NEW.item_id")
    fixed = "id item_id number content sha256 author_id effective_from created_at".split()
    grain = {"catalogueversion_grain": _GRAIN[vendor]}
    insert = grain | {
        "catalogueversion_in_past": f"NEW.effective_from <= {now} AND NOT {history}",
    }
    update = grain | {
        "catalogueversion_is_history": (
            f"{differs(vendor, fixed)} OR (OLD.effective_until <> NEW.effective_until "
            f"AND (OLD.effective_until <= {now} OR NEW.effective_until <= {now}) AND NOT {history})"
        ),
    }
    if vendor == "sqlite":
        overlap = (
            "EXISTS (SELECT 1 FROM articles_catalogueversion v WHERE v.item_id = NEW.item_id AND v.id <> NEW.id "
            "AND v.effective_from < NEW.effective_until AND v.effective_until > NEW.effective_from)"
        )
        insert["catalogueversion_no_overlap"] = update["catalogueversion_no_overlap"] = overlap
    return insert, update


_P, _V = "articles_publication", "articles_catalogueversion"
_insert_sqlite, _update_sqlite = _catalogue_rules("sqlite")
_insert_postgresql, _update_postgresql = _catalogue_rules("postgresql")

TRIGGERS: tuple[Trigger, ...] = (
    *kept_until_purge(
        "articles_revision", REVISION, permit_of("OLD.article_id"), permit_of("OLD.article_id")
    ),
    *kept_until_purge("articles_review", REVIEW, permit_of("OLD.article_id"), permit_of("OLD.article_id")),
    *kept_until_purge("articles_rendering", RENDERING, PERMIT_OF_RENDERING, "1 = 0"),
    _guard("publication_insert", "INSERT", _P, _insert_rules("sqlite"), _insert_rules("postgresql")),
    _guard("publication_update", "UPDATE", _P, _update_rules("sqlite"), _update_rules("postgresql")),
    _guard("publication_delete", "DELETE", _P, _delete_rules("sqlite"), _delete_rules("postgresql")),
    no_truncate(_P),
    Trigger(
        name="publication_commits_in_time",
        table=_P,
        sqlite=(),  # SQLite has no deferred triggers: cms.database.commits looks at the clock instead
        constraint=True,
        postgresql=f"AFTER INSERT OR UPDATE ON {_P} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
        function=(
            "IF (TG_OP = 'INSERT' AND NEW.effective_from > transaction_timestamp() "
            "AND NEW.effective_from <= clock_timestamp() + interval '0.25 second') "
            "OR (TG_OP = 'UPDATE' AND NEW.effective_until <> OLD.effective_until "
            "AND NEW.effective_until > transaction_timestamp() "
            "AND NEW.effective_until <= clock_timestamp() + interval '0.25 second') "
            f"THEN {raise_named('publication_commits_in_time')} END IF; RETURN NULL;"
        ),
    ),
    *_child("articles_publicationtopic"),
    *_child("articles_publicationperson"),
    *_child("articles_embed"),
    _guard("catalogueversion_insert", "INSERT", _V, _insert_sqlite, _insert_postgresql),
    _guard("catalogueversion_update", "UPDATE", _V, _update_sqlite, _update_postgresql),
    _guard(
        "catalogueversion_delete",
        "DELETE",
        _V,
        {"catalogueversion_is_history": f"OLD.effective_from <= {_NOW['sqlite']}"},
        {"catalogueversion_is_history": f"OLD.effective_from <= {_NOW['postgresql']}"},
    ),
    no_truncate(_V),
    *SUPPRESSION_TRIGGERS,
    *SEARCH_TRIGGERS,
    *map(moved_by, ("articles_publication", "articles_catalogueversion", "articles_suppression")),
)
