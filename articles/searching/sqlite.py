"""Search by FTS5, SQLite's own full text. Its rows have the texts' ids, so that it reads them newest first unsorted.

A trigger deletes them with their texts (`articles.search_rules`). Tokens are ASCII letters and digits only.
"""

from django.db import connection

from articles.models.search import SearchText
from articles.searching.base import Clause, Narrowing
from articles.searching.documents import FIELDS, Token, Tokens
from articles.searching.queries import Query, Term

_INDEX = "articles_searchindex"
_FROM = (
    f"FROM {_INDEX} CROSS JOIN articles_searchtext s ON s.id = {_INDEX}.rowid "
    f"CROSS JOIN articles_publication p ON p.id = s.publication_id WHERE {_INDEX} MATCH "
)
_NOTHING = "x"


class Fts5:
    def matching(self, query: Query, narrowed: Narrowing) -> Clause:
        return _those(_expression(query, narrowed.traits, len(FIELDS)), narrowed.clause)

    def newest(self, query: Query, tier: int, narrowed: Narrowing, before: int | None, most: str) -> Clause:
        below = "" if before is None else f" AND {_INDEX}.rowid < %s"
        given = () if before is None else (before,)
        those = _those(_expression(query, narrowed.traits, tier, tier - 1), narrowed.clause)
        return Clause(
            f"SELECT s.id {those.sql}{below} ORDER BY {_INDEX}.rowid DESC LIMIT {most}",
            (*those.params, *given),
        )

    def having_word(self, column: str, narrowed: Narrowing) -> Clause:
        rest = "".join(f" AND {trait}" for trait in narrowed.traits)
        return Clause(
            f"{_FROM} ('\"w' || {column} || '\"{rest}'){narrowed.clause.sql}", narrowed.clause.params
        )

    def write(self, texts: list[tuple[SearchText, Tokens]]) -> None:
        SearchText.objects.bulk_create([text for text, _ in texts])
        rows: list[list[int | str]] = [[text.pk, *_columns(tokens)] for text, tokens in texts]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_INDEX} (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s)", rows
            )

    def vacate(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_INDEX} ({_INDEX}) VALUES ('optimize')")


def _those(expression: str, narrowed: Clause) -> Clause:
    return Clause(f"{_FROM} %s{narrowed.sql}", (expression, *narrowed.params))


def _expression(query: Query, traits: tuple[str, ...], fields: int, without: int = 0) -> str:
    """What FTS5 is asked for: a match in the first `fields`, and none in the first `without` of them."""
    wanted = " AND ".join(map(_any_of, query.wanted))
    expression = " AND ".join([_within(wanted, fields), *traits])
    if without:
        expression = f"({expression}) NOT ({_within(wanted, without)})"
    for term in query.unwanted:
        expression = f"({expression}) NOT {_any_of(term)}"
    return expression


def _within(expression: str, fields: int) -> str:
    return f"{{{' '.join(FIELDS[:fields])}}} : ({expression})"


def _any_of(term: Term) -> str:
    ways = [f'"{" ".join(f"s{root}" for root in roots)}"' for roots in term.alternatives]
    if term.prefix:
        ways.append(f'"w{term.prefix}" *')
    return f"({' OR '.join(ways)})"


def _columns(tokens: Tokens) -> list[str]:
    """Stems at their places, then, where no phrase reaches, the whole words; in the last column also the traits."""
    columns = list(map(_column, tokens.stems, tokens.words))
    return [*columns[:-1], " ".join([columns[-1], *tokens.traits])]


def _column(stems: tuple[Token, ...], words: tuple[Token, ...]) -> str:
    placed = [token.text or _NOTHING for token in stems]
    return " ".join([*placed, _NOTHING, *(token.text for token in words)])
