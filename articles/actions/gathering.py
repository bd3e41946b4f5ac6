"""Gathering what a rendering and its checks depend on."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from articles.actions.agreed import consent_of
from articles.checks import Examined
from articles.content import CATALOGUE_FIELDS
from articles.models import Article, Byline, CatalogueVersion, Revision
from articles.rendering.body import body_of
from articles.rendering.catalogue import fallback, localised
from articles.rendering.facts import Entry
from cms import clock
from cms.models import Site, User

Entries = dict[tuple[str, str], Entry]


def entry_of(version: CatalogueVersion) -> Entry:
    item = version.item
    return Entry(str(item.pk), item.kind, item.key, version.number, version.document)


def entries_for(content: dict[str, Any], citations: Iterable[str]) -> Entries:
    """The current version of every catalogue entry that a content names or cites. One query."""
    keys = {key for field in CATALOGUE_FIELDS for key in content[field]} | set(citations)
    wanted = {(kind, key) for field, kind in CATALOGUE_FIELDS.items() for key in content[field]}
    wanted |= {("reference", key) for key in citations}
    versions = CatalogueVersion.objects.filter(
        item__key__in=keys, number=F("item__head_number")
    ).select_related("item")
    entries = [entry_of(version) for version in versions]
    return {(entry.kind, entry.key): entry for entry in entries if (entry.kind, entry.key) in wanted}


def public_person(user: User | None) -> Entry | None:
    """Who a user is in public; none without a byline."""
    byline = Byline.objects.filter(user=user).first() if user else None
    if byline is None:
        return None
    version = CatalogueVersion.objects.select_related("item").get(
        item_id=byline.person_id, number=F("item__head_number")
    )
    return entry_of(version)


def examined(
    article: Article, revision: Revision, *, by: User | None = None, at: datetime | None = None
) -> Examined:
    """A revision with all that its checks look at, judged for `at`, or for now. Renders the body, or finds it so.

    An article that `by` may not know of is like one that does not exist; without anybody all are known.
    """
    content, now = revision.document, at or clock.now()
    body = body_of(content["body_markdown"], tuple(revision.block_ids), article.locale)
    return Examined(
        kind=article.kind,
        locale=article.locale,
        content=content,
        body=body,
        entries=entries_for(content, body.citations),
        linked=states_of({*body.article_links, *content["related"]}, by, now),
        at=now,
        consent=consent_of(article, now),
    )


def states_of(ids: Collection[str], by: User | None, at: datetime) -> dict[str, str]:
    """What readers meet at these articles at an instant: live, withdrawn, gone, or unpublished. At most one query."""
    if not ids:
        return {}
    found = Article.objects.on_desk().known_to(by, at).filter(pk__in=ids).with_state_at(at)
    return {str(pk): state or "unpublished" for pk, state in found.values_list("pk", "public_state")}


def surroundings(locale: str) -> dict[str, Any]:
    """What a document takes from the site as a whole."""
    site = Site.objects.filter(pk=1).first() or Site(name="", disclaimer={})
    return {
        "site_name": site.name,
        "disclaimer": localised(site.disclaimer, locale),
        "disclaimer_locale": fallback(site.disclaimer, locale),
        "public_url": settings.PUBLIC_URL,
        "frontend_url_template": settings.FRONTEND_URL_TEMPLATE,
    }


def warm(article_id: UUID, number: int) -> None:
    """Render a revision's body before the transaction that will need it, so that no writer waits for it."""
    revision = Revision.objects.filter(article_id=article_id, number=number).select_related("article").first()
    if revision:
        body_of(revision.document["body_markdown"], tuple(revision.block_ids), revision.article.locale)
