"""Which problems any view of a kind can give, so that no decoration has to repeat them."""

from typing import Any

from cms.negotiation import TheOneForm
from cms.openapi.declared import is_editorial, needs_if_match, schemes_of
from cms.openapi.responses import PROBLEM_TYPE, ref
from cms.problem_codes import PROBLEM_CODES

WRITES = ("POST", "PUT", "PATCH", "DELETE")
TITLES = {
    400: "The request cannot be understood.",
    401: "It is not known who is calling.",
    403: "This caller may not do that.",
    404: "There is no such thing, or this caller may not know of it.",
    406: "No form that the caller accepts.",
    410: "The texts of this article were deleted; what is left is numbers, dates and hashes.",
    409: "Not in a state in which this can be done, or somebody else is doing it now.",
    412: "Changed since it was read.",
    413: "Too large.",
    415: "A body of a kind that is not read here.",
    422: "Understood, but it breaks a rule; `errors` says where.",
    428: "A write to something existing without `If-Match`.",
    429: "Too much in too short a time.",
    503: "Cannot be answered now; try again after `Retry-After`.",
}

GENERAL = (
    *(
        "malformed",
        "malformed_json",
        "bad_host",
        "unknown_parameter",
        "duplicate_parameter",
        "invalid_parameter",
    ),
    *("invalid_cursor", "invalid_header", "if_match_star", "if_match_invalid", "invalid_idempotency_key"),
    *(
        "not_authenticated",
        "authentication_failed",
        "not_allowed",
        "csrf_failed",
        "not_found",
        "not_acceptable",
    ),
    *(
        "wrong_state",
        "conflict",
        "busy",
        "idempotency_in_flight",
        "not_yet_visible",
        "stale",
        "too_large",
        "unsupported_media_type",
    ),
    *("invalid", "idempotency_key_reused", "precondition_required", "too_many_requests"),
    *("unavailable", "commit_too_late"),
)
"""Codes that the service itself can give, whatever the address."""


def usual(view: Any, method: str, path: str) -> list[int]:
    """Statuses from 400 that `view` can answer `method` with, whatever it does."""
    statuses = {400, 503} if view.content_negotiation_class is TheOneForm else {400, 406, 503}
    if is_editorial(view) or schemes_of(view):
        statuses |= {401, 403}
    if "{" in path:
        statuses.add(404)
    if is_editorial(view) and "{article_id}" in path:
        statuses.add(410)
    if method == "GET" and getattr(view, "common_parameters", None):
        statuses.add(409)
    if method in WRITES:
        statuses |= {409, 413, 415, 422, 429}
    if needs_if_match(view, method, nested="{" in path):
        statuses |= {412, 428}
    return sorted(statuses)


def add(bodies: dict[str, Any], status: int) -> None:
    """Add the general answer for `status`; where codes are listed already, add those that any view can give."""
    known = bodies.get(str(status))
    if known is None:
        content = {PROBLEM_TYPE: {"schema": ref("Problem")}}
        bodies[str(status)] = {"description": TITLES[status], "content": content}
        return
    schema = known.get("content", {}).get(PROBLEM_TYPE, {}).get("schema", {})
    codes = schema.get("properties", {}).get("code", {}).get("enum")
    if codes is not None:
        codes[:] = sorted({*codes, *_general(status)})


def _general(status: int) -> set[str]:
    return {code for code in GENERAL if PROBLEM_CODES[code].status == status}
