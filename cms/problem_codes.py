"""The closed list of problem codes: status, title and a sentence for the page that documents each.

Apps add theirs with `register_codes` when they are loaded. How exceptions get a code is `cms.problems`'s.
"""

from collections.abc import Mapping
from typing import NamedTuple


class ProblemCode(NamedTuple):
    status: int
    title: str
    sentence: str


PROBLEM_CODES: dict[str, ProblemCode] = {}


def register_codes(codes: Mapping[str, tuple[int, str, str]]) -> None:
    """Add `code -> (status, title, sentence)`. Raises ValueError when a code would get a second meaning."""
    for code, meaning in codes.items():
        entry = ProblemCode(*meaning)
        if PROBLEM_CODES.setdefault(code, entry) != entry:
            raise ValueError(f"The problem code {code!r} has another meaning already.")


register_codes(
    {
        "malformed": (
            400,
            "Malformed request",
            "The request cannot be understood: its body, a header or its address.",
        ),
        "malformed_json": (
            400,
            "Malformed JSON",
            "The body is not UTF-8 JSON (RFC 8259) of a kind that we accept.",
        ),
        "bad_host": (400, "Unknown host", "The Host header names no host that this service answers for."),
        "unknown_parameter": (400, "Unknown parameter", "A query parameter is not one of this address's."),
        "duplicate_parameter": (400, "Duplicate parameter", "A query parameter was sent twice."),
        "invalid_parameter": (400, "Invalid parameter", "A query parameter has a value that is not allowed."),
        "invalid_cursor": (
            400,
            "Invalid cursor",
            "A cursor was altered, or belongs to another list or order.",
        ),
        "invalid_header": (400, "Invalid header", "A request header cannot be read."),
        "if_match_star": (
            400,
            "If-Match: * refused",
            "It would overwrite whatever is there; send the ETag last read.",
        ),
        "if_match_invalid": (400, "Invalid If-Match", "If-Match holds no list of ETags in quotes."),
        "invalid_idempotency_key": (
            400,
            "Invalid Idempotency-Key",
            "An Idempotency-Key has 1 to 255 visible ASCII characters.",
        ),
        "not_authenticated": (401, "Sign in first", "This needs a session or a token, and none was sent."),
        "authentication_failed": (
            401,
            "Credentials refused",
            "The token or password is wrong, expired or revoked.",
        ),
        "not_allowed": (403, "Not allowed", "The caller may see this but may not do that."),
        "csrf_failed": (
            403,
            "CSRF check failed",
            "A write by session came without its CSRF token: read the page again.",
        ),
        "not_found": (404, "Not found", "There is no such thing, or the caller may not know of it."),
        "method_not_allowed": (405, "Method not allowed", "The method is not one of those that Allow names."),
        "not_acceptable": (406, "Not acceptable", "None of the media types in Accept can be given here."),
        "wrong_state": (409, "Not in this state", "The thing is not in a state in which this can be done."),
        "conflict": (409, "Conflict", "What was sent contradicts something that exists."),
        "busy": (409, "Busy", "Somebody else is doing the same at this instant. Trying again is right."),
        "idempotency_in_flight": (
            409,
            "The same request is being worked on",
            "A request with this Idempotency-Key has not ended yet. Try again after a second.",
        ),
        "not_yet_visible": (
            409,
            "Not visible yet",
            "What `min_change` names is not visible here yet; Retry-After says when to ask again.",
        ),
        "gone": (
            410,
            "Gone",
            "It was public and is no longer; the answer says why and what to read instead.",
        ),
        "cursor_expired": (
            410,
            "Cursor too old",
            "The log does not reach back to the cursor. Begin a full read: the same address without `after`.",
        ),
        "length_required": (411, "Length required", "A body must come with its Content-Length."),
        "stale": (412, "Changed meanwhile", "The ETag sent is not the current one: read again, then decide."),
        "too_large": (413, "Too large", "The body has more bytes than are accepted."),
        "unsupported_media_type": (
            415,
            "Unsupported media type",
            "The body's media type is not accepted here.",
        ),
        "invalid": (
            422,
            "Invalid content",
            "The body was understood but breaks rules; `errors` says which and where.",
        ),
        "idempotency_key_reused": (
            422,
            "Idempotency-Key reused",
            "The key was sent before with another body or to another address.",
        ),
        "precondition_required": (428, "If-Match needed", "Send If-Match with the ETag that you last read."),
        "too_many_requests": (
            429,
            "Too many requests",
            "A limit was reached; Retry-After says when to try again.",
        ),
        "unavailable_for_legal_reasons": (
            451,
            "Unavailable for legal reasons",
            "A legal reason forbids showing it.",
        ),
        "internal": (
            500,
            "Internal error",
            "Something failed on our side; it was logged under the request's id.",
        ),
        "unavailable": (
            503,
            "Unavailable",
            "The database cannot be reached or is overloaded. Try again soon.",
        ),
        "commit_too_late": (
            503,
            "Too slow",
            "The write could not be committed in time and changed nothing. Try again.",
        ),
    }
)

GENERAL_CODES = frozenset(PROBLEM_CODES)
"""Those of any address, which `cms` itself gives."""
