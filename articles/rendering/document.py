"""The document of an article, format 1: what is stored in a publication and served as it is."""

from dataclasses import dataclass
from html import escape
from typing import Any

from articles.content import FORMAT
from articles.markdown import Rendered
from articles.rendering.addresses import address_of
from articles.rendering.body import body_of
from articles.rendering.catalogue import legal_card, person_card, topic_card
from articles.rendering.facts import Entry, Facts
from articles.rendering.json_ld import json_ld
from articles.rendering.references import reference
from articles.rendering.times import rfc3339
from cms.canonical import document_bytes, sha256_hex

NOT_ON_CARD = ("body", "references", "claims", "json_ld")


@dataclass(frozen=True)
class Document:
    """What a publication stores. `etag` is a strong, quoted entity tag of `body`; `embeds` what the bytes hold."""

    body: bytes
    card: bytes
    sha256: str
    etag: str
    embeds: tuple[Entry, ...]
    topics: tuple[Entry, ...]
    authors: tuple[Entry, ...]
    reviewer: Entry | None
    note_types: tuple[str, ...]


def render_article(facts: Facts) -> Document:
    """Render one publication. The same facts give the same bytes, always."""
    content = facts.content
    body = body_of(content["body_markdown"], facts.block_ids, facts.locale)
    topics = _entries(facts, "topic", content["topics"])
    authors = _entries(facts, "person", content["authors"])
    legal = _entries(facts, "legal_status", content["legal"])
    cited = _entries(facts, "reference", body.citations)
    further = [entry for entry in _entries(facts, "reference", content["references"]) if entry not in cited]
    notes = _merged_notes(content["content_notes"], body.content_notes)
    url = _url(facts)
    full = {
        **_identity(facts, url),
        "body": _body(body),
        "cover": None,
        "topics": [topic_card(entry, facts.locale) for entry in topics],
        "authors": [person_card(entry) for entry in authors],
        "related": [{"id": id_, "href": f"/api/v1/articles/{id_}"} for id_ in content["related"]],
        "review": _review(facts),
        "references": [
            *(reference(entry, body.citations.index(entry.key) + 1, facts.locale) for entry in cited),
            *(reference(entry, None, facts.locale) for entry in further),
        ],
        "claims": [dict(claim) for claim in body.claims],
        "content_notes": notes,
        "safety": _safety(facts, legal),
        "corrections": [
            {
                "at": rfc3339(correction.at),
                "note": correction.note,
                "from_version": correction.from_version,
                "to_version": correction.to_version,
            }
            for correction in facts.corrections
        ],
        "withdrawal": _withdrawal(facts),
        "comments": {
            "moderation": content["comments_policy"],
            "closes_at": content["comments_close_at"],
            "href": f"/api/v1/articles/{facts.article_id}/comments",
        },
        "seo": {
            "title": content["seo"].get("title") or content["title"],
            "description": content["seo"].get("description") or content["summary"],
        },
        "json_ld": json_ld(facts, url, authors, topics, cited),
        "extra": dict(content["extra"]),
        "links": _links(facts),
    }
    members = _members(full)
    data = _object(members)
    sha256 = sha256_hex(data)
    reviewer = facts.reviewed.by if facts.reviewed else None
    shown = (*topics, *authors, *legal, *cited, *further, reviewer)
    embedded = {entry.id: entry for entry in shown if entry}
    return Document(
        body=data,
        card=_object({name: value for name, value in members.items() if name not in NOT_ON_CARD}),
        sha256=sha256,
        etag=f'"{sha256[:32]}"',
        embeds=tuple(embedded.values()),
        topics=tuple(topics),
        authors=tuple(authors),
        reviewer=reviewer,
        note_types=tuple(note["type"] for note in notes),
    )


