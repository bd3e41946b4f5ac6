"""From a path to what answers for it: articles by their addresses, slugs that moved, redirects. Reaches no revision.

A path is one of this magazine's: of its frontend as FRONTEND_URL_TEMPLATE has it, of this API, or one that a redirect
names. Nothing here ever leads to another origin.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from articles.models.publication import Publication
from articles.models.redirect import Redirect
from articles.reading import Moved, article_for, is_id
from cms.errors import Gone, NotFound
from cms.locales import LANGUAGE_TAG, canonical
from cms.models.site import Site

MOST_HOPS = 5
"""Redirects that may follow one another; a longer chain, and so a loop, is refused when it is written."""
LONGEST = 500
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\?#\ud800-\udfff]")
_SAFE = "/-._~!$&'()*+,;=:@"
_PARTS = {
    "locale": LANGUAGE_TAG,
    "slug": r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "id": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
}
_API = re.compile(rf"/api/v1/articles/(?P<slug>{_PARTS['slug']})")


@dataclass(frozen=True)
class Resolved:
    """What answers for a path: `status` is 200, 308, 410 or 404; `path` is where to go, percent-encoded."""

    status: int
    path: str | None = None
    row: Publication | None = None
    gone: Gone | None = None


@dataclass(frozen=True)
class Address:
    """What a path says of an article: a slug or id, and the locale if it has one."""

    slug_or_id: str
    locale: str | None


def normalised(path: str) -> str:
    """The one form in which paths are stored and compared: decoded, NFC, without a slash at the end.

    Raises ValueError, whose text is a sentence, for what is no path of one site: another origin, a query, `..`.
    """
    try:
        decoded = unicodedata.normalize("NFC", unquote(path, errors="strict"))
    except UnicodeDecodeError:
        raise ValueError("It is not percent-encoded UTF-8.") from None
    if not decoded.startswith("/"):
        raise ValueError("It begins with a slash, without scheme and host.")
    if _UNSAFE.search(decoded) or _UNSAFE.search(path):
        raise ValueError("It is a path alone: no query, no fragment, no backslash, no control character.")
    shown = decoded if decoded == "/" else decoded.removesuffix("/")
    if any(segment in ("", ".", "..") for segment in shown.split("/")[1:]) and shown != "/":
        raise ValueError("Its segments are not empty and not dots.")
    if len(shown) > LONGEST:
        raise ValueError(f"It has at most {LONGEST} characters.")
    return shown


def encoded(path: str) -> str:
    """A stored path as it stands in an address (RFC 3986)."""
    return quote(path, safe=_SAFE)


def path_of(row: Publication) -> str:
    """Where an article's page is: on the frontend when one is configured, else this API's own path."""
    template = settings.FRONTEND_URL_TEMPLATE
    if not template:
        return f"/api/v1/articles/{row.slug}?locale={row.locale}"
    parts = urlsplit(template.format(locale=row.locale, slug=row.slug, id=row.article_id))
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def address_in(path: str) -> Address | None:
    """What a normalised path says of an article, when it is an article's address at all."""
    frontend = _pattern(settings.FRONTEND_URL_TEMPLATE)
    match = (frontend and frontend.fullmatch(path)) or _API.fullmatch(path)
    if not match:
        return None
    found = match.groupdict()
    locale = found.get("locale")
    return Address(found.get("id") or found["slug"], canonical(locale) if locale else None)


def resolve(path: str, at: datetime) -> Resolved:
    """What answers for a normalised path at `at`: live content first, then redirects, a bounded number of them."""
    here, followed = path, 0
    while True:
        found = _article_at(here, at)
        if isinstance(found, Publication):
            own = followed == 0 and _is_own(path, found)
            return Resolved(200 if own else 308, path_of(found), found)
        redirect = Redirect.objects.filter(path=here).first() if followed <= MOST_HOPS else None
        if redirect is None:
            return _end(here, followed, found)
        if redirect.article_id is not None:
            return _of_article(redirect.article_id, at)
        here, followed = redirect.target, followed + 1


