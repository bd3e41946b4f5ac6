"""Walking long lists by key: every page costs the same, and rows that come or go neither repeat nor hide others.

A cursor holds the sort key of the last row seen, the name of the order and what the first page pinned (such as
`at`), under a keyed checksum. It is opaque: clients copy it and never make one.
"""

import base64
import binascii
import hmac
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from rest_framework.request import Request

from cms.canonical import document_bytes
from cms.errors import FieldError, Malformed
from cms.sealing import macs

CURSOR_LIMIT = 1000
_CHECKSUM_BYTES = 12
MIN_CHANGE = "min_change"
"""The parameter by which any delivery address is asked for at least what a change tells (`cms.following`)."""


@dataclass(frozen=True)
class Order:
    """Fields with `asc` or `desc`. The last is unique; none may hold NULL, which has no place in an order.

    `through` is what stands before the names of these fields where an index has them in this order: rows are walked
    by `listed_published_at` and give their own `published_at`. `of` names the list where others have the same order,
    and a cursor of theirs is none of its own.
    """

    fields: tuple[tuple[str, str], ...]
    through: str = ""
    of: str = ""

    @property
    def name(self) -> str:
        """What a cursor says of its list."""
        return ",".join((*filter(None, (self.of,)), *(_term(*field) for field in self.fields)))

    @property
    def terms(self) -> tuple[str, ...]:
        """As `QuerySet.order_by` takes them."""
        return tuple(_term(self.path(field), direction) for field, direction in self.fields)

    def path(self, field: str) -> str:
        """Where the database finds a field."""
        return self.through + field


@dataclass(frozen=True)
class Page:
    """Rows, and the cursor of what follows them; None on the last page."""

    rows: list[Any]
    next_cursor: str | None
    pinned: dict[str, Any] = field(default_factory=dict)


def page(
    queryset: QuerySet,
    *,
    order: Order,
    limit: int,
    cursor: Mapping[str, Any] | str | None = None,
    pinned: Mapping[str, Any] | None = None,
) -> Page:
    """The `limit` rows that follow `cursor` in `order`; `pinned` travels in the next cursor (JSON values only).

    Raises Malformed (code `invalid_cursor`) for a cursor of another list or order.
    """
    state = decode(cursor) if isinstance(cursor, str) else cursor
    if state is not None:
        queryset = queryset.filter(_behind(queryset.model, order, state))
    rows = list(queryset.order_by(*order.terms)[: limit + 1])
    kept = dict(pinned if pinned is not None else pins(state))
    if len(rows) <= limit:
        return Page(rows, None, kept)
    return Page(rows[:limit], cursor_after(rows[limit - 1], order, kept), kept)


def cursor_after(row: Any, order: Order, pinned: Mapping[str, Any] | None = None) -> str:
    """The cursor of what follows `row` in `order`."""
    keys = [_portable(_read(row, name)) for name, _ in order.fields]
    return encode({"o": order.name, "k": keys, "p": dict(pinned or {})})


