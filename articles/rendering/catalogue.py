"""Catalogue entries in the shapes that delivery gives them: embedded in documents, and on their own."""

from collections.abc import Mapping
from typing import Any

from articles.rendering.facts import Entry
from articles.rendering.references import link, plain


def localised(texts: Mapping[str, str], locale: str) -> str:
    """The text for `locale`, else for its language, else the English one, else the first."""
    return texts.get(chosen_locale(texts, locale), "")


def chosen_locale(texts: Mapping[str, str], locale: str) -> str:
    """The locale of the text that `localised` gives; empty when there is none."""
    wanted = (locale, locale.split("-")[0], "en", *texts)
    return next((name for name in wanted if texts.get(name)), "")


def fallback(texts: Mapping[str, str], locale: str) -> str | None:
    """The locale of the text that stands in for a missing one; None when nothing had to stand in."""
    chosen = chosen_locale(texts, locale)
    return chosen if chosen and chosen != locale else None


def topic_card(entry: Entry, locale: str) -> dict[str, Any]:
    """`title_locale` is there only when the title is in another locale than the document."""
    other = fallback(entry.content["title"], locale)
    return {
        "id": entry.id,
        "slug": entry.key,
        "title": localised(entry.content["title"], locale),
        **({"title_locale": other} if other else {}),
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


def collection(entry: Entry) -> dict[str, Any]:
    """A collection without its articles: which of them can be read moves with time."""
    content = entry.content
    return {
        "id": entry.id,
        "slug": entry.key,
        "title": dict(content["title"]),
        "summary": dict(content.get("summary", {})),
        "version": entry.number,
        "links": {"self": f"/api/v1/collections/{entry.key}"},
    }


SHAPES = {
    "topic": topic,
    "person": person,
    "reference": reference,
    "helpline": helpline,
    "legal_status": legal_status,
    "collection": collection,
}
"""Kind of entry to the shape in which delivery shows it on its own."""
