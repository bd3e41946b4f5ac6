"""Search by tsvector and GIN, PostgreSQL's own full text. Vectors are written as they are, by no configuration.

Three columns beside Django's hold ever more of a text, so that a rare title is found without reading bodies.
"""

from collections import defaultdict
from itertools import chain

from django.db import connection

from articles.models.search import SearchText
from articles.searching.base import Clause, Narrowing
from articles.searching.documents import FIELDS, Token, Tokens
from articles.searching.queries import Query, Term

_FROM = "FROM articles_searchtext s JOIN articles_publication p ON p.id = s.publication_id WHERE "
_WEIGHTS = "ABCD"
_COLUMNS = ("title_vector", "head_vector", "head_vector", "full_vector")
"""Which column answers for each tier; the second tier of the two that share one is told by weights."""

_OWN = ("id", "publication_id", "locale", "kind", "title", "summary", "headings", "body", "analysis")


NEAR = 1_000
"""Texts that are looked at one by one, from the newest on, before the index is asked for all that match."""


class TsVector:
    def matching(self, query: Query, narrowed: Narrowing) -> Clause:
        condition = _condition(query, narrowed.traits, len(FIELDS))
        return Clause(
            f"{_FROM}{condition.sql}{narrowed.clause.sql}", condition.params + narrowed.clause.params
        )

    def newest(self, query: Query, tier: int, narrowed: Narrowing, before: int | None, most: str) -> Clause:
        """A common word is found among the newest texts. Where those do not give enough, the word is not common, and
        the index gives few. The planner cannot tell: of a word it knows nothing of it takes it to stand in one text
        of a few hundred, and would walk a million to find the one. Of what the index gives publications are looked at
        from the newest on, and no more of them than are wanted.
        """
        condition = _condition(query, narrowed.traits, tier, tier - 1)
        below = "" if before is None else "WHERE s.id < %s "
        given = () if before is None else (before,)
        near = f"SELECT * FROM articles_searchtext s {below}ORDER BY s.id DESC LIMIT {NEAR}"
        alive = "JOIN articles_publication p ON p.id = s.publication_id WHERE"
        best = f"ORDER BY s.id DESC LIMIT {most}"
        return Clause(
            f"WITH near AS MATERIALIZED (SELECT s.id FROM ({near}) s {alive} {condition.sql}{narrowed.clause.sql} "
            f"{best}), matching AS MATERIALIZED (SELECT s.id, s.publication_id, s.locale, s.kind "
            f"FROM articles_searchtext s WHERE {condition.sql}), "
            f"far AS (SELECT s.id FROM matching s {alive} (SELECT count(*) FROM near) < {most} "
            f"AND s.id < (SELECT min(s.id) FROM ({near}) s){narrowed.clause.sql} {best}) "
            f"SELECT id FROM (SELECT id FROM near UNION ALL SELECT id FROM far) either ORDER BY id DESC LIMIT {most}",
            (
                *given,
                *condition.params,
                *narrowed.clause.params,
                *condition.params,
                *given,
                *narrowed.clause.params,
            ),
        )

    def having_word(self, column: str, narrowed: Narrowing) -> Clause:
        rest = "".join(f" & {trait}" for trait in narrowed.traits)
        return Clause(
            f"{_FROM} s.full_vector @@ ('w' || {column} || '{rest}')::tsquery{narrowed.clause.sql}",
            narrowed.clause.params,
        )

    def write(self, texts: list[tuple[SearchText, Tokens]]) -> None:
        columns = (*_OWN, "title_vector", "head_vector", "full_vector")
        values = ", ".join(["%s"] * len(_OWN) + ["%s::tsvector"] * 3)
        rows = [
            (*(getattr(text, name) for name in _OWN), *(_vector(tokens, fields) for fields in (1, 3, 4)))
            for text, tokens in texts
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO articles_searchtext ({', '.join(columns)}) VALUES ({values})", rows
            )

    def vacate(self) -> None:
        """Nothing is left here but what VACUUM takes away, as from every table."""


def _condition(query: Query, traits: tuple[str, ...], tier: int, without: int = 0) -> Clause:
    """That a text matches in a tier or one before it, in none up to `without`, and has the tokens of the filters."""
    sql, params = _in_tier(query, tier, traits)
    if without:
        before, more = _in_tier(query, without)
        sql, params = f"{sql} AND NOT {before}", params + more
    if query.unwanted:
        sql += " AND NOT s.full_vector @@ %s::tsquery"
        params += (" | ".join(_any_of(term, "") for term in query.unwanted),)
    return Clause(sql, params)


def _in_tier(query: Query, tier: int, traits: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    weights = _WEIGHTS[:tier] if tier == 2 else ""
    expression = " & ".join([*(_any_of(term, weights) for term in query.wanted), *traits])
    return f"s.{_COLUMNS[tier - 1]} @@ %s::tsquery", (expression,)


def _any_of(term: Term, weights: str) -> str:
    suffix = f":{weights}" if weights else ""
    ways = [f"({' <-> '.join(f's{root}{suffix}' for root in roots)})" for roots in term.alternatives]
    if term.prefix:
        ways.append(f"w{term.prefix}:*{weights}")
    return f"({' | '.join(ways)})"


def _vector(tokens: Tokens, fields: int) -> str:
    """A tsvector as text: each lexeme with its places and weights, then the traits, which have none."""
    places: dict[str, list[str]] = defaultdict(list)
    kept = zip(_WEIGHTS, tokens.stems[:fields], tokens.words[:fields], strict=False)
    for weight, stems, words in kept:
        token: Token
        for token in chain(stems, words):
            if token.text:
                places[token.text].append(f"{token.place}{weight}")
    return " ".join([*(f"{text}:{','.join(at)}" for text, at in places.items()), *tokens.traits])
