"""The statements that a request really sends, how the database would go about them, and what is wrong with that.

`python -m tests.scale` says it of a site of any size, the one that DATABASE_URL names.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

SMALL = {
    "articles_catalogueitem",
    "articles_catalogueversion",
    "articles_redirect",
    "articles_suppressedpublication",
    "articles_suppression",
    "auth_group",
    "cms_apitoken",
    "cms_feed",
    "cms_generation",
    "cms_site",
    "cms_user",
    "cms_user_groups",
}
"""Tables that do not grow with articles, versions or replies: reading such a one whole is no fault."""


LARGE = 1_000
"""Rows, as PostgreSQL has counted them: it does right to read fewer as they lie."""

SORTING = ("USE TEMP B-TREE", "Sort", "Incremental Sort")


@dataclass(frozen=True)
class Statement:
    """One that was sent, with its parameters."""

    sql: str
    params: Any


@dataclass
class Listener:
    """An execute wrapper that writes down what passes."""

    heard: list[Statement] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.heard.append(Statement(sql, params))
        return execute(sql, params, many, context)


READING = ("SELECT", "(SELECT", "WITH")
WRITING = ("UPDATE", "DELETE")


def heard(work: Callable[[], object]) -> list[Statement]:
    """What some work sends, without what only adds rows or sets something."""
    listener = Listener()
    with connection.execute_wrapper(listener):
        work()
    return [said for said in listener.heard if said.sql.lstrip().startswith(READING + WRITING)]


def statements(path: str, token: str | None = None, method: str = "GET") -> list[Statement]:
    """What one request sends, which has to be answered by 200. A POST has a key and nothing to say."""
    answers: list[Any] = []

    def work() -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if method == "POST":
            headers |= {"Idempotency-Key": str(uuid4())}
        answers.append(Client(headers=headers).generic(method, path, content_type="application/json"))

    found = heard(work)
    answer = answers[0]
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.content[:300]!r}"
    return found


def following(path: str, steps: int, token: str | None = None) -> str:
    """The address of the page that lies `steps` behind the first."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for _ in range(steps):
        path = Client(headers=headers).get(path).json()["next"].partition("://")[2]
        path = path[path.index("/") :]
    return path


def faults(said: Statement, *, sorts: str = "", whole: str = "") -> list[str]:
    """What would cost more the more there is: whole tables read, and rows put in order by sorting.

    Where `sorts` says which few rows a statement may sort, only the former. `whole`: tables that may be read whole.
    """
    found = _of_sqlite(said) if connection.vendor == "sqlite" else _of_postgresql(said)
    allowed = {f"{reading} {table}" for table in whole.split() for reading in ("SCAN", "Seq Scan on")}
    return [fault for fault in found if fault not in allowed and not (sorts and fault.startswith(SORTING))]


def plan(said: Statement) -> list[str]:
    """The database's own words, one line a step."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {said.sql}", said.params)
            return [row[3] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN {said.sql}", said.params)
        return [row[0] for row in cursor.fetchall()]


def _of_sqlite(said: Statement) -> Iterator[str]:
    """An index walked from its end for a page is `SCAN … USING INDEX` there: that ends with the page."""
    growing = _growing()
    names = _names_of(said.sql, growing)
    for line in plan(said):
        words = line.split()
        if words[0] == "SCAN" and "INDEX" not in words and names.get(words[1], words[1]) in growing:
            yield line
        if "B-TREE" in words and "ORDER" in words:
            yield line


def _names_of(sql: str, tables: set[str]) -> dict[str, str]:
    """Aliases of tables, as Django writes them: `"articles_publication" U0`."""
    words = sql.replace('"', "").replace("(", " ").replace(")", " ").split()
    return {second: first for first, second in pairwise(words) if first in tables}


def _growing() -> set[str]:
    """Our tables that are large, or would be."""
    ours = {name for name in connection.introspection.table_names() if name.startswith(("articles_", "comm"))}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [LARGE])
            ours &= {name for (name,) in cursor.fetchall()}
    return ours - SMALL


def _of_postgresql(said: Statement) -> Iterator[str]:
    growing = _growing()
    for node in nodes_of(said):
        if node["Node Type"].endswith("Seq Scan") and node["Relation Name"] in growing:
            yield f"{node['Node Type']} on {node['Relation Name']}"
        if "hashed" in node.get("Filter", "") and _tables(node) & growing:
            yield f"A table of all that a condition could find: {node['Filter']}"
        if node["Node Type"] in SORTING and _tables(node) & growing:
            yield f"{node['Node Type']} by {', '.join(node['Sort Key'])}"


def nodes_of(said: Statement, *options: str) -> Iterator[dict[str, Any]]:
    """The steps of PostgreSQL's plan; with the option ANALYZE they have been taken."""
    asked = ", ".join(("FORMAT JSON", *options))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({asked}) {said.sql}", said.params)
        found = cursor.fetchone()[0]
    yield from _nodes((found if isinstance(found, list) else json.loads(found))[0]["Plan"])


def _tables(node: dict[str, Any]) -> set[str]:
    """What a step reads, itself or by those beneath it."""
    return {name for inner in _nodes(node) if (name := inner.get("Relation Name"))}


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)
