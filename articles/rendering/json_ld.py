"""The schema.org description of a document: MedicalWebPage for medical articles, Article otherwise."""

from typing import Any

from articles.rendering.catalogue import localised
from articles.rendering.facts import Entry, Facts
from articles.rendering.references import link, plain
from articles.rendering.times import rfc3339


def json_ld(
    facts: Facts, url: str, authors: list[Entry], topics: list[Entry], references: list[Entry]
) -> dict[str, Any]:
    """JSON-LD 1.1 with the context https://schema.org. Absolute links, for it leaves the site's pages."""
    content = facts.content
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if content["medical"] else "Article",
        "@id": _absolute(facts, f"/api/v1/articles/{facts.article_id}"),
        "url": _absolute(facts, url),
        "name": content["title"],
        "headline": content["title"],
        "description": content["summary"],
        "inLanguage": facts.locale,
        "datePublished": rfc3339(facts.published_at),
        "dateModified": rfc3339(facts.updated_at),
        "version": str(facts.version),
        "author": [_person(facts, author) for author in authors],
        "about": [{"@type": "Thing", "name": _name_of(topic, facts.locale)} for topic in topics],
        "citation": [_work(entry) for entry in references],
        "publisher": {"@type": "Organization", "name": facts.site_name},
    }
    if content["medical"] and facts.reviewed and facts.review_status == "current":
        described["lastReviewed"] = facts.reviewed.at.date().isoformat()
        if facts.reviewed.by:
            described["reviewedBy"] = _person(facts, facts.reviewed.by)
    return described


def _absolute(facts: Facts, path: str) -> str:
    return path if path.startswith("http") else f"{facts.public_url}{path}"


def _person(facts: Facts, entry: Entry) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": entry.content["name"],
        "url": _absolute(facts, f"/api/v1/people/{entry.key}"),
    }


def _name_of(entry: Entry, locale: str) -> str:
    return localised(entry.content["title"], locale)


def _work(entry: Entry) -> dict[str, Any]:
    csl = entry.content["csl"]
    kind = "ScholarlyArticle" if csl.get("type") == "article-journal" else "CreativeWork"
    work: dict[str, Any] = {"@type": kind, "name": str(csl.get("title", "")), "text": plain(entry.content)}
    if link(csl):
        work["url"] = link(csl)
    return work
