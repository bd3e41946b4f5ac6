"""A client that holds every answer against the generated OpenAPI document and against HTTP itself.

What is not documented, or breaks a rule of `tests.http.semantics`, fails the test.
"""

import json
import re
from functools import cache
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from rest_framework.test import APIClient

from cms.openapi import document
from tests.http.semantics import Exchange, faults

BASE = "urn:openapi"
PROBLEM = "application/problem+json"
UNDOCUMENTED = (
    "/",
    "/sign-in",
    "/sign-out",
    "/api/schema",
    "/api/docs",
    "/api/docs/problems",
    "/.well-known/api-catalog",
    "/.well-known/security.txt",
    "/static/",
)
"""Pages, files and the document itself: the interface does not describe them."""


class Undocumented(AssertionError):
    """An answer that the OpenAPI document does not allow."""


class WrongHttp(AssertionError):
    """An answer that breaks a rule of HTTP."""


class ApiClient(APIClient):
    """Speaks JSON. Every answer must be one that the document names, with a body that its schema accepts, and right
    by the rules of HTTP.
    """

    def __init__(self, *, token: str | None = None, **defaults: Any) -> None:
        super().__init__(**defaults)
        if token is not None:
            self.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    def request(self, **kwargs: Any) -> Any:
        response = super().request(**kwargs)
        check(kwargs["REQUEST_METHOD"], kwargs["PATH_INFO"], response)
        lint(kwargs["REQUEST_METHOD"], kwargs["PATH_INFO"], response)
        return response


def lint(method: str, path: str, response: HttpResponseBase) -> None:
    """Raises WrongHttp for an answer that breaks a rule. Files that are streamed are whitenoise's."""
    if isinstance(response, HttpResponse):
        found = faults(Exchange(method, response.status_code, tuple(response.items()), response.content))
        if found:
            raise WrongHttp(f"{method} {path} answered {response.status_code}: {'; '.join(found)}")


def check(method: str, path: str, response: HttpResponseBase) -> None:
    """Raises Undocumented unless `response` is what the document says of `method` and `path`."""
    if path in UNDOCUMENTED or path.startswith("/static/") or _is_page(response):
        return
    template, verb = _template(path, response), "get" if method == "HEAD" else method.lower()
    operation = document.build()["paths"].get(template, {}).get(verb)
    if operation is None:
        _check_without_operation(method, path, response)
    else:
        _check_operation(method, template, operation, response)


def _check_operation(method: str, template: str, operation: dict[str, Any], response: Any) -> None:
    status, verb = str(response.status_code), "get" if method == "HEAD" else method.lower()
    where = f"{method} {template} answered {status}"
    if status == "304" and verb == "get":
        return
    documented = operation["responses"].get(status)
    if documented is None:
        raise Undocumented(f"{where}, which is not documented: {_excerpt(response)}")
    body = response.content
    if not body:
        if documented.get("content") and method != "HEAD":
            raise Undocumented(f"{where} without the documented body")
        return
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind not in documented.get("content", {}):
        raise Undocumented(f"{where} as {kind or 'nothing'}, which is not documented: {_excerpt(response)}")
    if kind.endswith("json"):
        steps = ("paths", template, verb, "responses", status, "content", kind, "schema")
        _check_body(where, response, "".join(f"/{_escaped(step)}" for step in steps))


def _check_without_operation(method: str, path: str, response: Any) -> None:
    """What has no operation is a problem, a redirect to the one form of the address, or OPTIONS."""
    if response.status_code == 308 or (method == "OPTIONS" and response.status_code < 300):
        return
    if response.status_code < 400 or response.headers.get("Content-Type") != PROBLEM:
        raise Undocumented(f"{method} {path} answered {response.status_code} and is not in the document")
    if response.content:
        _check_body(f"{method} {path}", response, "/components/schemas/Problem")


def _check_body(where: str, response: Any, pointer: str) -> None:
    error = next(validator(pointer).iter_errors(json.loads(response.content)), None)
    if error is not None:
        raise Undocumented(f"{where}; at {error.json_path}: {error.message[:600]}")


@cache
def validator(pointer: str) -> Draft202012Validator:
    """A validator, formats included, for the schema at a JSON Pointer into the document."""
    return Draft202012Validator(
        {"$ref": f"{BASE}#{pointer}"},
        registry=_registry(),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


@cache
def _registry() -> Registry:
    resource = Resource.from_contents(document.build(), default_specification=DRAFT202012)
    return Registry().with_resource(BASE, resource)


def _template(path: str, response: HttpResponseBase) -> str:
    """`/api/v1/articles/{slug}` for the path of an article; empty when the URL map has no place for it."""
    request = getattr(response, "wsgi_request", None)
    try:
        # Whoever answered has mostly found the place already; the map is long.
        match = getattr(request, "resolver_match", None) or resolve(path)
    except Resolver404:
        return ""
    return "/" + re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", match.route)


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _escaped(step: str) -> str:
    """A step of a JSON Pointer in a URI fragment."""
    pointer = step.replace("~", "~0").replace("/", "~1")
    return pointer.replace("%", "%25").replace("{", "%7B").replace("}", "%7D").replace("+", "%2B")


def _excerpt(response: Any) -> str:
    return response.content[:400].decode(errors="replace")
