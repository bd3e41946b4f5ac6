"""Query parameters, declared once: how each is read, and the schema from which its documentation is made.

A view names the parameters that it knows; anything else, anything twice and anything unreadable is refused by name.
"""

import re
import uuid as uuids
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request

from cms import following, locales, pagination
from cms.errors import FieldError, Malformed

TEXT_LIMIT = 200
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Parameter:
    """One query parameter. `parse` raises ValueError, whose text is a sentence saying what is allowed."""

    parse: Callable[[str], Any]
    schema: dict[str, Any]
    description: str = ""
    default: Any = None
    required: bool = False
    separated: bool = field(default=False)  # a list in one value, with commas: `explode: false` in OpenAPI


def read(request: Request | HttpRequest, allowed: Mapping[str, Parameter]) -> dict[str, Any]:
    """The value of every allowed parameter by name, the default where it was not sent.

    Raises Malformed with one FieldError for each parameter that is unknown, sent twice, missing or unreadable.
    """
    query = request.GET
    errors = [error for name in query for error in _refusals(name, query.getlist(name), allowed)]
    values: dict[str, Any] = {}
    for name, parameter in allowed.items():
        try:
            values[name] = _value(name, query, parameter)
        except ValueError as error:
            errors.append(FieldError("invalid_parameter", str(error), parameter=name))
        except Malformed as error:
            errors.append(FieldError(error.code, error.detail, parameter=name))
    if errors:
        raise Malformed(errors[0].detail, code=errors[0].code, errors=tuple(errors))
    return values


def of_request(view: Any, request: Request) -> dict[str, Any]:
    """`read` what `view` takes with the request's method. What it may do, and that it does not have a method, is said
    whatever parameters were sent.
    """
    method = str(request.method)
    return read(request, of_view(view, method)) if does(view, method) else {}


def does(view: Any, method: str) -> bool:
    """Whether a view does something for a method: OPTIONS tells of the view alone, and an unknown one meets 405."""
    return method != "OPTIONS" and hasattr(view, method.lower())


def of_view(view: Any, method: str) -> Mapping[str, Parameter]:
    """What `view` takes with `method`: for reading its `parameters` and those common to views of its kind, its
    `write_parameters[method]` for the rest."""
    if method in ("GET", "HEAD"):
        return {**view.parameters, **getattr(view, "common_parameters", {})}
    return view.write_parameters.get(method, {})


def _refusals(name: str, sent: list[str], allowed: Mapping[str, Parameter]) -> list[FieldError]:
    if name not in allowed:
        known = ", ".join(sorted(allowed)) or "none"
        return [
            FieldError(
                "unknown_parameter",
                f"There is no parameter “{name[:60]}” here. Allowed: {known}.",
                parameter=name[:60],
            )
        ]
    if len(sent) > 1:
        return [FieldError("duplicate_parameter", f"Send “{name}” only once.", parameter=name)]
    return []


def _value(name: str, query: Mapping[str, str], parameter: Parameter) -> Any:
    if name in query:
        return parameter.parse(query[name])
    if parameter.required:
        raise ValueError(f"Send “{name}”.")
    return parameter.default


def text(
    description: str = "",
    *,
    max_length: int = TEXT_LIMIT,
    pattern: str | None = None,
    default: str | None = None,
    required: bool = False,
) -> Parameter:
    """Words; no control characters. `pattern` is anchored at both ends."""
    expression = re.compile(pattern) if pattern else None

    def parse(value: str) -> str:
        if not 1 <= len(value) <= max_length or any(character < " " for character in value):
            raise ValueError(f"It takes 1 to {max_length} characters and no control characters.")
        if "\ufffd" in value:
            raise ValueError("It is not valid UTF-8.")
        if expression and not expression.fullmatch(value):
            raise ValueError(f"It must match {pattern}.")
        return value

    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": max_length}
    if pattern:
        schema["pattern"] = f"^(?:{pattern})$"
    return Parameter(parse, schema, description, default, required)


def locale(description: str) -> Parameter:
    """A language tag (BCP 47) in any case, read in its canonical one."""
    plain = text(description, max_length=locales.LONGEST, pattern=locales.LANGUAGE_TAG)
    return replace(plain, parse=lambda value: locales.canonical(plain.parse(value)))