def _identity(facts: Facts, url: str) -> dict[str, Any]:
    content = facts.content
    return {
        "id": facts.article_id,
        "kind": facts.kind,
        "slug": content["slug"],
        "locale": facts.locale,
        "url": url,
        "version": facts.version,
        "revision": facts.revision,
        "format": FORMAT,
        "title": content["title"],
        "summary": content["summary"],
        "published_at": rfc3339(facts.published_at),
        "updated_at": rfc3339(facts.updated_at),
        "first_published_at": rfc3339(facts.first_published_at),
        "medical": content["medical"],
    }


def _body(body: Rendered) -> dict[str, Any]:
    return {
        "html": body.html,
        "blocks": body.blocks,
        "outline": body.outline,
        "word_count": body.word_count,
        "reading_minutes": body.reading_minutes,
    }


def _entries(facts: Facts, kind: str, keys: Any) -> list[Entry]:
    """The entries for `keys`, in order; a key that the catalogue lacks is left out (a check blocks publishing)."""
    found = (facts.entries.get((kind, key)) for key in keys)
    return [entry for entry in found if entry is not None]


def _merged_notes(article: list[dict[str, Any]], sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    strongest: dict[str, int] = {}
    for note in (*article, *sections):
        strongest[note["type"]] = max(note["intensity"], strongest.get(note["type"], 0))
    return [{"type": type_, "intensity": intensity} for type_, intensity in strongest.items()]


def _review(facts: Facts) -> dict[str, Any]:
    reviewed = facts.reviewed
    due_at = facts.next_review_due_at
    return {
        "status": facts.review_status,
        "reviewed_at": rfc3339(reviewed.at) if reviewed else None,
        "reviewed_by": person_card(reviewed.by) if reviewed and reviewed.by else None,
        "reviewed_version": reviewed.version if reviewed else None,
        "due_at": rfc3339(due_at) if due_at else facts.content["review_due_at"],
        "unreviewed_reason": facts.unreviewed_reason or None,
    }


def _safety(facts: Facts, legal: list[Entry]) -> dict[str, Any]:
    return {
        "disclaimer": _disclaimer(facts),
        "urgency": [dict(card) for card in facts.content["urgency"]],
        "legal": [legal_card(entry) for entry in legal],
        "helplines_href": "/api/v1/helplines",
    }


def _disclaimer(facts: Facts) -> dict[str, Any]:
    """`locale` is there only when the text is in another one than the document: it is never passed off as its own."""
    other, text = facts.disclaimer_locale, escape(facts.disclaimer)
    if other is None:
        return {"html": f"<p>{text}</p>", "text": facts.disclaimer}
    return {"html": f'<p lang="{escape(other)}">{text}</p>', "text": facts.disclaimer, "locale": other}


def _withdrawal(facts: Facts) -> dict[str, Any] | None:
    if facts.withdrawal is None:
        return None
    alternative = facts.withdrawal.alternative_id
    return {
        "explanation": facts.withdrawal.explanation,
        "alternative_href": f"/api/v1/articles/{alternative}" if alternative else None,
    }


def _links(facts: Facts) -> dict[str, str]:
    base = f"/api/v1/articles/{facts.article_id}"
    return {
        "self": base,
        "versions": f"{base}/versions",
        "version": f"{base}/versions/{facts.version}",
        "comments": f"{base}/comments",
    }


def _url(facts: Facts) -> str:
    return address_of(facts.frontend_url_template, facts.article_id, facts.locale, facts.content["slug"])


def bytes_of(document: dict[str, Any]) -> bytes:
    """`<` inside `json_ld` is written as an escape, so that the member can stand in a script element as it is."""
    return _object(_members(document))


def _members(document: dict[str, Any]) -> dict[str, bytes]:
    """Each member's value in bytes, once for the document and its card."""
    written = {name: document_bytes(value) for name, value in document.items()}
    if "json_ld" in written:
        written["json_ld"] = written["json_ld"].replace(b"<", b"\\u003c")
    return written


def _object(members: dict[str, bytes]) -> bytes:
    return b"{" + b",".join(b'"' + name.encode() + b'":' + value for name, value in members.items()) + b"}"
