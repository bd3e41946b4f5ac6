"""The content of a revision: its fields, their defaults, and the one canonical form that is hashed and stored."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from articles.markdown import CONTENT_NOTE_TYPES, MAX_LENGTH
from cms.canonical import canonical_bytes, sha256_hex
from cms.merging import merge_objects

FORMAT = 1
"""The format of rendered documents. Past bytes stay valid against the schema of their own format."""

DEFAULTS: dict[str, Any] = {
    "title": "",
    "slug": "",
    "summary": "",
    "body_markdown": "",
    "topics": [],
    "authors": [],
    "medical": False,
    "content_notes": [],
    "urgency": [],
    "legal": [],
    "references": [],
    "related": [],
    "seo": {"title": "", "description": ""},
    "comments_policy": "hold",
    "comments_close_at": None,
    "review_due_at": None,
    "extra": {},
}
"""Every field of a revision. Catalogue entries are named by key, articles by id. Instants are RFC 3339 strings."""

FIELDS = tuple(DEFAULTS)
COMMENTS_POLICIES = ("hold", "publish", "closed")
NOTE_TYPES = tuple(CONTENT_NOTE_TYPES)
URGENCY_LEVELS = ("non-urgent", "urgent", "emergency")
CATALOGUE_FIELDS = {
    "topics": "topic",
    "authors": "person",
    "legal": "legal_status",
    "references": "reference",
}
"""Fields that name catalogue entries, and of which kind."""
MOST = {
    "body_markdown": MAX_LENGTH,
    "topics": 20,
    "authors": 20,
    "legal": 100,
    "references": 500,
    "related": 20,
}
"""The greatest lengths of what two merged edits could make longer: code points of a text, entries of a list."""


def complete(values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the default of every field it lacks, in the order of `FIELDS`."""
    return {name: values.get(name, default) for name, default in DEFAULTS.items()}


def merge_patch(target: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """JSON Merge Patch (RFC 7396). A null resets a field to its default, since every field always has a value."""
    merged = dict(target)
    for name, value in patch.items():
        if value is None:
            merged[name] = DEFAULTS[name]
        elif isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = merge_objects(merged[name], value)
        else:
            merged[name] = value
    return merged


def canonical(values: dict[str, Any]) -> tuple[bytes, str]:
    """The canonical bytes of a content and their SHA-256."""
    data = canonical_bytes(complete(values))
    return data, sha256_hex(data)


def folded(*texts: str) -> str:
    """A key to search and sort by: case and accents folded, since SQLite folds ASCII only."""
    joined = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    return "".join(character for character in joined if not unicodedata.combining(character))


def spaced(words: Iterable[str]) -> str:
    """` a b `: each word between spaces, so that a filter can look for ` word ` and match whole words."""
    joined = " ".join(words)
    return f" {joined} " if joined else ""


def head_columns(content: Mapping[str, Any]) -> dict[str, str]:
    """What the desk shows and finds an article by, of its head: columns of Article."""
    title, slug = content["title"], content["slug"]
    return {
        "head_title": title,
        "head_slug": slug,
        "head_search_key": folded(title, slug, content["summary"]),
        "head_topics": spaced(content["topics"]),
    }
