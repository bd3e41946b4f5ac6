"""The small interface behind which the databases' full text differs, and the conditions that it shares."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from articles.models.search import SearchText
from articles.searching.documents import Tokens, traits_of
from articles.searching.queries import Query

TIERS = (1, 2, 3, 4)
"""How well a text answers: all terms in the title; with the summary; with the headings; with the body."""

LIVE = "p.state = 'live' AND p.effective_from <= %s AND p.effective_until > %s"
"""As `PublicationQuerySet.live` has it, of the present."""


@dataclass(frozen=True)
class Clause:
    """A piece of SQL and the values of its placeholders."""

    sql: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What narrows a search: a locale, a kind, the key of a topic."""

    locale: str | None = None
    kind: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Narrowing:
    """A condition on `s` and `p` (it begins with AND, or is empty), and tokens that all texts have which meet it."""

    clause: Clause
    traits: tuple[str, ...]


EVERYTHING = Narrowing(Clause(""), ())


class FullText(Protocol):
    """One database's index. In its clauses `s` is the text and `p` its publication."""

    def matching(self, query: Query, narrowed: Narrowing) -> Clause:
        """`FROM … WHERE …` of the texts that match in any tier. `query` wants something."""

    def newest(self, query: Query, tier: int, narrowed: Narrowing, before: int | None, most: str) -> Clause:
        """A SELECT of the ids of the newest `most` (SQL for a number) texts of one tier, below the id `before`."""

    def having_word(self, column: str, narrowed: Narrowing) -> Clause:
        """`FROM … WHERE …` of the texts that have the whole word which a column of an outer query holds."""

    def write(self, texts: list[tuple[SearchText, Tokens]]) -> None:
        """Insert texts with their index."""

    def vacate(self) -> None:
        """Leave nothing of deleted texts in the index's own storage."""


def instant(at: datetime) -> Any:
    """An instant as the database compares it in SQL of our own."""
    return connection.ops.adapt_datetimefield_value(at)


def narrowing(filters: Filters, at: datetime) -> Narrowing:
    """Live at `at` and within the filters."""
    sql, params = [LIVE], [instant(at), instant(at)]
    for column, value in {"s.locale": filters.locale, "s.kind": filters.kind}.items():
        if value:
            sql.append(f"{column} = %s")
            params.append(value)
    if filters.topic:
        sql.append(
            "EXISTS (SELECT 1 FROM articles_publicationtopic t WHERE t.publication_id = p.id AND t.topic_id IN "
            "(SELECT c.id FROM articles_catalogueitem c WHERE c.kind = 'topic' AND c.key = %s))"
        )
        params.append(filters.topic)
    topics = [filters.topic] if filters.topic else []
    traits = traits_of(locale=filters.locale, kind=filters.kind, topics=topics)
    return Narrowing(Clause(" AND " + " AND ".join(sql), tuple(params)), traits)
