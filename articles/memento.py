"""Memento (RFC 7089) and the links between versions (RFC 5829), as header values and as a TimeMap.

Pure formatting: what is linked was looked up elsewhere (`articles.reading`). A memento's address is the article's own
with `at`, because that alone stays frozen; a version's address follows the version when it is rendered anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils.http import http_date, parse_http_date

from articles.rendering.times import rfc3339

LINK_FORMAT = "application/link-format"
"""RFC 6690, section 7.3; the form of a TimeMap (RFC 7089, section 5)."""

Link = tuple[str, str, str]
"""Relation types with spaces between them, target, further parameters."""


@dataclass(frozen=True)
class Place:
    """One readable state of an article among those that have begun. Instants say when each of them began."""

    article_id: UUID
    version: int
    began: datetime
    first: datetime
    last: datetime
    previous: datetime | None
    following: datetime | None
    newest_version: int


def memento_datetime(instant: datetime) -> str:
    """An instant as `Memento-Datetime` and `datetime` have it: RFC 1123, GMT (RFC 7089, section 2.1)."""
    return http_date(instant.timestamp())


def parse_datetime(value: str) -> datetime:
    """UTC. Raises ValueError for all but the one form that `memento_datetime` gives, the day of the week included."""
    instant = datetime.fromtimestamp(parse_http_date(value), UTC)
    if memento_datetime(instant) != value:
        raise ValueError("not the form of RFC 1123, or no such day")
    return instant


def address_of(article_id: UUID) -> str:
    """The original resource: the article by id, whatever its slug is today."""
    return f"{settings.PUBLIC_URL}/api/v1/articles/{article_id}"


def memento_of(article_id: UUID, began: datetime) -> str:
    """The address of the state that began at an instant."""
    return f"{address_of(article_id)}?at={rfc3339(began)}"


def canonical(path: str) -> str:
    """For answers about the past: what they are a form of (RFC 6596)."""
    return f'<{path}>; rel="canonical"'


def links_of_article(article_id: UUID, version: int) -> str:
    """The Link header of what is served now: where its past is."""
    return _header((*_around(article_id), *_versions_beside(article_id, version, version)))


def links_of_composed(article_id: UUID, version: int) -> str:
    """The Link header of a past state with members composed at reading: no memento, for nobody was served that."""
    return f"{_canonical_of(article_id)}, {links_of_article(article_id, version)}"


def links_of_history(article_id: UUID) -> str:
    """The Link header of the list of versions, in either form."""
    return _header(_around(article_id))


def links_of_gone(article_id: UUID, reason: str) -> str:
    """The Link header of an answer in the place of a text: where its history is. With 451, who says so (RFC 7725)."""
    links = f"{_canonical_of(article_id)}, {links_of_history(article_id)}"
    return f'{links}, <{settings.PUBLIC_URL}/>; rel="blocked-by"' if reason == "legal" else links


def links_of_memento(place: Place) -> str:
    """The Link header of a past state (RFC 7089, section 2.2), its canonical address and the versions beside it."""
    beside = _versions_beside(place.article_id, place.version, place.newest_version)
    links = _header((*_around(place.article_id), *_mementos(place), *beside))
    return f"{_canonical_of(place.article_id)}, {links}"


def _canonical_of(article_id: UUID) -> str:
    return canonical(f"/api/v1/articles/{article_id}")


def links_of_timegate(place: Place) -> str:
    """The Link header of a TimeGate that chose `place` (RFC 7089, section 2.2)."""
    return _header((*_around(place.article_id), *_mementos(place)))


def timemap(article_id: UUID, instants: Iterable[datetime]) -> bytes:
    """All mementos in the order of time, one link a line. `instants` are those at which readable states began."""
    began = sorted(instants)
    links = [_link(link) for link in _timemap_head(article_id, began)]
    for instant in began:
        ends = (("first", began[0]), ("last", began[-1]))
        links.append(_link(_memento(article_id, instant, [name for name, end in ends if end == instant])))
    return ",\n".join(links).encode() + b"\n"


def _timemap_head(article_id: UUID, began: list[datetime]) -> Iterator[Link]:
    here = address_of(article_id)
    bounds = {"from": began[0], "until": began[-1]} if began else {}
    span = "".join(f'; {name}="{memento_datetime(instant)}"' for name, instant in bounds.items())
    yield "original", here, ""
    yield "self", _timemap_of(article_id), f'; type="{LINK_FORMAT}"{span}'
    yield "timegate", f"{here}/timegate", ""


def _around(article_id: UUID) -> Iterator[Link]:
    here = address_of(article_id)
    yield "original latest-version", here, ""
    yield "timegate", f"{here}/timegate", ""
    yield "timemap", _timemap_of(article_id), f'; type="{LINK_FORMAT}"'
    yield "version-history", f"{here}/versions", ""


def _timemap_of(article_id: UUID) -> str:
    """With its form in the address: caches that know nothing of Accept keep it apart from the JSON."""
    return f"{address_of(article_id)}/versions?format=link-format"


def _versions_beside(article_id: UUID, version: int, newest: int) -> Iterator[Link]:
    here = f"{address_of(article_id)}/versions"
    if version > 1:
        yield "predecessor-version", f"{here}/{version - 1}", ""
    if version < newest:
        yield "successor-version", f"{here}/{version + 1}", ""


def _mementos(place: Place) -> Iterator[Link]:
    """The state itself and those that it names, each address once with all that it is."""
    roles = {"first": place.first, "last": place.last, "prev": place.previous, "next": place.following}
    for instant in sorted({place.began, *(when for when in roles.values() if when)}):
        named = [name for name, when in roles.items() if when == instant]
        yield _memento(place.article_id, instant, named)


def _memento(article_id: UUID, instant: datetime, roles: list[str]) -> Link:
    when = f'; datetime="{memento_datetime(instant)}"'
    return " ".join((*roles, "memento")), memento_of(article_id, instant), when


def _header(links: Iterable[Link]) -> str:
    return ", ".join(_link(link) for link in links)


def _link(link: Link) -> str:
    relations, target, parameters = link
    return f'<{target}>; rel="{relations}"{parameters}'
