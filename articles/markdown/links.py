"""Which targets a link may have. Everything that is not listed here loses its target and keeps its text."""

import re
from typing import Any

from articles.markdown.sanitiser import survives

ARTICLE_PATH = "/api/v1/articles/"
_ARTICLE = re.compile(
    r"article:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)
# No user information before the host: `https://bank.example@evil.example` reads like another site.
_ADDRESS = re.compile(
    r"(https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?|mailto:[^\s\\]+|tel:[+0-9().;=*-]+)", re.IGNORECASE
)
_SCHEME = re.compile(r"[A-Za-z]+:")


def resolve(destination: str) -> dict[str, Any] | None:
    """Return a link's `href` and, for an article, its `target`; None when the destination is not allowed.

    `destination` is percent-encoded already. Schemes: https, http (RFC 9110), mailto (RFC 6068), tel (RFC 3966)
    and our own `article:UUID`.
    """
    if article := _ARTICLE.fullmatch(destination):
        identifier = article[1].lower()
        return {"href": ARTICLE_PATH + identifier, "target": {"kind": "article", "id": identifier}}
    if not _ADDRESS.fullmatch(destination):
        return None
    href = _SCHEME.sub(lambda scheme: scheme[0].lower(), destination, count=1)
    return {"href": href} if survives(href) else None


def destination_of(link: dict[str, Any]) -> str:
    """Return what an editor writes for a link of a block: the inverse of `resolve`."""
    target = link.get("target")
    return f"article:{target['id']}" if target else str(link["href"])
