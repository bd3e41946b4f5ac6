"""Live articles for machines that follow a site: Atom, JSON Feed and sitemaps, as bytes.

Pure formatting of stored cards. No feed carries a text: what an article holds is on its page, behind the choice that
its content notes offer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from django.conf import settings

from articles.rendering.times import rfc3339
from cms.renderers import encode

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
XML = "application/xml"

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NOTES = "content-notes"

Card = Mapping[str, Any]


@dataclass(frozen=True)
class Newest:
    """What a feed tells of: the site's name and description, one locale, the feed's own address, cards newest first.

    `changed_at` is when any list last changed.
    """

    name: str
    description: str
    locale: str
    here: str
    cards: Sequence[Card]
    changed_at: datetime


def absolute(address: str) -> str:
    """An address of this service in full; one of a frontend is whole already."""
    return f"{settings.PUBLIC_URL}{address}" if address.startswith("/") else address


def atom(newest: Newest) -> bytes:
    """An Atom feed (RFC 4287)."""
    feed = ElementTree.Element(
        _in(_ATOM, "feed"), {"{http://www.w3.org/XML/1998/namespace}lang": newest.locale}
    )
    _text(feed, "id", newest.here)
    _text(feed, "title", newest.name)
    if newest.description:
        _text(feed, "subtitle", newest.description)
    _text(feed, "updated", rfc3339(newest.changed_at))
    ElementTree.SubElement(feed, _in(_ATOM, "link"), {"rel": "self", "type": ATOM, "href": newest.here})
    for card in newest.cards:
        _entry(feed, card)
    return _document(feed, {"": _ATOM})


def json_feed(newest: Newest) -> bytes:
    """A JSON Feed (version 1.1), which has `items` even where there are none.

    What it has no name for stands under `_kintsugi`, as its extensions do.
    """
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": newest.name,
        "description": newest.description,
        "language": newest.locale,
        "feed_url": newest.here,
    }
    items = [_item(card) for card in newest.cards]
    return encode({name: value for name, value in document.items() if value} | {"items": items})


def sitemap_index(pages: Iterable[str]) -> bytes:
    """The index of sitemaps (sitemaps.org, version 0.9)."""
    index = ElementTree.Element(_in(_SITEMAP, "sitemapindex"))
    for address in pages:
        ElementTree.SubElement(
            ElementTree.SubElement(index, _in(_SITEMAP, "sitemap")), _in(_SITEMAP, "loc")
        ).text = address
    return _document(index, {"": _SITEMAP})


def sitemap(entries: Iterable[tuple[str, datetime, Mapping[str, str]]]) -> bytes:
    """A sitemap: address, last major update, and addresses by locale of the same article in other languages."""
    urls = ElementTree.Element(_in(_SITEMAP, "urlset"))
    for address, updated_at, others in entries:
        url = ElementTree.SubElement(urls, _in(_SITEMAP, "url"))
        ElementTree.SubElement(url, _in(_SITEMAP, "loc")).text = address
        ElementTree.SubElement(url, _in(_SITEMAP, "lastmod")).text = rfc3339(updated_at)
        for locale, other in sorted(others.items()):
            named = {"rel": "alternate", "hreflang": locale, "href": other}
            ElementTree.SubElement(url, _in(_XHTML, "link"), named)
    return _document(urls, {"": _SITEMAP, "xhtml": _XHTML})


def _entry(feed: ElementTree.Element, card: Card) -> None:
    entry = ElementTree.SubElement(feed, _in(_ATOM, "entry"))
    _text(entry, "id", f"urn:uuid:{card['id']}")
    _text(entry, "title", card["title"])
    _text(entry, "published", card["published_at"])
    _text(entry, "updated", card["updated_at"])
    _text(entry, "summary", card["summary"])
    ElementTree.SubElement(
        entry,
        _in(_ATOM, "link"),
        {"rel": "alternate", "href": absolute(card["url"]), "hreflang": card["locale"]},
    )
    for person in card["authors"]:
        _text(ElementTree.SubElement(entry, _in(_ATOM, "author")), "name", person["name"])
    if not card["authors"]:
        _text(ElementTree.SubElement(entry, _in(_ATOM, "author")), "name", "")
    for topic in card["topics"]:
        _category(entry, {"term": topic["slug"], "label": topic["title"]})
    for note in card["content_notes"]:
        _category(entry, {"term": note["type"], "scheme": _NOTES})


def _item(card: Card) -> dict[str, Any]:
    return {
        "id": card["id"],
        "url": absolute(card["url"]),
        "title": card["title"],
        "summary": card["summary"],
        "content_text": card["summary"],
        "date_published": card["published_at"],
        "date_modified": card["updated_at"],
        "language": card["locale"],
        "authors": [{"name": person["name"]} for person in card["authors"]],
        "tags": [topic["title"] for topic in card["topics"]],
        "_kintsugi": {
            "about": f"{settings.PUBLIC_URL}/api/docs",
            "kind": card["kind"],
            "content_notes": card["content_notes"],
        },
    }


def _category(entry: ElementTree.Element, named: dict[str, str]) -> None:
    ElementTree.SubElement(entry, _in(_ATOM, "category"), named)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, _in(_ATOM, name)).text = text


def _in(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _document(root: ElementTree.Element, prefixes: Mapping[str, str]) -> bytes:
    for prefix, namespace in prefixes.items():
        ElementTree.register_namespace(prefix, namespace)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8") + b"\n"
