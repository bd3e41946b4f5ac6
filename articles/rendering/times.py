"""Instants as RFC 3339 strings in UTC, whole seconds, with Z."""

from datetime import UTC, datetime


def rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
