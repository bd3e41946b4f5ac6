"""Where a substance stands in law: shown, whole, and not overdue."""

from collections.abc import Iterator
from datetime import date, timedelta

from articles.checks import substances
from articles.checks.examined import Examined, Finding
from articles.rendering.facts import Entry

YEAR = timedelta(days=365)
"""How old a legal status without a day of its own for the next look may be."""

MENTIONS = 10
"""How often a text names the substances that topics exist for before their legal status is missed."""


def legal_box(examined: Examined) -> Iterator[Finding]:
    if examined.kind == "personal_story":
        return
    about = substances.TOPICS & set(examined.content["topics"])
    if about and not examined.content["legal"]:
        message = f"An article about {' and '.join(sorted(about))} shows where it stands in law."
        yield Finding("missing_legal_box", "error", message, "/legal")
    elif not about and not examined.content["legal"] and _mentions(examined) >= MENTIONS:
        message = "The text often names a substance, and shows nowhere where it stands in law."
        yield Finding("legal_box_advised", "advice", message, "/legal")
    shown = {entry.content["substance"].lower() for _, entry in _shown(examined)}
    for missing in sorted(about - shown) if shown else ():
        message = f"The legal box says nothing of {missing}, which is a topic of this article."
        yield Finding("legal_box_incomplete", "warning", message, "/legal")


def overdue(examined: Examined) -> Iterator[Finding]:
    today = examined.at.date()
    for place, entry in _shown(examined):
        due = _due(entry)
        if due < today:
            message = f"The legal status {entry.key} should have been looked at again by {due.isoformat()}."
            yield Finding("legal_overdue", "warning", message, f"/legal/{place}")


def _due(entry: Entry) -> date:
    """The day by which somebody should look again: the entry's own, else a year after what it says was true."""
    if entry.content.get("review_due_at"):
        return date.fromisoformat(entry.content["review_due_at"][:10])
    return date.fromisoformat(entry.content["as_of"][:10]) + YEAR


def _shown(examined: Examined) -> Iterator[tuple[int, Entry]]:
    for place, key in enumerate(examined.content["legal"]):
        entry = examined.entries.get(("legal_status", key))
        if entry:
            yield place, entry


def _mentions(examined: Examined) -> int:
    return sum(word.text in substances.TOPICS for word in examined.words)
