"""How an answer becomes JSON bytes. The page that people see of the same answer is `cms.browsable`'s."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


class Json(BaseRenderer):
    """UTF-8 JSON (RFC 8259). Bytes go out untouched: they were rendered when their content was published."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """`data` as bytes; None is an empty body. Raises TypeError for what JSON has no form for."""
        if data is None:
            return b""
        return data if isinstance(data, bytes) else encode(data)


class Written(BaseRenderer):
    """A form that whoever answers has written as bytes. Subclasses name it."""

    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes, untouched; None is an empty body."""
        return data or b""


def encode(data: Any) -> bytes:
    """Compact UTF-8 JSON; instants in UTC with `Z`, without a fraction when there is none."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)
    return text.encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | Promise):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"JSON has no form for {type(value).__name__}")
