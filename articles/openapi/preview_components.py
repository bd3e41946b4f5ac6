"""Previews and the links to them: their components, and the decorations of their views."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from articles.openapi.delivery import SOME, SOME_CARDS
from articles.openapi.parts import HREF, INSTANT, TEXT, UUID, WHOLE, Schema, maybe, one_of, record
from cms.openapi.responses import document, listing, nothing, problem, ref

V = TypeVar("V", bound=Callable[..., Any])

_LINK: Schema = {
    "id": UUID,
    "label": TEXT,
    "article": maybe(record("The article.", id=UUID, title=TEXT)),
    "revision": {
        **maybe(WHOLE),
        "description": "The revision it is pinned to; null when it follows the head.",
    },
    "release": maybe(record("The release.", id=UUID, name=TEXT)),
    "instant": {**maybe(INSTANT), "description": "The site as it will be then."},
    "state": one_of("live", "revoked", "expired", "spent"),
    "created_by": maybe(ref("DeskUser")),
    "created_at": INSTANT,
    "expires_at": INSTANT,
    "revoked_at": maybe(INSTANT),
    "uses": WHOLE,
    "last_used_at": maybe(INSTANT),
    "href": HREF,
    "preview_href": {**HREF, "description": "What to read with the token."},
}
PREVIEW_COMPONENTS: dict[str, Schema] = {
    "PreviewLink": record("A preview link, without its token. `spent`: what it shows is public.", **_LINK),
    "NewPreviewLink": record(
        "A preview link with its token, which is shown this once.",
        **_LINK,
        token={**TEXT, "description": "Send it as `Authorization: Bearer kp_…`, never in an address."},
    ),
}

_NEW = {201: document("NewPreviewLink", "The link; its token is shown this once.")}
_REFUSED = problem("nothing_to_preview", "text_suppressed", "busy", "idempotency_in_flight")


def _read(answer: OpenApiResponse, more: dict[Any, Any] | None = None) -> Callable[[V], V]:
    answers = {200: answer, **(more or {}), **_AHEAD}
    return extend_schema_view(get=extend_schema(responses=answers))


_AHEAD = problem("at_in_future")
links = extend_schema_view(
    get=extend_schema(responses={200: listing("PreviewLink")}),
    post=extend_schema(responses={**_NEW, **_REFUSED}),
)
link = extend_schema_view(
    get=extend_schema(responses={200: document("PreviewLink")}),
    delete=extend_schema(responses={204: nothing("It is no longer accepted.")}),
)
article_list = _read(OpenApiResponse(SOME_CARDS, "A page of cards, as delivery gives them."))
article_detail = _read(
    OpenApiResponse(SOME, "The article in delivery's shape, as if it were published."),
    more={
        308: OpenApiResponse(None, "The slug is another one there; Location says which."),
        **problem("not_found", "locale_needed"),
        **problem("text_suppressed"),
        **problem("gone"),
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
collection_list = _read(listing("Collection"))
collection_detail = _read(document("CuratedCollection"), more=problem("not_found"))
