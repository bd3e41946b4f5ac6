"""Structured logs: one JSON object a line, with the request's identity and without anybody's secrets."""

import json
import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

request_context: ContextVar[Mapping[str, str]] = ContextVar("request_context", default=MappingProxyType({}))
"""Members that every line of the current request carries: `request_id` and, when the caller sent it, `traceparent`."""

_REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    # PostgreSQL's DETAIL quotes whole rows.
    (re.compile(r"DETAIL:[^\n]*"), "DETAIL: [redacted]"),
    (re.compile(r"\bk[a-z]_[A-Za-z0-9_\-]{6,}"), "[token]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=\-]+"), r"\1 [redacted]"),
    (
        re.compile(
            r"(?i)(\b(?:password|passwd|secret|token|cookie|authorization|sessionid|csrf\w*)\"?'?\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s,;&}]+)"
        ),
        r"\1[redacted]",
    ),
    (re.compile(r"[^\s@\"'<>()\[\]{},;:=/?&]{1,64}(?:@|%40)[^\s@\"'<>()\[\]{},;:=/?&%]{1,253}"), "[address]"),
    (re.compile(r"(?<=[^\s?])\?[^\s\"']+"), "?[redacted]"),
)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_NEVER = frozenset({"request", "server_time", "status_code"})


class JsonLines(logging.Formatter):
    """`at`, `level`, `logger`, `message`, the request's members, what `extra` added, and `traceback`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
            **_request_members(record),
        }
        for name, value in vars(record).items():
            if name not in _STANDARD and name not in _NEVER:
                line[name] = value if isinstance(value, bool | int | float) else redacted(str(value))
        if record.exc_info:
            line["traceback"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _request_members(record: logging.LogRecord) -> Mapping[str, str]:
    """Of the current request; of one that has just been answered, what Django leaves on the record."""
    known = getattr(getattr(record, "request", None), "request_id", None)
    return request_context.get() or ({"request_id": known} if known else {})


def redacted(text: str) -> str:
    """`text` without tokens, credentials, e-mail addresses, query strings and rows quoted by the database."""
    for pattern, replacement in _REDACTIONS:
        text = pattern.sub(replacement, text)
    return text
