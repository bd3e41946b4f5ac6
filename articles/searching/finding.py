"""Finding: a page of texts in their order, how many there are of what, and what a reader may have meant.

The order is total: by tier (`articles.searching.base.TIERS`), then the newest first. One query a function.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from articles.models.search import SearchText
from articles.searching.base import TIERS, Filters, instant, narrowing
from articles.searching.choosing import full_text
from articles.searching.queries import Query
from articles.searching.spelling import distance, forms_sought, may_be_misspelt, slips_allowed
from articles.searching.words import Word, is_stop_word, stem

FEW = 3
"""With fewer results than this a spelling is suggested."""

FACETS = ("kind", "locale", "topic")
MOST_VALUES = 50
_CANDIDATES, _ENOUGH = 200, 100


@dataclass(frozen=True)
class Found:
    """A text that answers, and its publication's stored card."""

    tier: int
    text: SearchText
    card: bytes

    @property
    def place(self) -> tuple[int, int]:
        """Its place in the order, which what follows lies behind."""
        return self.tier, self.text.pk


@dataclass(frozen=True)
class Page:
    """Results; `more` says whether others follow; `last` and `transition` are the last instant at which any list
    changed, and the next known one at which one will.
    """

    results: list[Found]
    more: bool
    last: datetime | None
    transition: datetime | None


@dataclass(frozen=True)
class Counts:
    """How many texts answer, and how many of each kind, locale and topic (by key), the most frequent first."""

    total: int
    facets: dict[str, list[tuple[str, int]]]


def page(
    query: Query, filters: Filters, *, at: datetime, limit: int, behind: tuple[int, int] | None = None
) -> Page:
    """The `limit` results that follow the place `behind`."""
    sql, params = _page_sql(query, filters, at, limit + 1, behind)
    rows = _fetched(sql, params)
    found = [_found(row) for row in rows if row[2] is not None]
    transition, last = map(_as_instant, rows[0][:2])
    return Page(found[:limit], len(found) > limit, last, transition)


def counted(query: Query, filters: Filters, *, at: datetime) -> Counts:
    """Exact numbers; reads everything that matches."""
    if not query.wanted:
        return Counts(0, {name: [] for name in FACETS})
    matching = full_text().matching(query, narrowing(filters, at))
    rows = _fetched(
        f"WITH found AS MATERIALIZED (SELECT p.id, s.kind, s.locale {matching.sql}) "
        "SELECT 'total', '', count(*) FROM found "
        "UNION ALL SELECT 'kind', kind, count(*) FROM found GROUP BY kind "
        "UNION ALL SELECT 'locale', locale, count(*) FROM found GROUP BY locale "
        "UNION ALL SELECT 'topic', c.key, count(*) FROM found "
        "JOIN articles_publicationtopic t ON t.publication_id = found.id "
        "JOIN articles_catalogueitem c ON c.id = t.topic_id GROUP BY c.key",
        matching.params,
    )
    values: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, value, number in rows:
        values[name].append((value, number))
    facets = {name: sorted(values[name], key=lambda pair: (-pair[1], pair[0])) for name in FACETS}
    return Counts(values["total"][0][1], {name: found[:MOST_VALUES] for name, found in facets.items()})


def suggestion(text: str, query: Query, filters: Filters, *, at: datetime) -> str | None:
    """The text with words put right that find no live text; None when nothing can be said."""
    words = [word for word in query.loose if may_be_misspelt(word.key)]
    if not words:
        return None
    documents = _alive(set().union(*(forms_sought(word.key) for word in words)), filters, at)
    for word in sorted(words, key=lambda word: -word.start):
        better = _better(word, query, documents)
        text = text[: word.start] + better + text[word.end :] if better else text
        words = [other for other in words if other is not word or better]
    return text if words else None


def _better(word: Word, query: Query, documents: dict[str, int]) -> str | None:
    """The nearest live word within the slips allowed, the most frequent of several, and none that says little; None
    for one that finds something as it is, by its stem or as the beginning of a word.
    """
    if any(_finds(word, query, other) for other in documents):
        return None
    near = [
        (far, -number, other)
        for other, number in documents.items()
        if (far := distance(word.key, other)) <= slips_allowed(word.key)
        and not is_stop_word(other, query.languages)
    ]
    return min(near)[2] if near else None


def _finds(word: Word, query: Query, other: str) -> bool:
    unfinished = any(term.prefix == word.key for term in query.wanted)
    return (unfinished and other.startswith(word.key)) or any(
        stem(word.key, language) == stem(other, language) for language in query.languages
    )


def _alive(keys: set[str], filters: Filters, at: datetime) -> dict[str, int]:
    """Words that are known under one of the forms, with the number of live texts that have each (up to _ENOUGH)."""
    having = full_text().having_word("w.word", narrowing(filters, at))
    marks = ", ".join(["%s"] * len(keys))
    rows = _fetched(
        f"SELECT w.word, (SELECT count(*) FROM (SELECT 1 {having.sql} LIMIT {_ENOUGH}) found) "
        f"FROM (SELECT DISTINCT word FROM articles_searchspelling WHERE key IN ({marks}) "
        f"ORDER BY word LIMIT {_CANDIDATES}) w",
        (*having.params, *sorted(keys)),
    )
    return {word: number for word, number in rows if number}


def _page_sql(
    query: Query, filters: Filters, at: datetime, limit: int, behind: tuple[int, int] | None
) -> tuple[str, tuple[Any, ...]]:
    """A tier is looked through only for what those before it left wanting; texts are read of the found alone."""
    first, after = behind or (TIERS[0], None)
    tiers = [tier for tier in TIERS if tier >= first] if query.wanted else []
    index, narrowed = full_text(), narrowing(filters, at)
    parts, params = [], list[Any]()
    for tier in tiers:
        before = after if tier == first else None
        left = "".join(f" - (SELECT count(*) FROM t{number})" for number in tiers if number < tier)
        part = index.newest(query, tier, narrowed, before, f"{limit}{left}")
        parts.append(f"t{tier} AS MATERIALIZED (SELECT {tier} AS tier, id FROM ({part.sql}) newest), ")
        params += part.params
    union = " UNION ALL ".join(f"SELECT tier, id FROM t{tier}" for tier in tiers)
    found = union or "SELECT NULL AS tier, id FROM articles_searchtext WHERE 1 = 0"
    return (
        f"WITH {''.join(parts)}found AS ({found}) "
        "SELECT n.begins, l.began, found.tier, s.id, p.card, s.locale, s.title, s.summary, s.headings, s.body "
        "FROM (SELECT min(effective_from) AS begins FROM articles_publication WHERE effective_from > %s) n "
        "CROSS JOIN (SELECT max(effective_from) AS began FROM articles_publication WHERE effective_from <= %s) l "
        "LEFT JOIN found ON 1 = 1 LEFT JOIN articles_searchtext s ON s.id = found.id "
        "LEFT JOIN articles_publication p ON p.id = s.publication_id ORDER BY found.tier, s.id DESC",
        (*params, instant(at), instant(at)),
    )


def _found(row: Sequence[Any]) -> Found:
    _, _, tier, id_, card, locale, title, summary, headings, body = row
    text = SearchText(id=id_, locale=locale, title=title, summary=summary, headings=headings, body=body)
    return Found(tier, text, bytes(card))


def _fetched(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _as_instant(value: Any) -> datetime | None:
    """SQLite gives instants as it stores them, as text in UTC."""
    found = parse_datetime(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
