"""Query parameters and request headers of an operation, from the declarations that also read them."""

from collections.abc import Mapping
from typing import Any

from cms.parameters import Parameter

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag last read of what this changes. Missing: 428. Another one: 412. `*` is refused.",
    "schema": {"type": "string", "examples": ['"r7-31"']},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETags already held; 304 when the current one is among them.",
    "schema": {"type": "string"},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "Any value of your own for this one intent, 1 to 255 visible ASCII characters. Sent again with the same body "
        "within 24 hours, it gets the first answer; with another body, 422."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


def openapi_parameters(allowed: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    """Parameter objects (OpenAPI 3.1, 4.8.12) for a view's declared parameters, in the order of declaration."""
    return [_query_parameter(name, parameter) for name, parameter in allowed.items()]


def _query_parameter(name: str, parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": name,
        "in": "query",
        "required": parameter.required,
        "schema": dict(parameter.schema),
    }
    if isinstance(parameter.default, str | int | bool):
        described["schema"]["default"] = parameter.default
    if parameter.description:
        described["description"] = parameter.description
    if parameter.separated:
        described |= {"style": "form", "explode": False}
    return described