def choice(
    values: Iterable[str], description: str = "", *, default: str | None = None, required: bool = False
) -> Parameter:
    """One of the values."""
    names = tuple(values)

    def parse(value: str) -> str:
        if value not in names:
            raise ValueError(f"It takes one of: {', '.join(names)}.")
        return value

    return Parameter(parse, {"type": "string", "enum": list(names)}, description, default, required)


def choices(
    values: Iterable[str], description: str = "", *, default: tuple[str, ...] = (), required: bool = False
) -> Parameter:
    """Some of the values, with commas between them, none twice; read as a tuple in the order sent."""
    names = tuple(values)

    def parse(value: str) -> tuple[str, ...]:
        chosen = tuple(value.split(","))
        if not set(chosen) <= set(names) or len(set(chosen)) != len(chosen):
            raise ValueError(f"It takes, separated by commas and each once, any of: {', '.join(names)}.")
        return chosen

    schema = {
        "type": "array",
        "items": {"type": "string", "enum": list(names)},
        "uniqueItems": True,
        "minItems": 1,
    }
    return Parameter(parse, schema, description, default, required, separated=True)


def integer(
    min: int, max: int, description: str = "", *, default: int | None = None, required: bool = False
) -> Parameter:
    """A whole number between `min` and `max`, both included, in ASCII digits with no spare zero or sign."""
    low, high = min, max

    def parse(value: str) -> int:
        number = int(value) if _WHOLE.fullmatch(value) and value != "-0" else None
        if number is None or not low <= number <= high:
            raise ValueError(f"It takes a whole number from {low} to {high}.")
        return number

    return Parameter(
        parse, {"type": "integer", "minimum": low, "maximum": high}, description, default, required
    )


def instant(description: str = "", *, default: datetime | None = None, required: bool = False) -> Parameter:
    """An RFC 3339 date-time with `Z` or an offset; read as UTC, floored to its second."""
    return Parameter(parse_instant, {"type": "string", "format": "date-time"}, description, default, required)


def parse_instant(value: str) -> datetime:
    """UTC, floored. Raises ValueError. A `+` that a form decoded to a space is taken for a `+`."""
    parts = _INSTANT.fullmatch(value.replace(" ", "+"))
    if not parts:
        raise ValueError("It takes a date and time as 2026-03-01T12:00:00Z.")
    day, clock, _, zone = parts.groups()
    offset = "+00:00" if zone in "Zz" else zone
    try:
        return datetime.fromisoformat(f"{day}T{clock}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("There is no such date or time.") from None


def boolean(description: str = "", *, default: bool | None = None, required: bool = False) -> Parameter:
    """`true` or `false`."""

    def parse(value: str) -> bool:
        if value not in ("true", "false"):
            raise ValueError("It takes true or false.")
        return value == "true"

    return Parameter(parse, {"type": "boolean"}, description, default, required)


def uuid(description: str = "", *, default: uuids.UUID | None = None, required: bool = False) -> Parameter:
    """A UUID in lower case with hyphens, its one canonical form."""

    def parse(value: str) -> uuids.UUID:
        if not _UUID.fullmatch(value):
            raise ValueError("It takes a UUID in lower case with hyphens.")
        return uuids.UUID(value)

    return Parameter(parse, {"type": "string", "format": "uuid"}, description, default, required)


def cursor(description: str = "Where the page begins: taken from `next`, never made up.") -> Parameter:
    """An opaque cursor; read as the mapping that `cms.pagination.page` takes."""
    return Parameter(
        pagination.decode,
        {"type": "string", "minLength": 1, "maxLength": pagination.CURSOR_LIMIT},
        description,
    )


def change_cursor(description: str) -> Parameter:
    """The `id` of a change, or a cursor from `/changes`; read as `cms.following.Cursor`, an empty one as None."""

    def parse(value: str) -> following.Cursor | None:
        return following.cursor_of(value) if value else None

    return Parameter(parse, {"type": "string", "maxLength": pagination.CURSOR_LIMIT}, description)


def limit(default: int = 20, max: int = 100) -> Parameter:
    """How many items a page holds."""
    return integer(1, max, f"Items on a page, at most {max}.", default=default)
