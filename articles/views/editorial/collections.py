"""Collections on the desk: their content, and the timeline of their versions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.collections import Kept
from articles.content import folded
from articles.models import CatalogueItem, CatalogueVersion
from articles.openapi import shelves as docs
from articles.serializers import collections as inputs
from articles.serializers import shelves as shapes
from cms import clock, pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.merging import merge_objects
from cms.pagination import Order
from cms.writing import Answer, perform

BY_KEY = Order((("key", "asc"),))
BY_NUMBER = Order((("number", "desc"),))
PAGES = {"limit": parameters.limit(), "cursor": parameters.cursor()}


class Patching(EditorialView):
    """A merge patch (RFC 7396) of a content that is known under the lock only."""

    def patched(self, request: Request, document: dict[str, Any]) -> dict[str, Any]:
        """The content after the patch. A form shows each field whole, so what it sends replaces it."""
        return inputs.content_of(self._judged(request, document))

    def effective_from(self, request: Request, document: dict[str, Any]) -> datetime | None:
        return self._judged(request, document).get("effective_from")

    def _judged(self, request: Request, document: dict[str, Any]) -> dict[str, Any]:
        patch = cast(dict[str, Any], request.data)  # the parser refuses anything but an object
        is_form = getattr(request, "is_page_form", False)
        whole = document | patch if is_form else merge_objects(document, patch)
        return self.validated(inputs.Collection, request, whole=whole)


@docs.collection_list
class CollectionList(EditorialView):
    """All collections that are in use, by key, with what is public and what is scheduled."""

    verbs = {"GET": "catalogue.read", "POST": "catalogue.write"}
    input_serializers = {"POST": inputs.NewCollection}
    parameters = {
        "q": parameters.text("Words of key or title; case and accents do not matter."),
        **PAGES,
    }

    def get(self, request: Request) -> HttpResponseBase:
        items = CatalogueItem.objects.of_kind("collection").in_use()
        for word in folded(self.query["q"] or "").split():
            items = items.filter(search_key__contains=word)
        page = pagination.page(items, order=BY_KEY, limit=self.query["limit"], cursor=self.query["cursor"])
        now = clock.read_instant()
        versions = _standing(page.rows, now)
        results = [shapes.collection(item, versions[item.pk], now) for item in page.rows]
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        body, link = pagination.envelope(request, results, following)
        return self.respond(body, headers={"Link": link} if link else {})

    def post(self, request: Request) -> HttpResponseBase:
        """Add a collection under a slug that names it for good; public now, or from `effective_from` on."""
        data = self.validated(inputs.NewCollection, request)
        begins = data.get("effective_from")

        def work() -> Answer:
            kept = actions.create_collection(
                key=data["key"], content=inputs.content_of(data), by=self.caller, effective_from=begins
            )
            location = {"Location": f"{request.path}/{kept.item.pk}"}
            return _answer(kept, 201, waits=begins is None, headers=location)

        return perform(request, work)


@docs.collection_detail
class CollectionDetail(Patching):
    """One collection by its id."""

    verbs = {"GET": "catalogue.read", "PATCH": "catalogue.write", "DELETE": "catalogue.write"}
    input_serializers = {"PATCH": inputs.Collection}

    def get(self, request: Request, item_id: UUID) -> HttpResponseBase:
        body = _body(_item(item_id))
        return self.respond(body, etag=body["etag"])

    def patch(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Save a new version, beginning now or at `effective_from`: a merge patch of what is public at that instant."""
        begins = self.effective_from(request, _body(_item(item_id))["content"])
        expected = if_match(request)

        def work() -> Answer:
            kept = actions.save_collection(
                item_id=item_id,
                change=lambda document: self.patched(request, document),
                expected=expected,
                by=self.caller,
                effective_from=begins,
            )
            return _answer(kept, 200, waits=begins is None)

        return perform(request, work)

    def delete(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Retire a collection: no longer listed; versions that lie ahead are cancelled."""
        _item(item_id)
        expected = if_match(request)

        def work() -> Answer:
            kept = actions.retire_collection(item_id=item_id, expected=expected, by=self.caller)
            return Answer(204, wait_until=kept.visible_at)

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        content: dict[str, Any] = _body(_item(self.kwargs["item_id"]))["content"]
        return content


@docs.collection_versions
class CollectionVersionList(EditorialView):
    """Every version of a collection: past, current and scheduled, the last saved first."""

    verbs = {"GET": "catalogue.read"}
    parameters = PAGES

    def get(self, request: Request, item_id: UUID) -> HttpResponseBase:
        item = _item(item_id)
        rows = item.versions.select_related("author")
        page = pagination.page(rows, order=BY_NUMBER, limit=self.query["limit"], cursor=self.query["cursor"])
        now = clock.read_instant()
        results = [shapes.collection_version(row, item, now) for row in page.rows]
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        body, link = pagination.envelope(request, results, following)
        return self.respond(body, etag=item.etag, headers={"Link": link} if link else {})


@docs.collection_version
class CollectionVersionDetail(Patching):
    """One version of a collection. One that has not begun can be changed, moved and cancelled."""

    verbs = {"GET": "catalogue.read", "PATCH": "catalogue.write", "DELETE": "catalogue.write"}
    input_serializers = {"PATCH": inputs.Collection}

    def get(self, request: Request, item_id: UUID, number: int) -> HttpResponseBase:
        item = _item(item_id)
        row = _version(item, number)
        return self.respond(shapes.collection_version(row, item, clock.read_instant()), etag=item.etag)

    def patch(self, request: Request, item_id: UUID, number: int) -> HttpResponseBase:
        """Put another version in the place of one that lies ahead; the answer's `newest` has its number."""
        begins = self.effective_from(request, _version(_item(item_id), number).document)
        expected = if_match(request)

        def work() -> Answer:
            kept = actions.replace_version(
                item_id=item_id,
                number=number,
                change=lambda document: self.patched(request, document),
                expected=expected,
                by=self.caller,
                effective_from=begins,
            )
            return _answer(kept, 200, waits=False)

        return perform(request, work)

    def delete(self, request: Request, item_id: UUID, number: int) -> HttpResponseBase:
        """Cancel a version that has not begun: the one before it lasts until the next."""
        _item(item_id)
        expected = if_match(request)

        def work() -> Answer:
            kept = actions.cancel_version(item_id=item_id, number=number, expected=expected, by=self.caller)
            return Answer(204, None, {"ETag": kept.item.etag})

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        document: dict[str, Any] = _version(_item(self.kwargs["item_id"]), self.kwargs["number"]).document
        return document


def _item(item_id: UUID) -> CatalogueItem:
    item = CatalogueItem.objects.of_kind("collection").in_use().filter(pk=item_id).first()
    if item is None:
        raise NotFound("There is no such collection.")
    return item


def _version(item: CatalogueItem, number: int) -> CatalogueVersion:
    row = item.versions.select_related("author").filter(number=number).first()
    if row is None:
        raise NotFound(f"This collection has no version {number}.")
    return row


def _standing(items: Iterable[CatalogueItem], at: datetime) -> dict[UUID, list[CatalogueVersion]]:
    """By item: the versions that have not ended, in time order. One query."""
    rows = CatalogueVersion.objects.filter(item__in=[item.pk for item in items], effective_until__gt=at)
    found = defaultdict(list)
    for row in rows.select_related("item", "author").order_by("item_id", "effective_from"):
        found[row.item_id].append(row)
    return found


def _body(item: CatalogueItem) -> dict[str, Any]:
    now = clock.read_instant()
    return shapes.collection(item, _standing([item], now)[item.pk], now)


def _answer(kept: Kept, status: int, *, waits: bool, headers: dict[str, str] | None = None) -> Answer:
    """What begins now is public when this is answered: the answer speaks of that instant."""
    at = kept.visible_at if waits else clock.read_instant()
    body = shapes.collection(kept.item, _standing([kept.item], at)[kept.item.pk], at)
    return Answer(
        status,
        body,
        {"ETag": kept.item.etag, **(headers or {})},
        wait_until=kept.visible_at if waits else None,
    )
