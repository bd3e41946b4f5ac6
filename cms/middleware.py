"""What every request passes: an identity, problem documents for all that fails, open CORS, one form of address."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from cms import problem_pages, problems
from cms.errors import DomainError, NotFound
from cms.ids import uuid7_text
from cms.logs import request_context

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ROOT = "/api/v1/"
PREVIEWS = "/api/v1/preview/"

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_logger = logging.getLogger("kintsugi.requests")


def request_id_of(environ: Mapping[str, Any]) -> str:
    """What the caller calls the request, when that is sane; a new name otherwise."""
    sent = environ.get("HTTP_X_REQUEST_ID", "")
    return sent if sent and _SANE_ID.fullmatch(sent) else uuid7_text()


class RequestIdentity:
    """X-Request-Id, echoed when it is sane and made otherwise, and W3C traceparent, into the log and the answer.

    Writes and failures are logged, without query strings; reads are the proxy's to count.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = request_id_of(request.META)  # type: ignore[attr-defined]  # ours
        members = {"request_id": request.request_id}  # type: ignore[attr-defined]  # ours
        trace = request.META.get("HTTP_TRACEPARENT", "")
        if _TRACEPARENT.fullmatch(trace):
            members["traceparent"] = trace
        reset = request_context.set(members)
        try:
            return self._answered(request, members["request_id"])
        finally:
            request_context.reset(reset)

    def _answered(self, request: HttpRequest, request_id: str) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        if request.method not in _SAFE or response.status_code >= 500:
            _logger.info(
                "answered",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                },
            )
        return response


class ProblemsOfDjango:
    """Problem documents for what fails outside of REST views, and answers whose length and body fit their method."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
            _refuse_unstorable(request)
            _refuse_unmeasured(request)
            response = self.get_response(request)
        except Exception as exc:
            response = problems.of_request(exc, request)
        if _is_foreign_error(request, response):
            response = _as_problem(response, request)
        return _measured(request, response)


def _refuse_unstorable(request: HttpRequest) -> None:
    """No address has control characters, and PostgreSQL fails on U+0000 instead of finding nothing."""
    if any(character < " " for character in request.path_info):
        raise NotFound("There is nothing here.")


def _refuse_unmeasured(request: HttpRequest) -> None:
    """Without Content-Length Django reads no body at all: a chunked one would silently count as empty."""
    if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
        raise DomainError("Send the body with its Content-Length.", code="length_required")


def _is_foreign_error(request: HttpRequest, response: HttpResponseBase) -> bool:
    """An error that no REST view made: an empty one, or a page for somebody who did not ask for a page."""
    if response.status_code < 400:
        return False
    if isinstance(response, problems.ProblemResponse) or getattr(response, "exception", False):
        return False
    if not response.get("Content-Type", "text/html").startswith(("text/html", "text/plain")):
        return False
    body = getattr(response, "content", b"")  # what is streamed has none to look at
    return not body or not problem_pages.asked_for(request)


def _as_problem(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    code = problems.code_of_status(response.status_code)
    document = problems.problem_document(
        DomainError(problems.PROBLEM_CODES[code].sentence, code=code), request
    )
    kept = {name: response[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in response}
    return problems.problem_response(document, kept, request)


def _measured(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        if not response.content:
            del response["Content-Type"]
        if "Content-Length" not in response and response.status_code not in (204, 304):
            response["Content-Length"] = str(len(response.content))
        if request.method == "HEAD":
            response.content = b""
    return response


class DeliveryCors:
    """`Access-Control-Allow-Origin: *` for delivery and for readers: the same for every origin, so no `Vary`.

    Cookies are taken off here, so that nothing behind can look at one, or set one on an answer that caches keep:
    everywhere but where one signs in and works. The editorial API has exact origins by django-cors-headers. Previews
    keep their cookies, for the desk's own browsers; other origins show a token, for with `*` no browser lets them read
    what a cookie opens.
    """

    methods = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"
    headers = (
        "accept-datetime, authorization, content-type, idempotency-key, if-match, if-none-match, x-request-id"
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.exact = re.compile(settings.CORS_URLS_REGEX)
        self.exposed = ", ".join(settings.CORS_EXPOSE_HEADERS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self.exact.match(request.path) or request.path.startswith("/sign-"):
            return self.get_response(request)
        if not request.path.startswith(PREVIEWS):
            request.META.pop("HTTP_COOKIE", None)
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        if self._is_preflight(request):
            response: HttpResponseBase = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = self.methods
            response["Access-Control-Allow-Headers"] = self.headers
            response["Access-Control-Max-Age"] = "86400"
        else:
            response = self.get_response(request)
            response["Access-Control-Expose-Headers"] = self.exposed
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def _is_preflight(self, request: HttpRequest) -> bool:
        return request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META


class OneSlash:
    """One address for one thing: a trailing slash answers 308 to the address without; the API's root alone has one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        canonical = self._canonical(request.path_info)
        if canonical == request.path_info:
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponse(status=308)
        response["Location"] = escape_leading_slashes(escape_uri_path(canonical)) + (
            f"?{query}" if query else ""
        )
        return response

    def _canonical(self, path: str) -> str:
        bare = path.rstrip("/")
        if bare == ROOT.rstrip("/"):
            return ROOT
        return bare or "/"
