"""A browser's form becomes the request that it stands for, before anything else looks at it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
METHODS = ("POST", "PUT", "PATCH", "DELETE")
EDITORIAL = "/api/v1/editorial/"


class FormsAsCalls:
    """Reads `_method`, `_if_match`, `_idempotency_key` and the CSRF token of a form sent to an editorial address.

    Only without an Authorization header, so that nothing but a session, whose CSRF token is judged as for any
    other write, can use them. Sets `request.is_page_form`, and keeps what was typed in `request.page_form`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = is_page_form(request)
        request.is_page_form = is_form  # type: ignore[attr-defined]  # ours
        if is_form:
            translate(request)
        return self.get_response(request)


def is_page_form(request: HttpRequest) -> bool:
    return (
        request.method == "POST"
        and request.content_type in FORM_TYPES
        and request.path.startswith(EDITORIAL)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def translate(request: HttpRequest) -> None:
    """Give `request` the method and headers that its hidden fields name. Raises BadRequest for another method."""
    _ = request.body  # read whole, and so within the limit, before the form is taken out of it
    form = request.page_form = request.POST  # type: ignore[attr-defined]  # ours
    method = form.get("_method", "POST").upper()
    if method not in METHODS:
        raise BadRequest("A form can stand for POST, PUT, PATCH or DELETE.")
    if_match = form.get("_if_match_now") or form.get("_if_match")
    _set_header(request, "HTTP_IF_MATCH", if_match)
    _set_header(request, "HTTP_IDEMPOTENCY_KEY", form.get("_idempotency_key") if method == "POST" else None)
    _set_header(request, "HTTP_X_CSRFTOKEN", form.get("csrfmiddlewaretoken"))
    request.method = request.META["REQUEST_METHOD"] = method


def _set_header(request: HttpRequest, name: str, value: str | None) -> None:
    if value:
        request.META[name] = value
