"""An answer as a page for people: server-made HTML that needs no script, under the strict Content-Security-Policy."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from rest_framework.renderers import BaseRenderer

from cms.browsable import editing, listing, place, pretty
from cms.browsable.zone import Beside, SiteZone, no_instant
from cms.openapi.declared import is_editorial
from cms.roles import may

DESKS = (
    ("article.read", "Desk", "/api/v1/editorial/articles"),
    ("comment.moderate", "Replies", "/api/v1/editorial/comments"),
)
REPRESENTATION_HEADERS = ("ETag", "Last-Modified", "Content-Location")
"""They speak of the JSON; the page shows them and does not send them as its own."""


class Page(BaseRenderer):
    """Only for whoever asks for `text/html` by name. Delivery's pages are the same for everybody, signed in or not."""

    media_type = "text/html"
    shows_problems = True
    format = "html"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        """The whole page; nothing for an answer that has no body."""
        context = renderer_context or {}
        response = context["response"]
        if response.status_code < 400 and (data is None or response.status_code >= 300):
            return ""
        return self._page(data, context["view"], context["request"], response)

    def _page(self, data: Any, view: Any, request: Any, response: Any) -> str:
        value = pretty.value_of(data)
        shown = _shown(value, view, request, response)
        for name in REPRESENTATION_HEADERS:
            if name in response:
                del response[name]
        response["Content-Type"] = "text/html; charset=utf-8"
        response["Cache-Control"] = "no-store"
        # Nothing about the visitor reaches delivery's template: no context processor, no session, no cookie.
        return render_to_string(
            "browsable/page.html", shown, request._request if is_editorial(view) else None
        )


def _shown(value: Any, view: Any, request: Any, response: Any) -> dict[str, Any]:
    status = response.status_code
    editorial = is_editorial(view)
    django_request = request._request
    forms = editing.forms_for(view, request, data=value, etag=response.get("ETag", ""), status=status)
    only_form = status == HTTPStatus.METHOD_NOT_ALLOWED and bool(forms)
    path = request.path
    zone = SiteZone()
    beside = zone.beside if editorial else no_instant
    return {
        "title": place.title_of(None if only_form else value, path),
        "steps": place.way_to(path),
        "beneath": [] if status >= 400 else place.beneath(path),
        "method": request.method,
        "path": path,
        "address": django_request.get_full_path(),
        "status": status,
        "reason": response.reason_phrase,
        "headers": sorted(response.items()),
        "pieces": pretty.pieces(value, beside),
        "zone": zone,
        "is_cut": pretty.is_cut(value),
        "problem": value if status >= 400 and not only_form and isinstance(value, Mapping) else None,
        "only_form": only_form,
        "forms": forms,
        "curl": place.as_curl(django_request, "GET", signed_in=editorial),
        "editorial": editorial,
        "user": request.user if editorial else None,
        "desks": _desks(request) if editorial else (),
        "notices": get_messages(django_request) if editorial else (),
        **(_own_parts(view, request, value) if editorial and status < 400 else {}),
        **(_list_parts(value, view, request, beside) if request.method == "GET" and status < 400 else {}),
    }


def _desks(request: Any) -> list[tuple[str, str]]:
    """Where this person works: what the roles open, and their own page."""
    scopes = getattr(request.auth, "scopes", ())
    places = [(name, href) for verb, name, href in DESKS if may(request.user, verb, scopes)]
    return [*places, ("You", "/api/v1/editorial/me")] if request.user.is_authenticated else []


def _own_parts(view: Any, request: Any, value: Any) -> dict[str, Any]:
    """What a view shows in its own words (`own_template`), and what that template needs."""
    hook = getattr(view, "page_parts", None)
    return hook(request, value) if hook is not None and isinstance(value, Mapping) else {}


def _list_parts(value: Any, view: Any, request: Any, beside: Beside) -> dict[str, Any]:
    lines = listing.lines(value, request.path, beside)
    if lines is None:
        return {}
    parameters = getattr(view, "parameters", {})
    return {
        "is_list": True,
        "lines": lines,
        "choices": listing.choices(parameters, request.GET),
        "search": listing.search(parameters, request.GET),
        "next": value.get("next"),
    }
