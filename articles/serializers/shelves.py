"""What the desk gets of collections and redirects: plain dictionaries."""

from datetime import datetime
from typing import Any

from articles.models import CatalogueItem, CatalogueVersion, Redirect
from articles.reading import entry_of
from articles.rendering.catalogue import SHAPES
from articles.serializers.shapes import instant, user


def collection_version(version: CatalogueVersion, item: CatalogueItem, at: datetime) -> dict[str, Any]:
    """One version with its interval; `state` is past, current or scheduled."""
    begun, over = version.effective_from <= at, version.effective_until <= at
    return {
        "number": version.number,
        "state": "past" if over else "current" if begun else "scheduled",
        "effective_from": instant(version.effective_from),
        "effective_until": instant(version.effective_until),
        "content": version.document,
        "sha256": version.sha256,
        "author": user(version.author),
        "created_at": instant(version.created_at),
        "href": f"/api/v1/editorial/collections/{item.pk}/versions/{version.number}",
    }


def collection(item: CatalogueItem, versions: list[CatalogueVersion], at: datetime) -> dict[str, Any]:
    """A collection from its versions that have not ended, in time order: what is public, what was saved last.

    `content` is of the current version, else of the first that lies ahead.
    """
    base = f"/api/v1/editorial/collections/{item.pk}"
    shown = [collection_version(version, item, at) for version in versions]
    current = next((version for version in shown if version["state"] == "current"), None)
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "key": item.key,
        "etag": item.etag,
        "retired_at": instant(item.retired_at),
        "content": shown[0]["content"],
        "delivered": SHAPES["collection"](entry_of(versions[0])),
        "current": current,
        "newest": max(shown, key=lambda version: version["number"]),
        "scheduled": [version for version in shown if version["state"] == "scheduled"],
        "href": base,
        "links": {"self": base, "versions": f"{base}/versions", "public": f"/api/v1/collections/{item.key}"},
    }


def redirect(row: Redirect) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "path": row.path,
        "article": str(row.article_id) if row.article_id else None,
        "target": row.target,
        "etag": row.etag,
        "created_by": user(row.created_by),
        "created_at": instant(row.created_at),
        "href": f"/api/v1/editorial/redirects/{row.pk}",
    }
