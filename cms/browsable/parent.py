"""The version of the thing that an action belongs to, for addresses that act and have nothing to read."""

import copy

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from cms.openapi.declared import is_editorial


def etag_above(request: HttpRequest) -> str:
    """The ETag of what stands one step up, as this caller reads it; empty when there is none or they may not.

    The view above judges visibility itself: this is the same GET that a browser would make.
    """
    path = request.path.rpartition("/")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    if not is_editorial(getattr(match.func, "cls", None)):
        return ""
    response = match.func(_reading(request, path), *match.args, **match.kwargs)
    etag: str = response.get("ETag", "") if response.status_code == 200 else ""
    return etag


def _reading(request: HttpRequest, path: str) -> HttpRequest:
    """The same caller's GET of another address, for JSON."""
    reading = copy.copy(request)
    reading.method = "GET"
    reading.path = reading.path_info = path
    reading.GET = QueryDict()
    reading.META = request.META | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "HTTP_ACCEPT": "application/json",
    }
    return reading
