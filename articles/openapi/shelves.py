"""Decorations of the views of collections and redirects."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema, extend_schema_view

from cms.openapi.responses import document, listing, not_modified, nothing, problem

V = TypeVar("V", bound=Callable[..., Any])


def _view(**answers: dict[Any, Any]) -> Callable[[V], V]:
    return extend_schema_view(
        **{method: extend_schema(responses=responses) for method, responses in answers.items()}
    )


_POSTED = ("busy", "idempotency_in_flight")
_INVALID = problem("invalid", "invalid_interval")
_INVALID_POST = problem("invalid", "invalid_interval", "idempotency_key_reused")

public_collection_list = _view(get={200: listing("Collection"), 304: not_modified()})
public_collection_detail = _view(
    get={200: document("CuratedCollection"), 304: not_modified(), **problem("not_found")}
)
public_redirect_list = _view(get={200: listing("Redirect"), 304: not_modified()})
resolved = _view(get={200: document("Resolution"), 304: not_modified()})

collection_list = _view(
    get={200: listing("DeskCollection")},
    post={201: document("DeskCollection"), **problem("key_taken", *_POSTED), **_INVALID_POST},
)
collection_detail = _view(
    get={200: document("DeskCollection")},
    patch={200: document("DeskCollection"), **problem("instant_taken", "busy"), **_INVALID},
    delete={204: nothing("Retired."), **problem("busy")},
)
collection_versions = _view(get={200: listing("CollectionVersion")})
collection_version = _view(
    get={200: document("CollectionVersion")},
    patch={200: document("DeskCollection"), **problem("has_begun", "instant_taken", "busy"), **_INVALID},
    delete={204: nothing("Cancelled."), **problem("has_begun", "wrong_state", "busy")},
)
redirect_list = _view(
    get={200: listing("DeskRedirect")},
    post={201: document("SavedRedirect"), **problem("path_taken", "redirect_loop", *_POSTED)},
)
redirect_detail = _view(
    get={200: document("DeskRedirect")},
    patch={200: document("SavedRedirect"), **problem("path_taken", "redirect_loop", "busy")},
    delete={204: nothing("It leads nowhere any more."), **problem("busy")},
)
