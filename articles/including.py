"""What is composed beside a stored document when a reader asks for it: translations, related cards, targets of links.

None of it can stand in stored bytes, for it moves with the timelines of other articles. Never reaches a revision.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from articles.models.article import Article
from articles.models.publication import Publication
from articles.translations import History, behind, histories
from cms import clock
from cms.canonical import document_bytes

INCLUDES = ("translations", "related", "links")
_ADDRESS = "/api/v1/articles/"


@dataclass(frozen=True)
class Included:
    """Members to put beside a document, as bytes that follow its last one; `transition` is the next known change of
    any of them, `changed` the last one; `tags` the cache tags of all that they show.
    """

    members: bytes
    transition: datetime | None
    changed: datetime
    tags: tuple[str, ...]

    def beside(self, document: bytes) -> bytes:
        """The object with the members added at its end."""
        opening = document[:-1]
        return opening + (b"," if len(opening) > 1 else b"") + self.members + b"}"


def included(row: Publication, body: bytes, names: tuple[str, ...], at: datetime) -> Included:
    """The members that `names` (of INCLUDES) ask for beside the stored `body` of `row`, as of `at`.

    At most three queries, whatever the number of translations, related articles and links.
    """
    document = json.loads(body)
    related = [UUID(entry["id"]) for entry in document["related"]] if "related" in names else []
    linked = list(dict.fromkeys(_targets(document))) if "links" in names else []
    around = _Around.of(row, {*related, *linked}, "translations" in names, at)
    shown = {other.article_id: other for other in _covering(around.ids, related, at)}
    members: dict[str, bytes] = {}
    if "translations" in names:
        members |= _translations(row, [shown[id_] for id_ in around.group if id_ in shown], at)
    if "related" in names:
        cards = [
            bytes(shown[id_].shown_card) for id_ in related if id_ in shown and shown[id_].state == "live"
        ]
        members["related_articles"] = b"[" + b",".join(cards) + b"]"
    if "links" in names:
        members["link_targets"] = document_bytes([_target(id_, shown.get(id_)) for id_ in linked])
    groups = [f"translations-{around.group_id}"] if "translations" in names else []
    named = dict.fromkeys([*related, *linked, *(id_ for id_ in around.group if id_ in shown)])
    return Included(
        members=b",".join(document_bytes(name) + b":" + value for name, value in members.items()),
        transition=around.transition,
        changed=max((other.effective_from for other in shown.values()), default=row.effective_from),
        tags=(*groups, *(f"article-{id_}" for id_ in named if id_ != row.article_id)),
    )


@dataclass(frozen=True)
class _Around:
    """The articles that an answer speaks of; `group` those of the translation group, the article itself included."""

    ids: tuple[UUID, ...]
    group: tuple[UUID, ...]
    group_id: UUID | None
    transition: datetime | None

    @classmethod
    def of(cls, row: Publication, ids: set[UUID], with_group: bool, at: datetime) -> "_Around":
        """One query: the articles, and when each of them changes next."""
        own = Article.objects.filter(pk=row.article_id).values("group_id")
        wanted = Q(pk__in=ids) | (Q(group_id__in=own) if with_group else Q())
        if not ids and not with_group:
            return cls((), (), None, None)
        ahead = Publication.objects.filter(article=OuterRef("pk")).ahead(at).order_by("effective_from")
        rows = list(
            Article.objects.filter(wanted)
            .order_by("locale", "pk")
            .values_list("pk", "group_id", Subquery(ahead.values("effective_from")[:1]))
        )
        group_id = next((group for pk, group, _ in rows if pk == row.article_id), None)
        return cls(
            ids=tuple(pk for pk, _, _ in rows),
            group=tuple(pk for pk, group, _ in rows if with_group and group == group_id),
            group_id=group_id,
            transition=min((begins for _, _, begins in rows if begins), default=None),
        )


def _covering(ids: tuple[UUID, ...], with_cards: list[UUID], at: datetime) -> QuerySet:
    """What readers meet at these articles at `at`; only the related ones with their cards. One query."""
    card = Case(
        When(article_id__in=with_cards, then=F("card")), default=Value(b""), output_field=BinaryField()
    )
    rows = Publication.objects.filter(article_id__in=ids).covering(at)
    if at < clock.read_instant():
        rows = rows.unsuppressed()
    return rows.defer("card").annotate(shown_card=card)


def _translations(row: Publication, group: list[Publication], at: datetime) -> dict[str, bytes]:
    readable = [other for other in group if other.state != "gone" and other.article_id != row.article_id]
    sources = {other.source_article for other in (row, *readable) if other.source_article}
    past = histories(sources, at)
    items = [
        {
            "id": str(other.article_id),
            "locale": other.locale,
            "slug": other.slug,
            "href": f"{_ADDRESS}{other.article_id}",
            "state": other.state,
            "revisions_behind": _lag(other, past),
        }
        for other in readable
    ]
    return {
        "translations": document_bytes(items),
        "revisions_behind": document_bytes(_lag(row, past)),
    }


def _lag(row: Publication, past: dict[UUID, Any]) -> int | None:
    """None for a text that is no translation."""
    if row.source_article is None or row.source_revision is None:
        return None
    history: History = past[row.source_article]
    return behind(history, row.source_revision)


def _targets(document: dict[str, Any]) -> Iterator[UUID]:
    """The articles that the text links to, in the order of the text, then the alternative of a withdrawn one."""
    yield from _linked(document["body"]["blocks"])
    withdrawal = document["withdrawal"]
    if withdrawal and withdrawal["alternative_href"]:
        yield UUID(withdrawal["alternative_href"].removeprefix(_ADDRESS))


def _linked(value: Any) -> Iterator[UUID]:
    if isinstance(value, list):
        for item in value:
            yield from _linked(item)
    elif isinstance(value, dict):
        target = value.get("target")
        if isinstance(target, dict) and target.get("kind") == "article":
            yield UUID(target["id"])
        for inner in value.values():
            yield from _linked(inner)


def _target(article_id: UUID, row: Publication | None) -> dict[str, Any]:
    """`missing`: nothing is readable there, and nothing is told of why. A slug belongs to what is readable alone."""
    readable = row is not None and row.state != "gone"
    alternative = row.alternative_id if row else None
    return {
        "id": str(article_id),
        "state": row.state if row else "missing",
        "locale": row.locale if row else None,
        "slug": row.slug if row and readable else None,
        "href": f"{_ADDRESS}{article_id}",
        "reason": (row.reason or None) if row else None,
        "alternative_href": f"{_ADDRESS}{alternative}" if alternative else None,
    }
