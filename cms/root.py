"""The service itself: where everything is, what the magazine is, whether it answers, and whom to tell of a weakness."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cms import clock
from cms.canonical import document_bytes
from cms.delivery import DeliveryView
from cms.models import Site
from cms.openapi.responses import document, not_modified

PLACES = {
    "site": "/api/v1/site",
    "articles": "/api/v1/articles",
    "topics": "/api/v1/topics",
    "people": "/api/v1/people",
    "references": "/api/v1/references",
    "legal_statuses": "/api/v1/legal-statuses",
    "collections": "/api/v1/collections",
    "redirects": "/api/v1/redirects",
    "helplines": "/api/v1/helplines",
    "form_tokens": "/api/v1/form-tokens",
    "search": "/api/v1/search",
    "resolve": "/api/v1/resolve",
    "changes": "/api/v1/changes",
    "manifest": "/api/v1/manifest",
    "feed_atom": "/api/v1/feeds/articles.atom",
    "feed_json": "/api/v1/feeds/articles.json",
    "sitemap": "/api/v1/sitemap.xml",
    "editorial": "/api/v1/editorial/me",
    "sign_in": "/sign-in",
    "api_catalog": "/.well-known/api-catalog",
    "security_txt": "/.well-known/security.txt",
    "schema": "/api/schema",
    "docs": "/api/docs",
    "problems": "/api/docs/problems",
    "health": "/healthz",
    "ready": "/readyz",
}
SECURITY_TXT_DAYS = 180
AN_HOUR = "public, max-age=3600"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


class Root(DeliveryView):
    """Links to everything."""

    leased = True

    @extend_schema(responses={200: document("Links", "Names to addresses."), 304: not_modified()})
    def get(self, request: Request) -> HttpResponseBase:
        """Where everything is."""
        return self.respond(request, places(), max_age=300)


class SiteView(DeliveryView):
    """The magazine as a whole."""

    leased = True

    @extend_schema(responses={200: document("Site"), 304: not_modified()})
    def get(self, request: Request) -> HttpResponseBase:
        """Name, locales, time zone, policies, contact and the hours in which somebody reads replies."""
        return self.respond(request, site_document(Site.objects.filter(pk=1).first()), tags=("site",))


class Health(DeliveryView):
    """Whether this process answers at all."""

    common_parameters = {}

    @extend_schema(responses={200: document("Health", "It answers.")})
    def get(self, request: Request) -> HttpResponseBase:
        """Whether this process answers. Looks at nothing else, so that a slow database restarts nobody."""
        return _uncached({"status": "ok"})


class Ready(DeliveryView):
    """Whether this process can do its work."""

    common_parameters = {}

    @extend_schema(responses={200: document("Health", "It can do its work.")})
    def get(self, request: Request) -> HttpResponseBase:
        """Whether the database can be reached; 503 when it cannot."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _uncached({"status": "ok"})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). 404 while the site names no contact."""
    contact = Site.objects.filter(pk=1).values_list("contact", flat=True).first()
    if not contact:
        raise Http404
    address = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    expires = (clock.now() + timedelta(days=SECURITY_TXT_DAYS)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = [
        f"Contact: {address}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    ]
    headers = {"Cache-Control": AN_HOUR}
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
def api_catalog(request: HttpRequest) -> HttpResponse:
    """Where the interface begins and where it is described (RFC 9727), as a set of links (RFC 9264)."""
    schema = f"{settings.PUBLIC_URL}/api/schema"
    described = {
        "anchor": f"{settings.PUBLIC_URL}/api/v1/",
        "service-desc": [{"href": schema, "type": "application/vnd.oai.openapi"}],
        "service-doc": [{"href": f"{settings.PUBLIC_URL}/api/docs", "type": "text/html"}],
        "status": [{"href": f"{settings.PUBLIC_URL}/healthz", "type": "application/json"}],
    }
    headers = {"Cache-Control": AN_HOUR, "Link": '</.well-known/api-catalog>; rel="api-catalog"'}
    return HttpResponse(document_bytes({"linkset": [described]}), content_type=LINKSET, headers=headers)


@cache
def places() -> dict[str, str]:
    """The places that this installation has, by name."""
    return {name: path for name, path in PLACES.items() if _answers(path)}


def site_document(site: Site | None) -> dict[str, Any]:
    """The site as readers see it; before it is set up, with a name and a locale only."""
    site = site or Site(name="Kintsugi", locales=[settings.LANGUAGE_CODE])
    return {
        "name": site.name,
        "description": site.description,
        "default_locale": site.default_locale,
        "locales": site.locales,
        "time_zone": site.time_zone,
        "contact": site.contact,
        "privacy_notice_url": site.privacy_notice_url,
        "privacy_version": site.privacy_version,
        "staffed_hours": site.staffed_hours,
        "support_texts": site.support_texts,
        "comments_close_after_days": site.comments_close_after_days,
        "disclaimer": site.disclaimer,
        "demo": site.demo,
        "limits": {"comment": settings.LIMITS["comment"], "body_markdown": settings.LIMITS["body_markdown"]},
        "links": {"self": "/api/v1/site", "root": "/api/v1/"},
    }


def _uncached(body: dict[str, Any]) -> Response:
    return Response(body, headers={"Cache-Control": "no-store"})


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
