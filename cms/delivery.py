"""The base of every view for readers: anonymous, the same for everybody, cacheable to the second and no further."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import http_date
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms import clock
from cms.compression import SMALLEST, compressed, tag_of, takes_gzip
from cms.conditional import etag_of, not_modified
from cms.errors import NotFound
from cms.following import require_visible
from cms.pagination import MIN_CHANGE
from cms.parameters import Parameter, change_cursor, of_request
from cms.parsers import StrictJson
from cms.renderers import encode


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long an answer may be kept: until `transition`, and seconds of max-age and stale-while-revalidate."""

    transition: datetime | None
    max_age: int
    swr: int


ASKING_FOR = {
    MIN_CHANGE: change_cursor(
        "The `id` of a change, as a webhook or `/changes` told it: the answer shows at least what it tells, or is 409."
    )
}


class DeliveryView(APIView):
    """Looks at no cookie and no Authorization header. `parameters` are the query parameters of GET,
    `write_parameters` those of other methods, by method; `self.query` holds the values sent.

    `leased` says that an answer follows from rows alone that move the generation (`cms.generation`), from transitions
    and from the address: the fast lane may give it again until one of them changes. Each view says it for itself.
    `watched` names a generation besides, which is then asked for with every request. `min_change` is judged here for
    all, and leaves no trace in an answer: who waited for a change gets the bytes and the tag that everybody gets.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [StrictJson]
    metadata_class = None
    leased: ClassVar[bool] = False
    watched: ClassVar[int | None] = None
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    common_parameters: ClassVar[Mapping[str, Parameter]] = ASKING_FOR
    write_parameters: ClassVar[Mapping[str, Mapping[str, Parameter]]] = {}

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        _refuse_second_form(request, kwargs)
        super().initial(request, *args, **kwargs)
        self.query = of_request(self, request)
        if asked := self.query.pop(MIN_CHANGE, None):
            require_visible(asked)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return options_answer(self)

    def respond(
        self,
        request: Request,
        body: bytes | Mapping[str, Any],
        *,
        transition: datetime | None = None,
        etag: str | None = None,
        last_modified: datetime | None = None,
        max_age: int = 60,
        swr: int = 300,
        tags: Iterable[str] = (),
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HttpResponseBase:
        """The answer with its caching: strong ETag (of the bytes, unless given), 304, an age that ends at `transition`.

        Bytes go out untouched. `transition` is the next known instant at which another answer becomes right.
        """
        data = body if isinstance(body, bytes) else encode(body)
        if request.accepted_renderer.media_type == "text/html":
            return self._page(data, status, headers or {})
        etag = etag or etag_of(data)
        coding = _coding(request, data)
        if coding:
            data, etag = compressed(etag, data), tag_of(etag)
        if status == 200 and not_modified(request, etag):
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(data, status=status, content_type=request.accepted_renderer.media_type)
            if coding:
                response["Content-Encoding"] = coding
            response.keeping = Keeping(transition, max_age, swr)  # type: ignore[attr-defined]  # the fast lane's
        response["ETag"] = etag
        response["Cache-Control"] = cache_control(transition, max_age=max_age, swr=swr)
        response["Vary"] = "Accept-Encoding"
        if last_modified is not None:
            response["Last-Modified"] = http_date(last_modified.timestamp())
        if tags and settings.CACHE_TAG_HEADER:
            response[settings.CACHE_TAG_HEADER] = ",".join(tags)
        for name, value in (headers or {}).items():
            response[name] = value
        return response

    def _page(self, data: bytes, status: int, headers: Mapping[str, str]) -> Response:
        response = Response(json.loads(data), status=status, headers=dict(headers))
        response["Cache-Control"] = "no-store"
        return response


def cache_control(transition: datetime | None, *, max_age: int, swr: int) -> str:
    """max-age and stale-while-revalidate in seconds (RFC 9111, RFC 5861), together never past `transition`."""
    if transition is not None:
        left = (transition - clock.now()) // timedelta(seconds=1)
        max_age = min(max_age, left)
        swr = min(swr, left - max_age)
    if max_age <= 0:
        return "no-cache"
    return f"public, max-age={max_age}" + (f", stale-while-revalidate={swr}" if swr > 0 else "")


def _coding(request: Request, data: bytes) -> str:
    """`gzip` for who takes it, when it pays; else none."""
    return (
        "gzip" if len(data) >= SMALLEST and takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    )


def _refuse_second_form(request: Request, kwargs: Mapping[str, Any]) -> None:
    """A number has one form in an address: `007` would be a second cache key of `7`."""
    segments = request.path_info.split("/")
    if any(isinstance(value, int) and str(value) not in segments for value in kwargs.values()):
        raise NotFound("There is nothing here. Numbers in addresses have no leading zeros.")


def options_answer(view: APIView) -> HttpResponse:
    """What may be done here, by `Allow` alone."""
    response = HttpResponse(status=204)
    response["Allow"] = ", ".join(view.allowed_methods)
    return response
