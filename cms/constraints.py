"""From a violated database constraint to the domain error that it means; both databases name it alike.

Apps register what their constraints mean. A constraint that nobody registered is a fault of ours, not the caller's.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from django.apps import apps
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint

from cms.errors import DomainError

_meanings: dict[str, Callable[[], DomainError]] = {}
_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
_CHECK = re.compile(r"CHECK constraint failed: (\S+)")
_NAME = re.compile(r"[a-z0-9_]+")


def register_constraints(meanings: Mapping[str, Callable[[], DomainError]]) -> None:
    """Add `constraint or trigger name -> maker of the error that it means`."""
    _meanings.update(meanings)


def meaning_of(error: IntegrityError) -> DomainError | None:
    """The domain error for a violation, None when nobody said what it means."""
    name = violated(error)
    return _meanings[name]() if name in _meanings else None


def violated(error: IntegrityError) -> str | None:
    """The name of the constraint or trigger that refused."""
    diagnostics = getattr(error.__cause__, "diag", None)
    if diagnostics is not None:
        return diagnostics.constraint_name
    message = str(error)
    if unique := _UNIQUE.fullmatch(message):
        return _unique_name(unique[1])
    if check := _CHECK.fullmatch(message):
        return check[1]
    return message if _NAME.fullmatch(message) else None


def _unique_name(described: str) -> str | None:
    """SQLite tells `table.column, table.column`, or `index 'name'` when the index is over expressions."""
    if described.startswith("index "):
        return described.split("'")[1]
    table = described.partition(".")[0]
    columns = {part.partition(".")[2] for part in described.split(", ")}
    for model in apps.get_models():
        if model._meta.db_table == table:
            return next((name for name, names in _uniques(model) if names == columns), None)
    return None


def _uniques(model: type[Model]) -> Iterator[tuple[str, set[str]]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.name, {_column(model, name) for name in constraint.fields}


def _column(model: type[Model], name: str) -> str:
    return next(str(field.column) for field in model._meta.concrete_fields if field.name == name)
