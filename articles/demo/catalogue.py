"""The demonstration's site and catalogue."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from articles import actions
from articles.demo import source
from cms.models import Site, User

OPENED = datetime(2025, 1, 1, tzinfo=UTC)
"""When the demonstration's catalogue begins: before its first article."""

FILES = {
    # kind: (file, what its entries are known by)
    "topic": ("topics", "slug"),
    "person": ("people", "slug"),
    "reference": ("references", "key"),
    "helpline": ("helplines", "key"),
    "legal_status": ("legal", "key"),
}


def create_site() -> Site:
    """The site, marked as a demonstration."""
    return Site.objects.create(id=1, demo=True, **source.site())


def create_entries(by: User | None = None) -> None:
    """Every entry, public from the day of what it describes, or from the catalogue's beginning."""
    for kind, (file, name) in FILES.items():
        for row in source.rows(file):
            content = {field: value for field, value in row.items() if field != name}
            actions.create_entry(kind=kind, key=row[name], content=content, by=by, starts=starts(content))


def starts(content: Mapping[str, Any]) -> datetime:
    """No entry is older than the work or the law that it describes."""
    described = content.get("as_of") or _issued(content.get("csl", {}))
    if not described:
        return OPENED
    return max(OPENED, datetime.combine(date.fromisoformat(described), time(), UTC))


def _issued(csl: Mapping[str, Any]) -> str | None:
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    if not parts[0]:
        return None
    year, month, day = (*parts[0], 1, 1)[:3]
    return f"{int(year):04}-{int(month):02}-{int(day):02}"
