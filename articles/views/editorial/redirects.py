"""Redirects on the desk: old paths and where they lead."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.actions.redirecting import Redirected
from articles.models import Redirect
from articles.openapi import shelves as docs
from articles.serializers import redirects as inputs
from articles.serializers import shelves as shapes
from cms import pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.errors import NotFound
from cms.pagination import Order
from cms.writing import Answer, perform

BY_PATH = Order((("path", "asc"),))


@docs.redirect_list
class RedirectList(EditorialView):
    """Every redirect, by path."""

    verbs = {"GET": "catalogue.read", "POST": "catalogue.write"}
    input_serializers = {"POST": inputs.Redirect}
    parameters = {
        "q": parameters.text("What the path begins with.", max_length=500),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        rows = Redirect.objects.select_related("created_by")
        if self.query["q"]:
            rows = rows.filter(path__startswith=self.query["q"])
        page = pagination.page(rows, order=BY_PATH, limit=self.query["limit"], cursor=self.query["cursor"])
        following = {"cursor": page.next_cursor} if page.next_cursor else None
        body, link = pagination.envelope(request, [shapes.redirect(row) for row in page.rows], following)
        return self.respond(body, headers={"Link": link} if link else {})

    def post(self, request: Request) -> HttpResponseBase:
        """Lead readers of an old path to an article, or to another path of this site."""
        data = self.validated(inputs.Redirect, request)

        def work() -> Answer:
            made = actions.create_redirect(path=data["path"], to=inputs.destination_of(data), by=self.caller)
            return _answer(made, 201, {"Location": f"{request.path}/{made.redirect.pk}"})

        return perform(request, work)


@docs.redirect_detail
class RedirectDetail(EditorialView):
    """One redirect by its id."""

    verbs = {"GET": "catalogue.read", "PATCH": "catalogue.write", "DELETE": "catalogue.write"}
    input_serializers = {"PATCH": inputs.Redirect}

    def get(self, request: Request, redirect_id: UUID) -> HttpResponseBase:
        row = _redirect(redirect_id)
        return self.respond(shapes.redirect(row), etag=row.etag)

    def patch(self, request: Request, redirect_id: UUID) -> HttpResponseBase:
        """Give it another path or destination. A new `article` takes the place of a `target`, and the reverse."""
        data = self.validated(inputs.Redirect, request, whole=self._patched(request, redirect_id))
        expected = if_match(request)

        def work() -> Answer:
            made = actions.change_redirect(
                redirect_id=redirect_id,
                path=data["path"],
                to=inputs.destination_of(data),
                expected=expected,
                by=self.caller,
            )
            return _answer(made, 200, {})

        return perform(request, work)

    def delete(self, request: Request, redirect_id: UUID) -> HttpResponseBase:
        """Lead nowhere from this path any more."""
        _redirect(redirect_id)
        expected = if_match(request)

        def work() -> Answer:
            made = actions.delete_redirect(redirect_id=redirect_id, expected=expected, by=self.caller)
            return Answer(204, wait_until=made.visible_at)

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        return _content(_redirect(self.kwargs["redirect_id"]))

    def _patched(self, request: Request, redirect_id: UUID) -> dict[str, Any]:
        patch = cast(dict[str, Any], request.data)  # the parser refuses anything but an object
        kept = _content(_redirect(redirect_id))
        if patch.get("article") and "target" not in patch:
            kept["target"] = None
        if patch.get("target") and "article" not in patch:
            kept["article"] = None
        return kept | patch


def _redirect(redirect_id: UUID) -> Redirect:
    row = Redirect.objects.select_related("created_by").filter(pk=redirect_id).first()
    if row is None:
        raise NotFound("There is no such redirect.")
    return row


def _content(row: Redirect) -> dict[str, Any]:
    return {
        "path": row.path,
        "article": str(row.article_id) if row.article_id else None,
        "target": row.target or None,
    }


def _answer(made: Redirected, status: int, headers: dict[str, str]) -> Answer:
    row = made.redirect
    body = {**shapes.redirect(row), "warnings": list(made.warnings)}
    return Answer(status, body, {"ETag": row.etag, **headers}, wait_until=made.visible_at)
