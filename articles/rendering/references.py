"""References as readers see them: CSL-JSON (citeproc-js specification) set in one plain style.

The style is author, year, title, container, volume(issue), pages, link: what a reader needs to find the work. A CSL
processor with its style files would do more than one style needs.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from articles.rendering.facts import Entry

SHOWN_AUTHORS = 6
RETRACTED = {"en": "Retracted", "fr": "Rétracté"}


def reference(entry: Entry, number: int | None, locale: str) -> dict[str, Any]:
    """A reference of a document: `number` is its place in the text, null when it is further reading."""
    csl = dict(entry.content["csl"])
    status = entry.content["publication_status"]
    text = plain(entry.content)
    if status == "retracted":
        text = f"{RETRACTED.get(locale.split('-')[0], RETRACTED['en'])}. {text}"
    return {
        "key": entry.key,
        "number": number,
        "csl": csl,
        "html": _with_link(text, csl),
        "text": text,
        "href": f"/api/v1/references/{entry.key}",
        "publication_status": status,
        "retraction": entry.content.get("retraction"),
    }


def plain(content: Mapping[str, Any]) -> str:
    """The reference in one line of plain text. `authors_complete` false: the list of authors was shortened."""
    csl = content["csl"]
    parts = [
        _sentence(_names(csl, complete=content.get("authors_complete", True))),
        f"({_year(csl)})." if _year(csl) else "",
        _sentence(str(csl.get("title", ""))),
        _sentence(_container(csl)),
        link(csl) or "",
    ]
    return " ".join(part for part in parts if part)


def link(csl: Mapping[str, Any]) -> str | None:
    """Where the work is: its DOI as a link, else its URL."""
    if csl.get("DOI"):
        return f"https://doi.org/{csl['DOI']}"
    return csl.get("URL")


def _with_link(text: str, csl: Mapping[str, Any]) -> str:
    href = link(csl)
    shown = escape(text)
    if not href or not href.startswith(("https://", "http://")):
        return f"<p>{shown}</p>"
    safe = escape(href)
    return f'<p>{shown.removesuffix(safe)}<a href="{safe}" rel="noopener">{safe}</a></p>'


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _names(csl: Mapping[str, Any], *, complete: bool) -> str:
    authors = csl.get("author") or []
    names = [_name(author) for author in authors[:SHOWN_AUTHORS]]
    if len(authors) > SHOWN_AUTHORS or not complete:
        names.append("et al.")
    return ", ".join(names)


def _name(author: Mapping[str, Any]) -> str:
    if "literal" in author:
        return str(author["literal"])
    particle = author.get("non-dropping-particle", "")
    initials = "".join(part[0] for part in str(author.get("given", "")).replace("-", " ").split() if part)
    return " ".join(part for part in (particle, str(author.get("family", "")), initials) if part)


def _year(csl: Mapping[str, Any]) -> str:
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else ""


def _container(csl: Mapping[str, Any]) -> str:
    name = str(csl.get("container-title") or csl.get("publisher") or "")
    volume = str(csl.get("volume") or "")
    issue = f"({csl['issue']})" if csl.get("issue") else ""
    page = f":{csl['page']}" if csl.get("page") else ""
    return " ".join(part for part in (name, f"{volume}{issue}{page}".lstrip(":")) if part)
