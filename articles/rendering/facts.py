"""Everything a rendering may depend on, gathered before it starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One version of one catalogue entry, as it is embedded."""

    id: str
    kind: str
    key: str
    number: int
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """A note of a correction that readers can see, with the versions before and after."""

    at: datetime
    note: str
    from_version: int
    to_version: int


@dataclass(frozen=True)
class Reviewed:
    """The last approval, and the version that first showed what it approved.

    `by` is the reviewer's public person, if there is one.
    """

    at: datetime
    by: Entry | None
    version: int


@dataclass(frozen=True)
class Withdrawal:
    """Why a text that is still readable should no longer be relied on."""

    explanation: str
    alternative_id: str | None


@dataclass(frozen=True)
class Facts:
    """One publication to render. Instants are aware UTC; `entries` is keyed by (kind, key).

    `disclaimer_locale` is set when the disclaimer stands in for one that the document's locale lacks.
    """

    article_id: str
    kind: str
    locale: str
    revision: int
    version: int
    content: Mapping[str, Any]
    block_ids: tuple[str, ...]
    published_at: datetime
    updated_at: datetime
    first_published_at: datetime
    entries: Mapping[tuple[str, str], Entry]
    reviewed: Reviewed | None = None
    review_status: str = "none"
    next_review_due_at: datetime | None = None
    unreviewed_reason: str = ""
    withdrawal: Withdrawal | None = None
    corrections: tuple[Correction, ...] = ()
    site_name: str = ""
    public_url: str = ""
    frontend_url_template: str = ""
    disclaimer: str = ""
    disclaimer_locale: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
