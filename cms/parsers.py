"""JSON bodies, read strictly: what two programs could read differently, or the database cannot hold, is refused."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from cms.errors import FieldError, Malformed, TooLarge

LARGEST_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader holds exactly (RFC 8259, section 6; RFC 7493)."""

_WRITTEN_WITH_EXPONENT = 1e21
"""From here on the canonical form (RFC 8785, 3.2.2.3) writes a number with an exponent; below, as a row of digits."""

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


class StrictJson(BaseParser):
    """`application/json`: UTF-8, an object (or a list where the view has `accepts_list = True`), bounded in size and
    depth, with no duplicate names, lone surrogates, NUL, NaN, infinities or integers beyond 2^53 - 1.

    Raises Malformed and TooLarge.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        context = parser_context or {}
        if request := context.get("request"):
            _refuse_encoded(request.META)
        value = loads(_read(stream, settings.LIMITS["json_bytes"]))
        accepts_list = getattr(context.get("view"), "accepts_list", False)
        if not isinstance(value, dict) and not (accepts_list and isinstance(value, list)):
            raise _malformed("The body must be a JSON object.")
        return value


class MergePatch(StrictJson):
    """`application/merge-patch+json` (RFC 7396), read by the same rules."""

    media_type = "application/merge-patch+json"


def loads(body: bytes) -> Any:
    """The JSON value of `body`. Raises Malformed (code `malformed_json`)."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _malformed(f"The body is not UTF-8: see byte {error.start}.") from None
    _refuse_deep(text, settings.LIMITS["json_depth"])
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"The body is not JSON: {error.msg} at {where}.") from None
    problems = tuple(_unstorable(value, ""))
    if problems:
        raise Malformed(problems[0].detail, code="malformed_json", errors=problems)
    return value


def _read(stream: IO[bytes], limit: int) -> bytes:
    body = stream.read(limit + 1)
    if len(body) > limit:
        raise TooLarge(f"A JSON body may have at most {limit} bytes.")
    return body


def _refuse_encoded(meta: Mapping[str, Any]) -> None:
    encoding = meta.get("HTTP_CONTENT_ENCODING", "identity")
    if encoding.lower() != "identity":
        raise UnsupportedMediaType(encoding, detail="Bodies are read uncompressed: send no Content-Encoding.")


def _refuse_deep(text: str, limit: int) -> None:
    """Before parsing: the parser itself is recursive and would run out of stack."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            if depth > limit:
                raise _malformed(f"The body nests more than {limit} levels.")
        elif mark in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # add gives None
        raise _malformed(f"The member {json.dumps(twice)[:80]} appears twice in one object.")
    return value


def _no_constant(name: str) -> Any:
    raise _malformed(f"{name} is not a JSON number.")


def _integer(digits: str) -> int:
    if len(digits) > len(str(LARGEST_INTEGER)) + 1 or abs(int(digits)) > LARGEST_INTEGER:
        raise _too_large_an_integer()
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _malformed("A number is too large.")
    if LARGEST_INTEGER < abs(number) < _WRITTEN_WITH_EXPONENT:
        raise _too_large_an_integer()
    return number


def _too_large_an_integer() -> Malformed:
    return _malformed(
        f"Integers beyond {LARGEST_INTEGER} do not survive every JSON reader: send them as text."
    )


def _unstorable(value: Any, pointer: str) -> Iterator[FieldError]:
    """What PostgreSQL or UTF-8 cannot hold, with where it is."""
    if isinstance(value, str):
        if "\0" in value:
            yield FieldError("nul_character", "Text cannot hold the character U+0000.", pointer=pointer)
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            yield FieldError("lone_surrogate", "Text holds half of a surrogate pair.", pointer=pointer)
    elif isinstance(value, dict):
        for name, item in value.items():
            if any(_unstorable(name, pointer)):
                yield FieldError("invalid_name", "A member's name cannot be stored.", pointer=pointer)
            else:
                yield from _unstorable(item, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unstorable(item, f"{pointer}/{index}")


def _malformed(sentence: str) -> Malformed:
    return Malformed(sentence, code="malformed_json")
