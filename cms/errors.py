"""What can go wrong, in words of the domain. Knows no HTTP: `cms.problems` alone turns these into answers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldError:
    """One thing wrong with one part of an input.

    `pointer` is an RFC 6901 JSON Pointer into the body; `parameter` the name of a query parameter or header. One
    of the two is set. `code` is machine-readable, `detail` a sentence for a person.
    """

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None


class DomainError(Exception):
    """Base of all. `code` comes from a closed list that the schema documents; `detail` is one plain sentence."""

    code = "error"
    retryable = False

    def __init__(self, detail: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.extra = extra  # further members of the problem document


class InputError(DomainError):
    """Something is wrong with what was sent; `errors` says where."""

    def __init__(
        self, detail: str, *, code: str | None = None, errors: tuple[FieldError, ...] = (), **extra: Any
    ) -> None:
        super().__init__(detail, code=code, **extra)
        self.errors = errors


class Malformed(InputError):
    """The request cannot be understood: JSON, cursor, parameter."""

    code = "malformed"


class InvalidContent(InputError):
    """Understood, but what was sent breaks a rule. `errors` says where."""

    code = "invalid"


class NotFound(DomainError):
    """There is no such thing, or this caller may not know of it."""

    code = "not_found"


class NotAllowed(DomainError):
    """Visible, but this caller may not do that."""

    code = "not_allowed"


class WrongState(DomainError):
    """The thing is not in a state in which this can be done."""

    code = "wrong_state"


class Busy(DomainError):
    """Somebody else is doing the same at this instant; trying again is right."""

    code = "busy"
    retryable = True


class NotYetVisible(DomainError):
    """This database, a replica perhaps, does not have yet what was asked for; it will have it in a moment."""

    code = "not_yet_visible"
    retryable = True


class PreconditionMissing(DomainError):
    """A write that changes something existing came without the ETag it was based on."""

    code = "precondition_required"


class PreconditionFailed(DomainError):
    """The ETag sent is not the current one. `extra` may carry what is needed to merge."""

    code = "stale"


class KeyReused(DomainError):
    """An Idempotency-Key was sent again with another body or to another route."""

    code = "idempotency_key_reused"


class Gone(DomainError):
    """It was public and is no longer. `extra`: reason, explanation, alternative_href."""

    code = "gone"


class LegallyUnavailable(Gone):
    """Taken out of public reach for a legal reason (RFC 7725). `extra` as of Gone."""

    code = "unavailable_for_legal_reasons"


class LimitReached(DomainError):
    """Too much in too short a time. `retry_after` in seconds."""

    code = "too_many_requests"
    retryable = True

    def __init__(self, detail: str, *, retry_after: int, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail, code=code, **extra)
        self.retry_after = retry_after


class TooLarge(DomainError):
    """More bytes, levels or characters than are accepted."""

    code = "too_large"


class Unavailable(DomainError):
    """The database (or another part) cannot be reached now."""

    code = "unavailable"
    retryable = True


class CommitTooLate(DomainError):
    """The transaction reached its commit after the instant it had stamped could already be read: stamp again."""

    code = "commit_too_late"
    retryable = True
