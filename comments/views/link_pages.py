"""The pages that links in letters lead to: plain, without script, and without anything of the desk or of the API."""

from typing import Any

from django.template.loader import render_to_string
from rest_framework.request import Request

from cms.browsable.renderer import Page
from cms.ids import uuid7_text
from cms.models import Site
from cms.renderers import encode
from cms.support import support_text
from comments import link_pages
from comments.wording import language

HTML = "text/html; charset=utf-8"


class PageOfALink(Page):
    """A sentence and a button for whoever follows a link from a letter; a kind sentence where it did not work."""

    template = "letters/link.html"

    def _page(self, data: Any, view: Any, request: Any, response: Any) -> str:
        response["Content-Type"] = HTML
        if response.status_code >= 400:
            return _problem(response.status_code, language_of(request))
        shown = self._shown(data, request)
        site = Site.objects.filter(pk=1).first()
        support = support_text(site.support_texts if site else {}, shown["locale"])
        return render_to_string(self.template, {**shown, "support": support, "address": request.path})

    def _shown(self, data: Any, request: Any) -> dict[str, Any]:
        chosen = language_of(request)
        return {**data, "locale": chosen, "title": data["text"], "words": link_pages.words(chosen)}


class PageOfARequest(PageOfALink):
    """The same for a request about an address, with what came of it. A button pressed twice is pressed once."""

    template = "letters/request.html"

    def _shown(self, data: Any, request: Any) -> dict[str, Any]:
        export = encode(data["export"]).decode() if data.get("export") else None
        return {**link_pages.request_page(data), "export": export, "key": uuid7_text()}


def language_of(request: Request) -> str:
    """Of our sentences, by the first that the browser names (RFC 9110, 12.5.4)."""
    first = request.META.get("HTTP_ACCEPT_LANGUAGE", "").partition(",")[0].partition(";")[0]
    return language(first.strip())


def take_key_of_the_page(request: Request) -> None:
    """Let the hidden field of the page stand for an Idempotency-Key: a double click gets the first one's answer."""
    form = request._request.POST  # empty for whatever is no form
    if (key := form.get("_idempotency_key")) and "HTTP_IDEMPOTENCY_KEY" not in request.META:
        request.META["HTTP_IDEMPOTENCY_KEY"] = key


def _problem(status: int, chosen: str) -> str:
    """Our own sentence on support here, for the database may be what did not work."""
    title, text = link_pages.problem(status, chosen)
    shown = {"locale": chosen, "title": title, "text": text, "words": link_pages.words(chosen)}
    return render_to_string("letters/problem.html", {**shown, "support": support_text({}, chosen)})
