"""Decorations of the desk's views."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from cms.openapi.responses import document, listing, nothing, problem, ref

V = TypeVar("V", bound=Callable[..., Any])

_STATE = problem("wrong_state", "busy", "idempotency_in_flight")


def _conflict(*codes: str) -> dict[Any, Any]:
    """Problems that also carry both sides of a save and how they go together."""
    return {
        key: OpenApiResponse({**answer.response, **ref("SaveConflict")}, answer.description)
        for key, answer in problem(*codes).items()
    }


def _view(**answers: dict[Any, Any]) -> Callable[[V], V]:
    return extend_schema_view(
        **{method: extend_schema(responses=responses) for method, responses in answers.items()}
    )


article_list = _view(
    get={200: listing("DeskCard")},
    post={201: document("DeskArticle"), **problem("translation_exists", "busy", "idempotency_in_flight")},
)
article_detail = _view(
    get={200: document("DeskArticle")},
    patch={
        200: document("DeskArticle"),
        **_conflict("identity_is_public", "busy", "merge_conflicts", "stale"),
    },
    delete={204: nothing("In the bin."), **problem("was_public", "busy")},
)
revision_list = _view(get={200: listing("ListedRevision")})
revision_detail = _view(get={200: document("Revision")})
check_report = _view(get={200: document("CheckReport")})
markdown_preview = _view(post={200: document("RenderedMarkdown")})
timeline = _view(get={200: listing("Publication")})
publications = _view(
    get={200: listing("Publication")},
    post={
        201: document("TimelineOutcome"),
        **problem(
            *("not_approved", "instant_taken", "slug_taken", "text_suppressed"),
            *("wrong_state", "busy", "idempotency_in_flight"),
        ),
        **problem("invalid", "checks_failed", "not_minor", "invalid_interval", "idempotency_key_reused"),
    },
)
publication_detail = _view(
    patch={
        200: document("TimelineOutcome"),
        **problem("has_begun", "has_ended", "instant_taken", "in_release", "slug_taken", "busy"),
        **problem("invalid", "invalid_interval"),
    },
    delete={204: nothing("Cancelled."), **problem("has_begun", "has_ended", "in_release", "busy")},
)
take_down = _view(
    post={201: document("TimelineOutcome"), **problem("not_public", "busy", "idempotency_in_flight")}
)
restoring = _view(
    post={
        201: document("DeskArticle"),
        **problem("already_the_head", "wrong_state", "busy", "idempotency_in_flight"),
    }
)
duplicating = _view(post={201: document("DeskArticle"), **_STATE})
autosave = _view(
    get={200: document("WorkingCopy")},
    put={200: document("WorkingCopy")},
    delete={204: nothing("There is no working copy.")},
)
catalogue_list = _view(
    get={200: listing("CatalogueEntry")},
    post={201: document("CatalogueEntry"), **problem("key_taken", "busy", "idempotency_in_flight")},
)
catalogue_detail = _view(
    get={200: document("CatalogueEntry")},
    patch={200: document("CatalogueSaved"), **problem("not_begun", "busy")},
    delete={204: nothing("Retired."), **problem("wrong_state", "busy")},
)
audit = _view(get={200: listing("AuditEntry")})
revision_diff = _view(
    get={
        ("200", "application/json"): document("RevisionDifference"),
        ("200", "application/json-patch+json"): document("JsonPatch", "With `format=patch`."),
        ("200", "text/html"): OpenApiResponse(
            {"type": "string"}, "With `format=html`: a page with del and ins."
        ),
    }
)
