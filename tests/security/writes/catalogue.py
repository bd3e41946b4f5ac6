"""Writing of what articles point at and of where they are found: the catalogue, redirects, releases."""

from collections.abc import Iterator

from articles import urls
from articles.models import CatalogueItem
from tests.articles.collections.shelf import saved, titled
from tests.articles.releases.acts import a_begun_release, a_release, publishing, scheduled
from tests.builders import a_published_article, a_redirect, ahead, an_article, an_entry
from tests.client import ApiClient
from tests.security.writes.write import EDITORIAL, Write

CATALOGUE = {
    "topics": {"key": "grief", "title": {"en": "Grief"}},
    "people": {"key": "mara-lund", "name": "Mara Lund", "roles": ["author"]},
    "references": {"key": "lund2021", "csl": {"type": "book", "title": "Grief"}},
    "helplines": {
        "key": "day-line",
        "name": "Day Line",
        "channels": [{"type": "phone", "value": "555 0101", "href": "tel:5550101"}],
    },
    "collections": {
        "key": "first-steps",
        "title": {"en": "First steps"},
        "summary": {"en": "Where to begin."},
        "effective_from": "2100-01-01T00:00:00Z",
    },
    "legal-statuses": {
        "key": "psilocybin-nl",
        "substance": "psilocybin",
        "jurisdiction": "NL",
        "status": "controlled",
        "summary": "Listed.",
        "as_of": "2026-01-01",
    },
}
KINDS = urls.CATALOGUE | {"collections": "collection"}


def of_catalogue(by: dict[str, ApiClient]) -> Iterator[Write]:
    for noun, body in CATALOGUE.items():
        desk, kind = f"{EDITORIAL}/{noun}", KINDS[noun]
        entry: CatalogueItem = an_entry(kind, "there-already")
        change = {name: value for name, value in body.items() if name != "key"}
        yield Write(desk, "POST", desk, by["editor"], body)
        yield Write(f"{desk}/<item_id>", "PATCH", f"{desk}/{entry.pk}", by["editor"], change, entry.etag)
        yield Write(f"{desk}/<item_id>", "DELETE", f"{desk}/{entry.pk}", by["editor"], None, entry.etag)
    yield from _of_shelves(by["editor"])


def _of_shelves(client: ApiClient) -> Iterator[Write]:
    """Versions of collections that lie ahead, and redirects."""
    item = an_entry("collection", "with-a-plan")
    saved(item, titled("Soon"), ahead(days=2))
    item.refresh_from_db()
    desk = f"{EDITORIAL}/collections"
    one, path = f"{desk}/<item_id>/versions/<number>", f"{desk}/{item.pk}/versions/2"
    yield Write(one, "PATCH", path, client, {"title": {"en": "Later"}}, item.etag)
    yield Write(one, "DELETE", path, client, None, item.etag)
    redirects = f"{EDITORIAL}/redirects"
    row = a_redirect("/old", "/new")
    yield Write(redirects, "POST", redirects, client, {"path": "/older", "target": "/new"})
    one, path = f"{redirects}/<redirect_id>", f"{redirects}/{row.pk}"
    yield Write(one, "PATCH", path, client, {"target": "/newer"}, row.etag)
    yield Write(one, "DELETE", path, client, None, row.etag)


def of_releases(client: ApiClient) -> Iterator[Write]:
    desk = f"{EDITORIAL}/releases"
    one = f"{desk}/<release_id>"
    article = an_article(slug="released")
    draft, other = a_release(publishing(article)), a_release(publishing(article))
    coming = a_release(publishing(an_article(slug="coming")))
    begin = {"effective_from": "2100-01-01T00:00:00Z"}
    coming = scheduled(coming, effective_from=ahead(hours=2)).release
    begun = a_begun_release(a_published_article(slug="begun"))
    taken = {"article": str(article.pk), "verb": "publish", "revision": 1, "change_note": "New."}
    body = {"name": "Spring", "note": "For the team.", "items": [taken]}
    yield Write(desk, "POST", desk, client, body)
    yield Write(one, "PATCH", f"{desk}/{draft.pk}", client, body, draft.etag)
    yield Write(one, "DELETE", f"{desk}/{other.pk}", client, None, other.etag)
    yield Write(f"{one}/schedule", "POST", f"{desk}/{draft.pk}/schedule", client, begin, draft.etag)
    yield Write(f"{one}/cancel", "POST", f"{desk}/{coming.pk}/cancel", client, {}, coming.etag)
    undo = {"name": "Back", "change_note": "As before.", **begin}
    yield Write(f"{one}/rollback", "POST", f"{desk}/{begun.pk}/rollback", client, undo, begun.etag)
