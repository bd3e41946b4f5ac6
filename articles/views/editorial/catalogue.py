"""The catalogue on the desk: one pair of views for all kinds; the URL says which."""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.db.models import F
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.content import folded
from articles.models import CatalogueVersion
from articles.openapi import editorial as docs
from articles.reading import entry_of
from articles.serializers import catalogue as inputs
from articles.serializers import shapes
from cms import clock, pagination, parameters, transactions
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.merging import merge_objects
from cms.pagination import Order
from cms.writing import Answer, perform

BY_KEY = Order((("item__key", "asc"),))
RERENDERED_AT_ONCE = 20
"""Articles that a save lays anew before it is answered; `manage.py rerender` does the rest."""


class CatalogueList(EditorialView):
    """All entries of a kind that are in use, by key."""

    kind = ""
    verbs = {"GET": "catalogue.read", "POST": "catalogue.write"}
    parameters = {
        "q": parameters.text("Words of key, name or title; case and accents do not matter."),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        rows = _heads(self.kind)
        for word in folded(self.query["q"] or "").split():
            rows = rows.filter(item__search_key__contains=word)
        page = pagination.page(rows, order=BY_KEY, limit=self.query["limit"], cursor=self.query["cursor"])
        body, link = pagination.envelope(
            request,
            [shapes.entry(row.item, entry_of(row)) for row in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})

    def post(self, request: Request) -> HttpResponseBase:
        """Add an entry under a key that names it for good."""
        data = self.validated(inputs.NEW[self.kind], request)
        key = data.pop("key")

        def work() -> Answer:
            item = actions.create_entry(kind=self.kind, key=key, content=_plain(data), by=self.caller)
            return _answer(self.kind, item.pk, 201, request.path)

        return perform(request, work)


class CatalogueDetail(EditorialView):
    """One entry by its id: its newest version."""

    kind = ""
    verbs = {"GET": "catalogue.read", "PATCH": "catalogue.write", "DELETE": "catalogue.write"}

    def get(self, request: Request, item_id: UUID) -> HttpResponseBase:
        row = _head(self.kind, item_id)
        return self.respond(shapes.entry(row.item, entry_of(row)), etag=row.item.etag)

    def patch(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Save a new version: a merge patch of the one that If-Match names.

        The first articles that show the entry are re-rendered before the answer, whose `warnings` say how many more
        wait for the next save or for `manage.py rerender`.
        """
        content = self._patched(request, _head(self.kind, item_id).document)
        expected = if_match(request)

        def work() -> Answer:
            actions.save_entry(item_id=item_id, content=content, expected=expected, by=self.caller)
            return _answer(self.kind, item_id, 200, request.path.rpartition("/")[0])

        answer = _with_rerendered(transactions.run(work))
        return perform(request, lambda: answer)

    def delete(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Retire an entry: no longer offered or listed; what shows it keeps it."""
        _head(self.kind, item_id)
        expected = if_match(request)

        def work() -> Answer:
            item = actions.retire_entry(item_id=item_id, expected=expected, by=self.caller)
            return Answer(204, wait_until=item.retired_at)

        return perform(request, work)

    def _patched(self, request: Request, document: dict[str, Any]) -> dict[str, Any]:
        """The content after the patch (RFC 7396). A form shows each field whole, so what it sends replaces it."""
        patch = cast(dict[str, Any], request.data)  # the parser refuses anything but an object
        is_form = getattr(request, "is_page_form", False)
        whole = document | patch if is_form else merge_objects(document, patch)
        valid = _plain(self.validated(inputs.CONTENT[self.kind], request, whole=whole))
        content = whole | {name: valid[name] for name in patch if name in valid}
        return {name: value for name, value in content.items() if value is not None}

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        return _head(self.kind, self.kwargs["item_id"]).document


def _heads(kind: str) -> Any:
    rows = CatalogueVersion.objects.of_kind(kind).filter(
        number=F("item__head_number"), item__retired_at__isnull=True
    )
    return rows.select_related("item")


def _head(kind: str, item_id: UUID) -> CatalogueVersion:
    row = _heads(kind).filter(item_id=item_id).first()
    if row is None:
        raise NotFound(f"There is no such {kind.replace('_', ' ')}.")
    return row


def _plain(data: Any) -> Any:
    """Nested ordered dictionaries as plain ones, for the canonical form."""
    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data


def _answer(kind: str, item_id: UUID, status: int, base: str) -> Answer:
    row = _head(kind, item_id)
    headers = {"ETag": row.item.etag}
    if status == 201:
        headers["Location"] = f"{base}/{item_id}"
    return Answer(status, shapes.entry(row.item, entry_of(row)), headers, wait_until=row.effective_from)


def _with_rerendered(answer: Answer) -> Answer:
    """After the save: one batch of what shows the entry, in transactions of its own, so that no writer waits long."""
    batch = actions.rerender_stale(limit=RERENDERED_AT_ONCE)
    warnings = [f"Articles still to be re-rendered: {batch.left}."] if batch.left else []
    body = {**cast(dict[str, Any], answer.body), "warnings": warnings}
    seen = clock.stamp() if batch.done else answer.wait_until
    return replace(answer, body=body, wait_until=seen)


def views_of(kind: str) -> tuple[type[CatalogueList], type[CatalogueDetail]]:
    """The two views of one kind, with its inputs and documentation."""
    name = "".join(word.title() for word in kind.split("_"))
    listing = type(
        f"{name}List", (CatalogueList,), {"kind": kind, "input_serializers": {"POST": inputs.NEW[kind]}}
    )
    detail = type(
        f"{name}Detail",
        (CatalogueDetail,),
        {"kind": kind, "input_serializers": {"PATCH": inputs.CONTENT[kind]}},
    )
    return docs.catalogue_list(listing), docs.catalogue_detail(detail)
