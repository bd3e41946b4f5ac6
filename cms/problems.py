"""Any exception to a problem document (RFC 9457): the only place where an error meets a status number.

The codes and their sentences are in `cms.problem_codes`; what a person sees in a browser in `cms.problem_pages`.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions as drf
from rest_framework.request import Request
from rest_framework.response import Response

from cms import constraints, limits, problem_pages
from cms.canonical import document_bytes
from cms.errors import (
    Busy,
    DomainError,
    FieldError,
    InvalidContent,
    LimitReached,
    Malformed,
    NotAllowed,
    NotFound,
    TooLarge,
    Unavailable,
)
from cms.problem_codes import PROBLEM_CODES, ProblemCode, register_codes

__all__ = ["CONTENT_TYPE", "PROBLEM_CODES", "ProblemCode", "ProblemResponse", "answer", "register_codes"]

CONTENT_TYPE = "application/problem+json"
DOCUMENTED_AT = "/api/docs/problems"
RETRY_SECONDS = {
    "idempotency_in_flight": 1,
    "busy": 1,
    "commit_too_late": 1,
    "not_yet_visible": 1,
    "unavailable": 5,
}

logger = logging.getLogger("kintsugi.problems")


class Failed(DomainError):
    """Whatever nobody foresaw."""

    code = "internal"


class ProblemResponse(HttpResponse):
    """An answer that is a problem document already, whatever its form."""

    problem: dict[str, Any]


def answer(exc: Exception, context: Mapping[str, Any]) -> HttpResponseBase:
    """The exception handler of REST views. A page, when one was negotiated, shows the same document."""
    request = context["request"]
    error, headers = understood(exc, request)
    document = problem_document(error, request)
    view = context.get("view")
    if document["status"] == 405 and view is not None:
        headers["Allow"] = ", ".join(view.allowed_methods)
    renderer = getattr(request, "accepted_renderer", None)
    if getattr(renderer, "shows_problems", False):
        response: HttpResponseBase = Response(document, status=document["status"])
        _set_headers(response, headers, document)
        return response
    return problem_response(document, headers, request)


def of_request(exc: Exception, request: HttpRequest) -> HttpResponseBase:
    """The answer to an exception outside of any REST view."""
    error, headers = understood(exc, request)
    return problem_response(problem_document(error, request), headers, request)


def problem_response(
    document: dict[str, Any], headers: Mapping[str, str], request: Request | HttpRequest
) -> ProblemResponse:
    """Problem+json, or to whoever asks for `text/html` by name a small page of the same content."""
    if problem_pages.asked_for(request):
        response = ProblemResponse(problem_pages.page(document), status=document["status"])
    else:
        response = ProblemResponse(
            document_bytes(document), status=document["status"], content_type=CONTENT_TYPE
        )
    response.problem = document
    _set_headers(response, headers, document)
    return response


def _set_headers(response: HttpResponseBase, headers: Mapping[str, str], document: Mapping[str, Any]) -> None:
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name] = value
    seconds = RETRY_SECONDS.get(document["code"])
    if seconds and "Retry-After" not in response:
        response["Retry-After"] = str(seconds)


def problem_document(error: DomainError, request: Request | HttpRequest) -> dict[str, Any]:
    """The members of RFC 9457 and ours: code, request_id, retryable, `errors` and what the error adds."""
    code = error.code if error.code in PROBLEM_CODES else type(error).code
    if code != error.code:
        logger.error("the problem code %s is not registered", error.code)
    entry = PROBLEM_CODES[code]
    document = {
        "type": f"{DOCUMENTED_AT}#{code}",
        "title": entry.title,
        "status": entry.status,
        "detail": error.detail,
        "code": code,
        "instance": escape_uri_path(request.path),
        "request_id": getattr(request, "request_id", ""),
        "retryable": error.retryable,
    }
    errors = getattr(error, "errors", ())
    if errors:
        document["errors"] = [_members(item) for item in errors]
    return document | error.extra


def _members(error: FieldError) -> dict[str, str]:
    where = {"pointer": error.pointer, "parameter": error.parameter}
    return {name: value for name, value in where.items() if value is not None} | {
        "code": error.code,
        "detail": error.detail,
    }


def understood(exc: BaseException, request: Request | HttpRequest) -> tuple[DomainError, dict[str, str]]:
    """What an exception means in words of the domain, and the headers that go with it."""
    if isinstance(exc, DomainError):
        return exc, _headers_of(exc)
    if isinstance(exc, drf.APIException):
        return _of_rest(exc)
    for kinds, meaning in _DJANGO:
        if isinstance(exc, kinds):
            return meaning(exc), {}
    if isinstance(exc, DatabaseError | InterfaceError) and (error := _of_database(exc)):
        return error, _headers_of(error)
    return _unforeseen(exc, request), {}


def _headers_of(error: DomainError) -> dict[str, str]:
    if not isinstance(error, LimitReached):
        return {}
    headers = {"Retry-After": str(error.retry_after)}
    if isinstance(error, limits.ScopeExhausted):
        headers |= limits.headers(error.allowance.scope, error.allowance)
    return headers


def _of_rest(exc: drf.APIException) -> tuple[DomainError, dict[str, str]]:
    if isinstance(exc, drf.ValidationError):
        return invalid_fields(tuple(field_errors(exc.detail))), {}
    code = _REST_CODES.get(type(exc)) or code_of_status(exc.status_code)
    chosen = exc.get_codes()
    if (
        isinstance(chosen, str)
        and chosen in PROBLEM_CODES
        and PROBLEM_CODES[chosen].status == exc.status_code
    ):
        code = chosen
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(wait)
    return DomainError(_SENTENCES.get(code, str(exc.detail)), code=code), headers


def invalid_fields(errors: tuple[FieldError, ...]) -> InvalidContent:
    """One InvalidContent for all that is wrong with a body."""
    count = "One thing" if len(errors) == 1 else f"{len(errors)} things"
    verb = "is" if len(errors) == 1 else "are"
    return InvalidContent(
        f"{count} in the body {verb} not right: `errors` says where and what.", errors=errors
    )


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """REST framework's nested error detail as flat errors with RFC 6901 pointers."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            step = "" if key in ("non_field_errors", "detail") else "/" + _escaped(str(key))
            yield from field_errors(value, pointer + step)
    elif isinstance(detail, list | tuple):
        for index, value in enumerate(detail):
            nested = isinstance(value, Mapping | list | tuple)
            yield from field_errors(value, f"{pointer}/{index}" if nested else pointer)
    else:
        yield FieldError(getattr(detail, "code", None) or "invalid", str(detail), pointer=pointer)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _of_database(exc: Exception) -> DomainError | None:
    if isinstance(exc, IntegrityError):
        return constraints.meaning_of(exc)
    if isinstance(exc, OperationalError | InterfaceError):
        logger.error("the database did not answer", exc_info=exc)
        if "locked" in str(exc):
            return Busy("The database is busy with other writes. Nothing was changed; try again.")
        return Unavailable(
            "The database cannot be reached at the moment. Nothing was changed; try again soon."
        )
    return None


