"""What readers get of a collection at an instant: the cards of its articles, in its order. Never reaches a revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min

from articles.models.article import Article
from articles.models.publication import Publication


@dataclass(frozen=True)
class Contents:
    """`cards` are stored bytes; `transition` is the next known instant at which one of the articles changes."""

    cards: tuple[bytes, ...]
    article_ids: tuple[UUID, ...]
    transition: datetime | None


def contents(article_ids: list[str], locale: str | None, at: datetime) -> Contents:
    """The articles of a collection that are live at `at`, each once. At most three queries.

    With a locale an article is represented by its counterpart in that locale; one that has none there is left out.
    """
    members = [UUID(id_) for id_ in article_ids]
    ordered = _counterparts(members, locale) if locale and members else members
    rows = {row.article_id: row for row in _live(ordered, at)}
    shown = [rows[id_] for id_ in ordered if id_ in rows]
    return Contents(
        cards=tuple(bytes(row.card) for row in shown),
        article_ids=tuple(row.article_id for row in shown),
        transition=_next_transition(ordered, at),
    )


def _counterparts(members: list[UUID], locale: str) -> list[UUID]:
    """The articles of the members' translation groups that are written in `locale`, in the members' order."""
    groups = Article.objects.filter(pk__in=members).values("group_id")
    rows = Article.objects.filter(group_id__in=groups)
    found = list(rows.values_list("pk", "group_id", "locale"))
    group_of = {pk: group_id for pk, group_id, _ in found}
    written = {group_id: pk for pk, group_id, spoken in found if spoken == locale}
    wanted = (written.get(group_of[pk]) for pk in members if pk in group_of)
    return list(dict.fromkeys(pk for pk in wanted if pk))


def _live(article_ids: list[UUID], at: datetime) -> Any:
    return Publication.objects.live(at).filter(article_id__in=article_ids).only("article_id", "card")


def _next_transition(article_ids: list[UUID], at: datetime) -> datetime | None:
    """A row's end is the next one's beginning, so beginnings alone tell."""
    rows = Publication.objects.filter(article_id__in=article_ids).ahead(at)
    begins: datetime | None = rows.aggregate(begins=Min("effective_from"))["begins"]
    return begins
