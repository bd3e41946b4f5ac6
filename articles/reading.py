"""Looking up what is public: which row answers for a slug or an id at an instant. Never reaches a revision.

`docs/decisions/0001-time.md` explains the one probe: intervals of an article do not overlap, so the first end after
an instant belongs to the only row that can contain it.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet

from articles.memento import Place
from articles.models.catalogue import CatalogueVersion
from articles.models.publication import Publication
from articles.querysets.public import PublicationQuerySet
from articles.reach import out_of_reach, stored_body
from articles.rendering.catalogue import SHAPES
from articles.rendering.facts import Entry
from cms import clock
from cms.errors import Gone, LegallyUnavailable, NotFound
from cms.magazine import Magazine
from cms.models.site import Site
from cms.prepared import PreparedQuery

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Moved(Exception):
    """The slug belongs to the past of an article that is readable under another one now."""

    def __init__(self, row: Publication) -> None:
        super().__init__(row.slug)
        self.row = row


def is_id(slug_or_id: str) -> bool:
    """Whether it is a UUIDv7 in canonical form; slugs never look like one."""
    return _ID.fullmatch(slug_or_id) is not None


def article_for(
    slug_or_id: str, *, locale: str | None, at: datetime, among: PublicationQuerySet | None = None
) -> Publication:
    """The readable row of an article at `at`; `among` all publications, or all of them with more than their own row.

    Raises NotFound (with `locales` when the slug is taken in several and none was asked for, or in others than the one
    that was), Moved, and Gone with reason, explanation and alternative_href.
    """
    if is_id(slug_or_id):
        row = covering(UUID(slug_or_id), at, among)
        if row is None:
            raise _not_found()
        if locale is not None and row.locale != locale:
            raise _not_in(locale, [row])
        return readable(row)
    owners = _owners(slug_or_id, locale, at, among)
    if owners:
        return _chosen(owners)
    raise _elsewhere(slug_or_id, locale, at)


def readable_article(slug_or_id: str, *, locale: str | None = None) -> Publication:
    """The row readable now, following a slug that moved. Raises NotFound and Gone."""
    try:
        return article_for(slug_or_id, locale=locale, at=clock.read_instant())
    except Moved as moved:
        return moved.row


def covering(article_id: UUID, at: datetime, among: PublicationQuerySet | None = None) -> Publication | None:
    """The row of an article whose interval contains `at`, whatever its state."""
    if among is None:
        row = _COVERING.one(Publication, article_id=article_id, at=at)
    else:
        row = among.of_article(article_id, at).first()
    return row if row and row.effective_from <= at else None


def _first_end(article_id: UUID, at: datetime) -> QuerySet:
    return Publication.objects.of_article(article_id, at)[:1]


_COVERING = PreparedQuery(_first_end, {"article_id": UUID(int=1), "at": datetime(2000, 1, 1, tzinfo=UTC)})


def answered_until(row: Publication, slug_or_id: str, locale: str | None, at: datetime) -> datetime:
    """Until when the same request gets `row`, as far as is known: a slug alone may mean another locale's by then."""
    if locale is not None or is_id(slug_or_id):
        return row.effective_until
    others = Publication.objects.filter(slug=slug_or_id).ahead(at).readable().order_by("effective_from")
    begins = others.values_list("effective_from", flat=True).first()
    return min(row.effective_until, begins) if begins else row.effective_until


def body_of(row: Publication) -> bytes:
    """The stored document of a readable row. Raises Gone for one that was taken out of the past (`articles.reach`)."""
    body = stored_body(row)
    if body is None:
        raise _not_found()
    return body


def last_transition(at: datetime) -> datetime | None:
    """The latest instant not after `at` at which anything changed; what a list's first page pins."""
    return _begun_last(at).first()


def next_transition(at: datetime) -> datetime | None:
    """The next instant at which any list changes."""
    return _begins_next(at).first()


def transitions_around(at: datetime) -> tuple[datetime | None, datetime | None]:
    """`last_transition` and `next_transition` by one query."""
    last, following = _side_by_side(_begun_last(at), _begins_next(at))
    return last, following