def _unforeseen(exc: BaseException, request: Request | HttpRequest) -> DomainError:
    """Logged with its traceback; the caller learns only the request's id. The signal is for test clients."""
    logger.error("unforeseen %s", type(exc).__name__, exc_info=exc)
    signals.got_request_exception.send(sender=None, request=request)
    return Failed("Something failed on our side. It was logged under this request's id.")


def _of_validation(exc: DjangoValidationError) -> DomainError:
    by_field = exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
    by_field = {"non_field_errors" if name == "__all__" else name: texts for name, texts in by_field.items()}
    return invalid_fields(tuple(field_errors(by_field)))


def code_of_status(status: int) -> str:
    """The general code of a status: the first that was registered with it."""
    return next((code for code, entry in PROBLEM_CODES.items() if entry.status == status), "internal")


_REST_CODES: dict[type[drf.APIException], str] = {
    drf.ParseError: "malformed",
    drf.NotAuthenticated: "not_authenticated",
    drf.AuthenticationFailed: "authentication_failed",
    drf.PermissionDenied: "not_allowed",
    drf.NotFound: "not_found",
    drf.MethodNotAllowed: "method_not_allowed",
    drf.NotAcceptable: "not_acceptable",
    drf.UnsupportedMediaType: "unsupported_media_type",
    drf.Throttled: "too_many_requests",
}
_SENTENCES = {
    "not_authenticated": "This needs you to be signed in: send a session cookie or `Authorization: Bearer TOKEN`.",
    "authentication_failed": "The credentials were not accepted.",
    "not_allowed": "You may see this, but your role or token does not let you do that.",
    "not_found": "There is nothing here.",
}
_DJANGO: tuple[tuple[Any, Callable[[Any], DomainError]], ...] = (
    (Http404, lambda exc: NotFound(_SENTENCES["not_found"])),
    (PermissionDenied, lambda exc: NotAllowed(_SENTENCES["not_allowed"])),
    (
        DisallowedHost,
        lambda exc: Malformed("This service does not answer for the host named.", code="bad_host"),
    ),
    (
        RequestDataTooBig,
        lambda exc: TooLarge(f"A body may have at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes."),
    ),
    (
        (SuspiciousOperation, BadRequest, MultiPartParserError, UnicodeError),
        lambda exc: Malformed("The request cannot be understood."),
    ),
    (DjangoValidationError, _of_validation),
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """settings.CSRF_FAILURE_VIEW. The reason is for developers' logs, not for the answer."""
    sentence = "The form's CSRF token is missing or old. Open the page again, then send the form."
    return of_request(NotAllowed(sentence, code="csrf_failed"), request)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return of_request(exception, request)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return of_request(PermissionDenied(), request)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return of_request(Http404(), request)


def handler500(request: HttpRequest) -> HttpResponseBase:
    """Django has logged the exception and sent its signal already."""
    error = Failed("Something failed on our side. It was logged under this request's id.")
    return problem_response(problem_document(error, request), {}, request)
