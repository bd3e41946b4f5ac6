"""What the desk gets of suppressions and purges, and the decorations of their views."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema, extend_schema_view

from articles.models.suppression import SUPPRESSION_REASONS
from articles.openapi.parts import HREF, INSTANT, TEXT, UUID, WHOLE, Schema, many, maybe, one_of, record, ref
from cms.openapi.responses import document, listing, nothing, problem

V = TypeVar("V", bound=Callable[..., Any])

SUPPRESSION_STATES = ("waiting", "in_force")
_OF_TEXT = record(
    "A publication that it is about.",
    id=UUID,
    version=WHOLE,
    revision=WHOLE,
    effective_from=INSTANT,
    effective_until=maybe(INSTANT),
    sha256=maybe(TEXT),
)

SUPPRESSION_COMPONENTS: dict[str, Schema] = {
    "Suppression": record(
        "A past text that is, or shall be, taken out of public time travel. `requested_by` null: by maintenance.",
        ("etag", "visible_at"),
        id=UUID,
        article=UUID,
        state=one_of(*SUPPRESSION_STATES),
        reason=one_of(*SUPPRESSION_REASONS),
        note={**TEXT, "description": "For the desk alone."},
        requested_by=maybe(ref("DeskUser")),
        requested_at=INSTANT,
        confirmed_by=maybe(ref("DeskUser")),
        confirmed_at=maybe(INSTANT),
        publications=many(_OF_TEXT),
        etag={**TEXT, "description": "The article's; send it as If-Match with the next change."},
        visible_at={**INSTANT, "description": "From then on no answer holds the text."},
        href=HREF,
    )
}


def _view(**answers: dict[Any, Any]) -> Callable[[V], V]:
    return extend_schema_view(
        **{method: extend_schema(responses=responses) for method, responses in answers.items()}
    )


_ASKED = problem("still_public", "already_suppressed", "wrong_state", "busy", "idempotency_in_flight")
_CONFIRMED = problem("still_public", "already_confirmed", "busy", "idempotency_in_flight")

suppressing = _view(post={201: document("Suppression"), **_ASKED})
suppressions = _view(get={200: listing("Suppression")})
suppression = _view(
    get={200: document("Suppression")},
    delete={204: nothing("Taken back."), **problem("already_confirmed", "busy")},
)
confirming = _view(
    post={201: document("Suppression"), **problem("not_allowed", "second_person_needed"), **_CONFIRMED}
)
purging = _view(
    post={
        201: document("DeskArticle"),
        **problem("still_public", "not_suppressed", "busy", "idempotency_in_flight"),
    }
)
