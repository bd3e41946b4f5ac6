"""What a document can hold of a catalogue entry: two versions with the same are one to readers of documents."""

from typing import Any

from articles.rendering.catalogue import legal_card, person_card, topic_card
from articles.rendering.facts import Entry
from articles.rendering.references import reference


def embedded(entry: Entry, locale: str) -> dict[str, Any]:
    """All that documents of a locale take from an entry. A helpline is in none: documents link to helplines."""
    if entry.kind == "topic":
        return topic_card(entry, locale)
    if entry.kind == "person":
        return person_card(entry)
    if entry.kind == "legal_status":
        return legal_card(entry)
    return reference(entry, None, locale) if entry.kind == "reference" else {}
