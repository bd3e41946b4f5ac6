"""Decorations of the delivery views."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view

from articles.memento import LINK_FORMAT
from articles.openapi.document_components import ARTICLE_FIELDS, CARD_FIELDS
from cms.openapi.responses import document, listing, not_modified, problem, ref

__all__ = ["ARTICLE_FIELDS", "CARD_FIELDS", "SOME", "SOME_CARDS"]

V = TypeVar("V", bound=Callable[..., Any])

_MOVED = OpenApiResponse(None, "The slug moved; Location says where the article is now.")
_NOT_MODIFIED = not_modified()
_GONE = problem("gone", "suppressed", "unavailable_for_legal_reasons")
WHOLE = {"anyOf": [ref("Article"), ref("ArticleInView")]}
SOME = {"anyOf": [*WHOLE["anyOf"], ref("ArticleMembers")]}
SOME_CARDS = {
    "type": "object",
    "required": ["results", "next"],
    "properties": {
        "results": {"type": "array", "items": {"anyOf": [ref("ArticleCard"), ref("ArticleMembers")]}},
        "next": {"type": ["string", "null"], "format": "uri", "description": "Pins `at`."},
        "count": {"type": "integer", "minimum": 0, "description": "With `count=true`."},
    },
}


def _header(name: str, description: str, *statuses: int) -> OpenApiParameter:
    """A header of the answers with these statuses; of the request when there are none."""
    return OpenApiParameter(name, str, "header", description=description, response=list(statuses))


_MEMENTO_DATETIME = _header(
    "Memento-Datetime",
    "On a past state: when it began to be served, as RFC 1123 has it (RFC 7089).",
    200,
)
_LINK = _header(
    "Link",
    "original, timegate, timemap, mementos (RFC 7089); predecessor-version, successor-version, latest-version, "
    "version-history (RFC 5829).",
    200,
    302,
    410,
    451,
)

_CONTENT_LANGUAGE = _header("Content-Language", "The one locale of the text (RFC 9110, 8.5).", 200)


def _read(
    answer: OpenApiResponse, more: dict | None = None, headers: tuple[OpenApiParameter, ...] = ()
) -> Callable[[V], V]:
    answers = {200: answer, 304: _NOT_MODIFIED, **(more or {})}
    return extend_schema_view(get=extend_schema(responses=answers, parameters=list(headers)))


article_list = _read(
    OpenApiResponse(SOME_CARDS, "A page of cards; whole ones unless `fields` named members."),
    headers=(_CONTENT_LANGUAGE,),
)
article_detail = _read(
    OpenApiResponse(SOME, "The article; whole unless `fields` named members."),
    more={308: _MOVED, **problem("not_found", "locale_needed"), **_GONE},
    headers=(_MEMENTO_DATETIME, _LINK, _CONTENT_LANGUAGE),
)
version_list = _read(
    listing("Version"),
    more={
        ("200", LINK_FORMAT): OpenApiResponse({"type": "string"}, "With `format=link-format`: the TimeMap."),
        **problem("not_found", "locale_needed"),
    },
    headers=(_LINK,),
)
version_detail = _read(
    OpenApiResponse(WHOLE, "The article as it was served, in the form that `view` named."),
    more={**problem("not_found", "locale_needed"), **_GONE},
    headers=(_MEMENTO_DATETIME, _LINK, _CONTENT_LANGUAGE),
)
timegate = extend_schema_view(
    get=extend_schema(
        parameters=[
            _header("Accept-Datetime", "The date that is asked for, as `Sun, 01 Mar 2026 12:00:00 GMT`."),
            _header("Location", "The address of the state that was served at that date.", 302),
            _LINK,
        ],
        responses={
            302: OpenApiResponse(None, "Location leads to the memento. Varies on Accept-Datetime."),
            **problem("accept_datetime_invalid"),
            **problem("not_found", "locale_needed"),
            **_GONE,
        },
    )
)
version_diff = _read(
    document("VersionDifference"),
    more={
        ("200", "text/html"): OpenApiResponse(
            {"type": "string"}, "With `format=html`: a page with del and ins."
        ),
        **problem("not_found", "locale_needed"),
        **_GONE,
    },
)
topic_list = _read(listing("Topic"))
topic_detail = _read(document("Topic"), more=problem("not_found"))
person_list = _read(listing("Person"))
person_detail = _read(document("Person"), more=problem("not_found"))
reference_list = _read(listing("Reference"))
reference_detail = _read(document("Reference"), more=problem("not_found"))
legal_status_list = _read(listing("LegalStatus"))
helpline_list = _read(document("HelplineList"))
