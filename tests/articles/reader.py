"""A reader without the network: what the rows say to whoever looks at an instant."""

import json
from datetime import datetime
from typing import Any

from articles.models import Article, Publication
from articles.reading import article_for, body_of, covering
from cms import clock
from cms.errors import Gone, NotFound


def document(article: Article, at: datetime | None = None) -> dict[str, Any]:
    """The document that is served at an instant, now unless one is given."""
    return json.loads(body_of(article_for(str(article.pk), locale=None, at=at or clock.read_instant())))


def served(article: Article, at: datetime) -> bytes | str | None:
    """The bytes served at an instant; `gone` and its reason where it was gone, None before it was ever public."""
    try:
        return body_of(article_for(str(article.pk), locale=None, at=at))
    except Gone as gone:
        return f"gone: {gone.extra['reason']}"
    except NotFound:
        return None


def state(article: Article, at: datetime | None = None) -> str | None:
    row = covering(article.pk, at or clock.read_instant())
    return row.state if row else None


def versions(rows: list[Publication]) -> list[tuple[int, int, str]]:
    """Version, revision and state of each row of a timeline."""
    return [(row.version, row.revision_number, row.state) for row in rows]
