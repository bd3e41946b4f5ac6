"""The finished OpenAPI document, as a value and as bytes. Made from the code alone, so once for each process."""

from functools import cache
from typing import Any

from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import spectacular_settings

from cms.renderers import encode


@cache
def build() -> dict[str, Any]:
    """The document, OpenAPI 3.1."""
    made: dict[str, Any] = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(public=True)
    return made


@cache
def as_json() -> bytes:
    return encode(build())


@cache
def as_yaml() -> bytes:
    """The same document as `openapi.yaml` in the repository holds it."""
    rendered: bytes = OpenApiYamlRenderer().render(build(), renderer_context={})
    return rendered
