"""Texts to be checked, put together without a database."""

from datetime import UTC, datetime
from typing import Any

from articles.checks import Examined, Finding, findings
from articles.content import complete
from articles.markdown import render
from articles.rendering.facts import Entry

TODAY = datetime(2026, 7, 1, 12, tzinfo=UTC)
PLAIN = "Sleep often changes after trauma.\n\nIt usually settles with time.\n"
ENTRIES = {
    "topic": {"title": {"en": "A topic"}},
    "person": {"name": "Ines Halloran"},
    "reference": {"csl": {"type": "report", "title": "A report"}, "publication_status": "current"},
    "legal_status": {"substance": "mdma", "as_of": "2026-01-01", "status": "controlled"},
}


def examined(
    body: str = PLAIN,
    *,
    kind: str = "article",
    locale: str = "en",
    entries: tuple[Entry, ...] = (),
    linked: dict[str, str] | None = None,
    **content: Any,
) -> Examined:
    """What the checks get of a text that has nothing to find but what is given."""
    fields = {"title": "Sleep", "slug": "sleep", "summary": "What helps.", "authors": ["ines"]}
    known = (an_entry("person", "ines"), *entries)
    return Examined(
        kind=kind,
        locale=locale,
        content=complete(fields | {"body_markdown": body} | content),
        body=render(body),
        entries={(entry.kind, entry.key): entry for entry in known},
        linked=linked or {},
        at=TODAY,
    )


def an_entry(kind: str, key: str, **content: Any) -> Entry:
    return Entry(f"id-of-{key}", kind, key, 1, ENTRIES[kind] | content)


def found(body: str = PLAIN, **how: Any) -> list[Finding]:
    return findings(examined(body, **how))


def codes(body: str = PLAIN, **how: Any) -> set[str]:
    return {finding.code for finding in found(body, **how)}


def the(code: str, body: str = PLAIN, **how: Any) -> Finding:
    """The one finding of a code."""
    (finding,) = [finding for finding in found(body, **how) if finding.code == code]
    return finding
