"""What lists of articles are narrowed by, and which index each filter walks."""

from typing import Any

from django.db.models import QuerySet

from articles.models.publication import PublicationPerson, PublicationTopic
from articles.naming import NAMING
from articles.querysets.public import LISTED, PublicationQuerySet, Walk
from articles.views.delivery.instants import Instant

NOW, THEN = (*NAMING, "kind", "locale"), ("locale",)
"""The parameters that have an index of their own, the narrowest first: of what is listable, and of every version."""


def filtered(
    rows: PublicationQuerySet, query: dict[str, Any], walk: Walk, *, walking: tuple[str, ...]
) -> PublicationQuerySet:
    """The rows that the list's parameters leave.

    The first of `walking` that is asked for chooses the index that is walked; the others are asked on the way.
    """
    walked = next((name for name in walking if query[name]), None)
    named = walked if walked in NAMING else None
    columns = {"locale": "locale", "kind": "article_kind", "medical": "medical"}
    asked = {name: query[name] for name in columns if query[name] is not None}
    if walked in asked:
        rows = rows.filter(**{columns[walked]: asked.pop(walked)})
    if asked:
        rows = rows.beside(**{columns[name]: value for name, value in asked.items()})
    rows = _within(rows, query, walk)
    if named:
        rows = rows.under(named, query[named])
    for role in NAMING:
        if query[role] and role != named:
            rows = rows.pointing_at(_pointing(role, query[role]))
    for note in query["exclude_notes"]:
        rows = rows.exclude(note_types__contains=f" {note} ")
    return rows


def walked_through(query: dict[str, Any], walking: tuple[str, ...]) -> str:
    """By which columns a list is walked (`cms.pagination.Order.through`): the rows' own, or their listings'."""
    return LISTED if any(query[name] for name in NAMING if name in walking) else ""


def walking_at(instant: Instant) -> tuple[str, ...]:
    return THEN if instant.past else NOW


def _within(rows: PublicationQuerySet, query: dict[str, Any], walk: Walk) -> PublicationQuerySet:
    bounds = {
        "published_at__gt": query["published_after"],
        "published_at__lt": query["published_before"],
        "updated_at__gt": query["updated_after"],
    }
    return rows.within(walk, **{name: value for name, value in bounds.items() if value is not None})


def _pointing(role: str, key: str) -> QuerySet:
    """The rows by which publications point at a topic or person. One that does not exist matches nothing."""
    if role == "topic":
        return PublicationTopic.objects.filter(topic__kind="topic", topic__key=key)
    return PublicationPerson.objects.filter(role=role, person__kind="person", person__key=key)