def _side_by_side(*probes: QuerySet) -> list[datetime | None]:
    """The first instant of each, by one statement that reads no table of its own."""
    compiled = [probe[:1].query.sql_with_params() for probe in probes]
    sql = ", ".join(f"({probe})" for probe, _ in compiled)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", [value for _, values in compiled for value in values])
        return [_instant(value) for value in cursor.fetchone()]


def _instant(value: datetime | str | None) -> datetime | None:
    """What the driver gave: SQLite's gives text, or an instant that does not say that it is in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _begun_last(at: datetime) -> QuerySet:
    return Publication.objects.begun(at).order_by("-effective_from").values_list("effective_from", flat=True)


def _begins_next(at: datetime) -> QuerySet:
    return Publication.objects.ahead(at).order_by("effective_from").values_list("effective_from", flat=True)


def versions_of(article_id: UUID, at: datetime) -> list[Publication]:
    """Every row that had begun by `at`, in time order, without bytes; each says whether it is suppressed."""
    rows = Publication.objects.filter(article_id=article_id).begun(at).with_suppression()
    return list(rows.in_time_order().defer("card"))


def memento_at(article_id: UUID, at: datetime, now: datetime) -> Publication:
    """The last readable row that had begun by `at`, else the first (RFC 7089, 4.5); none that is out of reach.

    Raises NotFound without one, and Gone when all were taken out of the past.
    """
    readable = Publication.objects.filter(article_id=article_id).begun(now).readable()
    rows = readable.unsuppressed()
    row = rows.begun(at).order_by("-effective_from").first() or rows.in_time_order().first()
    if row is None:
        raise _none_within_reach(readable)
    return row


def _none_within_reach(readable: PublicationQuerySet) -> NotFound | Gone:
    last = readable.with_suppression().order_by("-effective_from").first()
    if last is None or not last.suppressed_reason or not last.suppressed_at:
        return _not_found()
    return out_of_reach(last, last.suppressed_reason, last.suppressed_at)


def place_of(row: Publication, now: datetime) -> Place:
    """Where a readable row stands among those of its article that have begun and are within reach. One query."""
    readable = ~Q(state="gone")
    bounds = {
        "first": Min("effective_from", filter=readable),
        "last": Max("effective_from", filter=readable),
        "previous": Max("effective_from", filter=readable & Q(effective_from__lt=row.effective_from)),
        "following": Min("effective_from", filter=readable & Q(effective_from__gt=row.effective_from)),
        "newest_version": Max("version"),
    }
    rows = Publication.objects.filter(article_id=row.article_id).begun(now).unsuppressed()
    found = rows.aggregate(**bounds)
    return Place(row.article_id, row.version, row.effective_from, **found)


@dataclass(frozen=True)
class Around:
    """The transitions of a kind of entries around an instant: the last not after it, the next one known."""

    last: datetime | None
    next: datetime | None


def around(kind: str, at: datetime) -> Around:
    """When entries of a kind last changed, and when they next will. One query."""
    bounds = {
        "began": Max("effective_from", filter=Q(effective_from__lte=at)),
        "ended": Max("effective_until", filter=Q(effective_until__lte=at)),
        "begins": Min("effective_from", filter=Q(effective_from__gt=at)),
        "ends": Min("effective_until", filter=Q(effective_until__gt=at)),
    }
    found = CatalogueVersion.objects.of_kind(kind).aggregate(**bounds)
    past = [found[name] for name in ("began", "ended") if found[name]]
    ahead = [found[name] for name in ("begins", "ends") if found[name]]
    return Around(max(past, default=None), min(ahead, default=None))


def next_entry_transition(at: datetime) -> datetime | None:
    """The next instant at which any entry of the catalogue begins or ceases to be what it is.

    One query, of two probes.
    """
    versions = CatalogueVersion.objects
    begins = versions.filter(effective_from__gt=at).order_by("effective_from").values("effective_from")
    ends = versions.filter(effective_until__gt=at, effective_until__lt=clock.FAR)
    found = _side_by_side(begins, ends.order_by("effective_until").values("effective_until"))
    return min((instant for instant in found if instant), default=None)


def catalogue(kind: str, at: datetime) -> list[Entry]:
    """All entries of a kind at an instant, by key. One query."""
    found = [
        Entry(str(item), kind, key, number, json.loads(bytes(content)))
        for item, key, number, content in _CATALOGUE.all(kind=kind, at=at)
    ]
    return sorted(found, key=lambda entry: entry.key)


def _catalogue(kind: str, at: datetime) -> QuerySet:
    versions = CatalogueVersion.objects.of_kind(kind).covering(at)
    return versions.values_list("item_id", "item__key", "number", "content")


_CATALOGUE = PreparedQuery(_catalogue, {"kind": "a-kind", "at": datetime(2000, 1, 1, tzinfo=UTC)})


def catalogue_entry(kind: str, key: str, at: datetime) -> Entry:
    """One entry. Raises NotFound."""
    return entry_of(catalogue_version(kind, key, at))


def catalogue_version(kind: str, key: str, at: datetime) -> CatalogueVersion:
    """The version of an entry that is public at an instant, its item with it. Raises NotFound."""
    versions = CatalogueVersion.objects.of_kind(kind).covering(at).filter(item__key=key)
    version = versions.select_related("item").first()
    if version is None:
        raise NotFound(f"There is no {kind.replace('_', ' ')} {key!r}.")
    return version


def helplines_for(
    country: str | None, *, of: Magazine, scope: str | None = None, at: datetime | None = None
) -> list[dict]:
    """Helplines for a country (ISO 3166-1 alpha-2), its emergency number first, then international directories.

    A country that nobody has entered gets the international ones alone, never a guess. Unverified entries are served
    by a demonstration site only.
    """
    instant = at or clock.read_instant()
    shown = [SHAPES["helpline"](entry) for entry in catalogue("helpline", instant)]
    shown = [line for line in shown if of.demo or line["verified_at"]]
    local = [line for line in shown if country and line["country"] == country and _for_scope(line, scope)]
    international = [line for line in shown if line["international"] and line not in local]
    return sorted(local, key=lambda line: not line["emergency"]) + international


def _for_scope(line: dict, scope: str | None) -> bool:
    return scope is None or line["emergency"] or scope in line["scope"]


def entry_of(version: CatalogueVersion) -> Entry:
    item = version.item
    return Entry(str(item.pk), item.kind, item.key, version.number, version.document)


def _owners(
    slug: str, locale: str | None, at: datetime, among: PublicationQuerySet | None = None
) -> list[Publication]:
    rows = (among if among is not None else Publication.objects.all()).filter(slug=slug)
    rows = rows.covering(at).readable()
    return list(rows.filter(locale=locale) if locale else rows)


def _chosen(owners: list[Publication]) -> Publication:
    if len(owners) == 1:
        return owners[0]
    default = Site.objects.filter(pk=1).values_list("default_locale", flat=True).first()
    for row in owners:
        if row.locale == default:
            return row
    locales = sorted(row.locale for row in owners)
    raise NotFound("Several articles have this slug; name a locale.", code="locale_needed", locales=locales)


def _elsewhere(slug: str, locale: str | None, at: datetime) -> Exception:
    """Where a slug that nobody owns at `at` leads: the article that had it last, if it is readable; else why not."""
    past = Publication.objects.filter(slug=slug).begun(at).readable()
    past = past.filter(locale=locale) if locale else past
    last = past.order_by("-effective_until", "-effective_from").first()
    row = covering(last.article_id, at) if last else None
    if row is None:
        return _not_in(locale, _owners(slug, None, at)) if locale else _not_found()
    return _gone(row) if row.state == "gone" else Moved(row)


def _not_in(locale: str, others: list[Publication]) -> NotFound:
    """Another locale's text never stands in: the answer names the locales in which there is one."""
    locales = sorted(row.locale for row in others if row.state != "gone")
    if not locales:
        return _not_found()
    sentence = f"There is no such article in {locale}; it is there in {', '.join(locales)}."
    return NotFound(sentence, locales=locales)


def readable(row: Publication) -> Publication:
    if row.state == "gone":
        raise _gone(row)
    return row


def _gone(row: Publication) -> Gone:
    alternative = f"/api/v1/articles/{row.alternative_id}" if row.alternative_id else None
    kind = LegallyUnavailable if row.reason == "legal" else Gone
    return kind(
        row.explanation or "This article is no longer available.",
        reason=row.reason,
        alternative_href=alternative,
        article=str(row.article_id),
    )


def _not_found() -> NotFound:
    return NotFound("There is no such article.")
