"""The rules of suppressions as triggers: asked for first, confirmed once and by somebody else, then kept."""

from articles.purge_rules import permit_of
from cms.triggers import PREFIX, Trigger, differs, no_truncate, raise_named

_S, _P = "articles_suppression", "articles_suppressedpublication"
_ASKED = "id article_id reason requested_by_id requested_at".split()
_CONFIRMED = "confirmed_by_id confirmed_at".split()


def _trigger(name: str, table: str, event: str, rule: str, refused: dict[str, str]) -> Trigger:
    """One trigger for one event, which refuses by `rule` where the condition for the database holds."""
    returned = "OLD" if event == "DELETE" else "NEW"
    return Trigger(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{rule}') WHERE {refused['sqlite']}; END",
        ),
        postgresql=f"BEFORE {event} ON {table} FOR EACH ROW",
        function=f"IF {refused['postgresql']} THEN {raise_named(rule)} END IF; RETURN {returned};",
    )


def _on_both(condition: str) -> dict[str, str]:
    return dict.fromkeys(("sqlite", "postgresql"), condition)


def _changed(vendor: str) -> str:
    """A note may be blanked by a purge; who confirmed and when may be set once; all else stays."""
    purged = f"length(NEW.note) = 0 AND {permit_of('OLD.article_id')}"
    note = f"(({differs(vendor, ['note'])}) AND NOT ({purged}))"
    again = f"(OLD.confirmed_at IS NOT NULL AND ({differs(vendor, _CONFIRMED)}))"
    half = "(NEW.confirmed_at IS NULL AND NEW.confirmed_by_id IS NOT NULL)"
    return f"{differs(vendor, _ASKED)} OR {note} OR {again} OR {half}"


def _of_confirmed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_S} s WHERE s.id = {row}.suppression_id AND s.confirmed_at IS NOT NULL)"


_ALONE = (
    "NEW.confirmed_at IS NOT NULL AND NEW.requested_by_id IS NOT NULL "
    "AND (NEW.confirmed_by_id IS NULL OR NEW.confirmed_by_id = NEW.requested_by_id)"
)

SUPPRESSION_TRIGGERS: tuple[Trigger, ...] = (
    _trigger(
        "suppression_insert", _S, "INSERT", "suppression_is_kept", _on_both("NEW.confirmed_at IS NOT NULL")
    ),
    _trigger("suppression_confirm", _S, "UPDATE", "suppression_two_persons", _on_both(_ALONE)),
    _trigger(
        "suppression_update",
        _S,
        "UPDATE",
        "suppression_is_kept",
        {vendor: _changed(vendor) for vendor in ("sqlite", "postgresql")},
    ),
    _trigger(
        "suppression_delete", _S, "DELETE", "suppression_is_kept", _on_both("OLD.confirmed_at IS NOT NULL")
    ),
    no_truncate(_S),
    _trigger(
        "suppressedpublication_insert",
        _P,
        "INSERT",
        "suppressedpublication_is_kept",
        _on_both(_of_confirmed("NEW")),
    ),
    _trigger(
        "suppressedpublication_update", _P, "UPDATE", "suppressedpublication_is_kept", _on_both("1 = 1")
    ),
    _trigger(
        "suppressedpublication_delete",
        _P,
        "DELETE",
        "suppressedpublication_is_kept",
        _on_both(_of_confirmed("OLD")),
    ),
    no_truncate(_P),
)