def pins(cursor: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the first page pinned; empty without a cursor."""
    return dict((cursor or {}).get("p") or {})


def encode(state: Mapping[str, Any]) -> str:
    """An opaque cursor of JSON values."""
    payload = json.dumps(state, separators=(",", ":"), ensure_ascii=False).encode()
    return _text(_checksums(payload)[0] + payload)


def decode(cursor: str) -> dict[str, Any]:
    """What `encode` was given. Raises Malformed (code `invalid_cursor`)."""
    try:
        if len(cursor) > CURSOR_LIMIT:
            raise ValueError("too long")
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        if _text(raw) != cursor:
            raise ValueError("not the canonical form")
        checksum, payload = raw[:_CHECKSUM_BYTES], raw[_CHECKSUM_BYTES:]
        if not any(hmac.compare_digest(checksum, right) for right in _checksums(payload)):
            raise ValueError("checksum")
        return json.loads(payload)
    except (ValueError, binascii.Error):
        raise invalid_cursor() from None


def invalid_cursor(parameter: str = "cursor") -> Malformed:
    sentence = "This cursor is not one of this list's. Begin again without it."
    return Malformed(
        sentence,
        code="invalid_cursor",
        errors=(FieldError("invalid_cursor", sentence, parameter=parameter),),
    )


def envelope(
    request: Request | HttpRequest,
    results: Sequence[Any],
    next_params: Mapping[str, Any] | None = None,
    count: int | None = None,
) -> tuple[dict[str, Any], str | None]:
    """A list's document and its Link header (RFC 8288); `next_params` replace or join the request's own."""
    following = next_url(request, next_params) if next_params else None
    body: dict[str, Any] = {"results": list(results), "next": following}
    if count is not None:
        body["count"] = count
    return body, link(following)


def envelope_bytes(
    request: Request | HttpRequest,
    results: Sequence[bytes],
    next_params: Mapping[str, Any] | None = None,
    count: int | None = None,
) -> tuple[bytes, str | None]:
    """`envelope` for results that are JSON bytes already: they go into the document untouched."""
    body, header = envelope(request, (), next_params, count)
    del body["results"]
    return b'{"results":[' + b",".join(results) + b"]," + document_bytes(body)[1:], header


def next_url(request: Request | HttpRequest, params: Mapping[str, Any]) -> str:
    """This request's address with `params` put in, under PUBLIC_URL: the Host header has no say in it.

    Without `min_change`: who waited for a change gets the very bytes that everybody gets.
    """
    query = _query_without(request, params) | {name: _portable(value) for name, value in params.items()}
    return f"{settings.PUBLIC_URL}{request.path}?{urlencode(query)}"


def present_path(request: Request | HttpRequest) -> str:
    """Where what this request asks of the past is today, its first page if it has pages: without host."""
    query = urlencode(_query_without(request, ("at", "cursor")))
    return f"{request.path}?{query}" if query else str(request.path)


def _query_without(request: Request | HttpRequest, names: Collection[str]) -> dict[str, Any]:
    return {name: request.GET[name] for name in request.GET if name not in names and name != MIN_CHANGE}


def link(following: str | None) -> str | None:
    return f'<{following}>; rel="next"' if following else None


def _behind(model: type[Model], order: Order, state: Mapping[str, Any]) -> Q:
    """Rows after the key, as `k <= X AND (k < X OR id < Y)`: row values would become an OR that uses no index."""
    keys = state.get("k")
    if state.get("o") != order.name or not isinstance(keys, list) or len(keys) != len(order.fields):
        raise invalid_cursor()
    values = [_typed(model, name, key) for (name, _), key in zip(order.fields, keys, strict=True)]
    (name, direction), *earlier = reversed(order.fields)
    condition = Q(**{f"{order.path(name)}__{_strictly(direction)}": values.pop()})
    for name, direction in earlier:
        value = values.pop()
        beyond = Q(**{f"{order.path(name)}__{_strictly(direction)}": value})
        condition = Q(**{f"{order.path(name)}__{_strictly(direction)}e": value}) & (beyond | condition)
    return condition


def _term(field: str, direction: str) -> str:
    return ("-" if direction == "desc" else "") + field


def _strictly(direction: str) -> str:
    return "lt" if direction == "desc" else "gt"


def _typed(model: type[Model], name: str, key: Any) -> Any:
    """The key as the field's own type; a field of the query (an annotation, a relation's) takes it as it is."""
    field = next(
        (field for field in model._meta.concrete_fields if name in (field.name, field.attname)), None
    )
    try:
        return field.to_python(key) if field else key
    except (ValidationError, ValueError, TypeError):
        raise invalid_cursor() from None


def _read(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _portable(value: Any) -> Any:
    """A JSON value that the field's `to_python` turns back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, uuid.UUID) else value


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _checksums(payload: bytes) -> list[bytes]:
    digests = macs(payload.decode("utf-8", "surrogateescape"), settings.TOKEN_KEYS, "cursor")
    return [bytes.fromhex(digest)[:_CHECKSUM_BYTES] for digest in digests]
