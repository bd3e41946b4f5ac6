"""What the database lets happen to the audit: nothing, but that retention empties the detail of an old entry."""

from cms.triggers import PREFIX, Trigger, differs, no_truncate, raise_named

TABLE, NAME = "cms_auditentry", "cms_auditentry_append_only"
STAYS = ("id", "at", "actor_id", "verb", "subject_type", "subject")
_PERMIT = "EXISTS (SELECT 1 FROM cms_permit WHERE kind = 'purge' AND subject = OLD.id)"


def _refused(vendor: str) -> str:
    return f"({differs(vendor, STAYS)} OR NEW.detail <> '{{}}' OR NOT {_PERMIT})"


TRIGGERS = (
    Trigger(
        name=NAME,
        table=TABLE,
        sqlite=(
            f"CREATE TRIGGER {PREFIX}{NAME}_update BEFORE UPDATE ON {TABLE} WHEN {_refused('sqlite')} "
            f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
            f"CREATE TRIGGER {PREFIX}{NAME}_delete BEFORE DELETE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
        ),
        postgresql=f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
        function=(
            f"IF TG_OP = 'DELETE' THEN {raise_named(NAME)} END IF; "
            f"IF {_refused('postgresql')} THEN {raise_named(NAME)} END IF; RETURN NEW;"
        ),
    ),
    no_truncate(TABLE),
)