def row_behind(slug: str, locale: str | None, at: datetime) -> Publication | None:
    """The readable row to which a redirect of an article's address leads, for a slug that no readable article has.

    With a locale only an article of that locale counts: nobody is given another language than they asked for.
    """
    paths = _addresses_of(slug, locale)
    known = set(Redirect.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in paths:
        found = resolve(path, at) if path in known else None
        if found and found.row and found.status == 308 and locale in (None, found.row.locale):
            return found.row
    return None


def behind(redirects: Iterable[Redirect], at: datetime) -> dict[UUID, Publication]:
    """By article: the rows that cover `at` of the articles that redirects lead to. One query."""
    ids = {redirect.article_id for redirect in redirects if redirect.article_id}
    rows = Publication.objects.covering(at).filter(article_id__in=ids)
    return {row.article_id: row for row in rows.defer("card")}


def outlived(redirects: Iterable[Redirect], at: datetime) -> set[str]:
    """The paths among these at which a readable article is: live content wins over a redirect. One query."""
    addresses = {redirect.path: address_in(redirect.path) for redirect in redirects}
    named = {address.slug_or_id for address in addresses.values() if address}
    ids = {UUID(name) for name in named if is_id(name)}
    rows = Publication.objects.covering(at).readable()
    rows = rows.filter(Q(slug__in={name for name in named if not is_id(name)}) | Q(article_id__in=ids))
    found = list(rows.values_list("slug", "article_id", "locale"))
    live = {(name, locale) for slug, id_, locale in found for name in (slug, str(id_))}
    live |= {(name, None) for name, _ in live}
    return {
        path
        for path, address in addresses.items()
        if address and (address.slug_or_id, address.locale) in live
    }


def _article_at(path: str, at: datetime) -> Publication | Gone | None:
    address = address_in(path)
    if address is None:
        return None
    try:
        return article_for(address.slug_or_id, locale=address.locale, at=at)
    except Moved as moved:
        return moved.row
    except Gone as gone:
        return gone
    except NotFound:
        return None


def _is_own(path: str, row: Publication) -> bool:
    """Whether the path is one of the article's addresses of today, and not one that it had."""
    here = f"/api/v1/articles/{row.slug}", f"/api/v1/articles/{row.article_id}"
    return path in here or path == normalised(urlsplit(path_of(row)).path)


def _of_article(article_id: UUID, at: datetime) -> Resolved:
    try:
        row = article_for(str(article_id), locale=None, at=at)
    except NotFound:
        return Resolved(404)
    except Gone as gone:
        return Resolved(410, gone=gone)
    return Resolved(308, path_of(row), row)


def _end(here: str, followed: int, found: Gone | None) -> Resolved:
    if found is not None:
        return Resolved(410, gone=found)
    if 0 < followed <= MOST_HOPS:
        return Resolved(308, encoded(here))
    return Resolved(404)


def _addresses_of(slug: str, locale: str | None) -> list[str]:
    """The paths under which an article with this slug would be found, this API's first."""
    paths = [f"/api/v1/articles/{slug}"]
    template = settings.FRONTEND_URL_TEMPLATE
    if _pattern(template) is None or "{id}" in template:
        return paths
    locales = (
        [locale] if locale else (Site.objects.filter(pk=1).values_list("locales", flat=True).first() or [])
    )
    urls = [template.format(locale=name, slug=slug) for name in locales]
    return [*paths, *dict.fromkeys(normalised(urlsplit(url).path) for url in urls)]


@cache
def _pattern(template: str) -> re.Pattern[str] | None:
    """The frontend's paths as an expression; None without a frontend, or when its path names no article."""
    path = urlsplit(template).path.rstrip("/")
    if "{slug}" not in path and "{id}" not in path:
        return None
    seen: set[str] = set()
    pieces = []
    for piece in re.split(r"(\{(?:locale|slug|id)\})", path):
        name = piece[1:-1] if piece.startswith("{") else ""
        if name not in _PARTS:
            pieces.append(re.escape(unquote(piece)))
        else:
            pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_PARTS[name]})")
            seen.add(name)
    return re.compile("".join(pieces))
