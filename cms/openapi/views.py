"""The addresses under which the interface documents itself: the schema, the pages made from it, and the problems."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from cms.delivery import DeliveryView
from cms.openapi import document
from cms.problem_codes import PROBLEM_CODES
from cms.renderers import Json


class Yaml(BaseRenderer):
    """The schema as YAML; bytes go out untouched."""

    media_type = "application/yaml"
    format = "yaml"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        return Json().render(data)


class OpenApiYaml(Yaml):
    media_type = "application/vnd.oai.openapi"


class OpenApiJson(Json):
    media_type = "application/vnd.oai.openapi+json"


@extend_schema(exclude=True)
class Schema(DeliveryView):
    """The OpenAPI document: YAML, or JSON for whoever accepts `application/json`."""

    renderer_classes = [Yaml, Json, OpenApiYaml, OpenApiJson]

    def get(self, request: Request) -> HttpResponseBase:
        as_json = request.accepted_renderer.media_type.endswith("json")
        body = document.as_json() if as_json else document.as_yaml()
        return self.respond(request, body, max_age=300, headers={"Vary": "Accept, Accept-Encoding"})


class TemplatesOnly(BaseContentNegotiation):
    """The documentation is a page and its script, whatever a browser says that it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class Docs(SpectacularSwaggerSplitView):
    """Swagger UI from this host's own files: its script comes from a request of its own, as the CSP demands."""

    url_name = "schema"
    template_name = "docs/swagger.html"
    content_negotiation_class = TemplatesOnly
    authentication_classes = []


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every problem code: what the `type` of a problem document leads to."""
    codes = sorted(PROBLEM_CODES.items(), key=lambda item: (item[1][0], item[0]))
    return render(request, "docs/problems.html", {"codes": codes})
