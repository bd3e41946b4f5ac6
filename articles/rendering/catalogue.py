"""Catalogue entries in the shapes that delivery gives them: embedded in documents, and on their own."""

from collections.abc import Mapping
from typing import Any

from articles.rendering.facts import Entry
from articles.rendering.references import link, plain


def localised(texts: Mapping[str, str], locale: str) -> str:
    """The text for `locale`, else for its language, else the English one, else the first."""
    return (
        texts.get(locale)
        or texts.get(locale.split("-")[0])
        or texts.get("en")
        or next(iter(texts.values()), "")
    )


def topic_card(entry: Entry, locale: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "slug": entry.key,
        "title": localised(entry.content["title"], locale),
        "href": f"/api/v1/topics/{entry.key}",
    }


def person_card(entry: Entry) -> dict[str, Any]:
    """`invented` is true for bylines of the demonstration: no such person exists."""
    return {
        "id": entry.id,
        "slug": entry.key,
        "name": entry.content["name"],
        "credentials": entry.content.get("credentials", ""),
        "invented": bool(entry.content.get("invented", False)),
        "href": f"/api/v1/people/{entry.key}",
    }


def legal_card(entry: Entry) -> dict[str, Any]:
    """A legal status says of which day it speaks (`as_of`) and where that was read; it is no advice."""
    content = entry.content
    return {
        "key": entry.key,
        "substance": content["substance"],
        "jurisdiction": content["jurisdiction"],
        "status": content["status"],
        "summary": content["summary"],
        "as_of": content["as_of"],
        "review_due_at": content.get("review_due_at"),
        "source": {
            "reference": content.get("source_reference"),
            "href": content.get("source_url"),
            "verification": content.get("verification", "secondary"),
        },
        "href": "/api/v1/legal-statuses",
    }


def topic(entry: Entry) -> dict[str, Any]:
    content = entry.content
    return {
        "id": entry.id,
        "slug": entry.key,
        "title": dict(content["title"]),
        "description": dict(content.get("description", {})),
        "version": entry.number,
        "links": {
            "self": f"/api/v1/topics/{entry.key}",
            "articles": f"/api/v1/articles?topic={entry.key}",
        },
    }


def person(entry: Entry) -> dict[str, Any]:
    content = entry.content
    return person_card(entry) | {
        "bio": content.get("bio", ""),
        "roles": list(content.get("roles", [])),
        "interests": content.get("interests", ""),
        "version": entry.number,
        "links": {
            "self": f"/api/v1/people/{entry.key}",
            "articles": f"/api/v1/articles?author={entry.key}",
        },
    }


def reference(entry: Entry) -> dict[str, Any]:
    content = entry.content
    return {
        "id": entry.id,
        "key": entry.key,
        "csl": dict(content["csl"]),
        "text": plain(content),
        "url": link(content["csl"]),
        "publication_status": content["publication_status"],
        "retraction": content.get("retraction"),
        "verification": content.get("verification"),
        "version": entry.number,
        "links": {"self": f"/api/v1/references/{entry.key}"},
    }


def helpline(entry: Entry) -> dict[str, Any]:
    """A service to turn to. `verified_at` null means that no editor of this site has checked it yet."""
    content = entry.content
    return {
        "id": entry.id,
        "key": entry.key,
        "name": content["name"],
        "country": content.get("country"),
        "subdivision": content.get("subdivision"),
        "emergency": bool(content.get("emergency", False)),
        "international": bool(content.get("international", False)),
        "channels": [dict(channel) for channel in content["channels"]],
        "hours": dict(content.get("hours", {"text": "", "always": False})),
        "languages": list(content.get("languages", [])),
        "cost": content.get("cost"),
        "scope": list(content.get("scope", [])),
        "note": content.get("note", ""),
        "verification": content.get("verification", "memory"),
        "verified_at": content.get("verified_at"),
        "verify_due_at": content.get("verify_due_at"),
    }


def legal_status(entry: Entry) -> dict[str, Any]:
    return legal_card(entry) | {"id": entry.id, "version": entry.number}


SHAPES = {
    "topic": topic,
    "person": person,
    "reference": reference,
    "helpline": helpline,
    "legal_status": legal_status,
}
"""Kind of entry to the shape in which delivery shows it on its own."""
