"""What filters may name: topics and people of the catalogue. Another name is a mistake, and no list is empty for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.models.catalogue import CatalogueItem, CatalogueVersion
from cms.errors import FieldError, Malformed

NAMING = {"author": "person", "reviewer": "person", "topic": "topic"}
"""The parameters that name an entry of the catalogue, and of what kind that is."""

LISTS = {"person": "/api/v1/people", "topic": "/api/v1/topics"}
MOST_NAMED = 20
"""Allowed values that a refusal names; where there are more, it says which list has them."""


def require_told(query: Mapping[str, Any], at: datetime) -> None:
    """For a list of readers that came out empty: they have been told, by `at`, of all that its filters name.

    Raises Malformed, with one FieldError for each that they were not. What is yet to come is not told apart from what
    is not there.
    """
    told = CatalogueVersion.objects.filter(effective_from__lte=at)
    current = CatalogueVersion.objects.covering(at)
    items = CatalogueItem.objects
    _require(query, items.filter(pk__in=told.values("item")), items.filter(pk__in=current.values("item")))


def require_there(query: Mapping[str, Any]) -> None:
    """The same for a list of the desk, which knows what is yet to come."""
    _require(query, CatalogueItem.objects.all(), CatalogueItem.objects.in_use())


def _require(query: Mapping[str, Any], known: QuerySet, allowed: QuerySet) -> None:
    errors = tuple(
        FieldError("invalid_parameter", _sentence(kind, allowed), parameter=name)
        for name, kind in NAMING.items()
        if query.get(name) and not known.filter(kind=kind, key=query[name]).exists()
    )
    if errors:
        raise Malformed(errors[0].detail, code=errors[0].code, errors=errors)


def _sentence(kind: str, allowed: QuerySet) -> str:
    """What a filter takes."""
    rows = allowed.filter(kind=kind).order_by("key").values_list("key", flat=True)
    keys = list(rows[: MOST_NAMED + 1])
    if not keys or len(keys) > MOST_NAMED:
        return f"It takes a slug that {LISTS[kind]} lists."
    return f"It takes one of: {', '.join(keys)}."
