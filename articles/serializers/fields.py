"""Fields that several inputs share. They only validate."""

import re
from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

from articles.rendering.times import rfc3339
from cms import locales

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_LINES = 10_000

_OFFSET = re.compile(r"(?:[Zz]|[+-]\d{2}:\d{2})$", re.ASCII)
_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


class Slug(serializers.RegexField):
    """Lower-case words with hyphens; nothing that looks like an id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
            self.fail("invalid")
        return value


class Key(serializers.RegexField):
    """The key of a catalogue entry: letters, digits, and - _ . : inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$", max_length=200, **kwargs)


class Locale(serializers.RegexField):
    """A language tag (BCP 47) in any case, kept in its canonical one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rf"^{locales.LANGUAGE_TAG}$", max_length=locales.LONGEST, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return locales.canonical(super().to_internal_value(data))


class Instant(serializers.DateTimeField):
    """RFC 3339 with an offset, given back in UTC and floored to its second. A time without an offset is refused."""

    default_error_messages = {
        "naive": "Say the offset: 2026-03-01T12:00:00Z, or +01:00.",
        "invalid": "It takes a date and time that there is, such as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00+01:00.",
    }

    def to_internal_value(self, value: Any) -> datetime:
        if isinstance(value, str) and not _OFFSET.search(value):
            self.fail("naive")
        if isinstance(value, str) and not _RFC_3339.fullmatch(value):
            self.fail("invalid")
        parsed = super().to_internal_value(value.upper() if isinstance(value, str) else value)
        return parsed.astimezone(UTC).replace(microsecond=0)


class InstantText(Instant):
    """An instant kept as text, for it is part of a content that is hashed."""

    def to_internal_value(self, value: Any) -> str:  # type: ignore[override]  # the content holds text
        return rfc3339(super().to_internal_value(value))


class UuidText(serializers.UUIDField):
    """A UUID kept as text in its canonical form."""

    def to_internal_value(self, data: Any) -> str:  # type: ignore[override]  # the content holds text
        return str(super().to_internal_value(data))


class Text(serializers.CharField):
    """Text in which spaces and line ends are kept as they are.

    At most `MOST_LINES` lines: tens of thousands of one-letter paragraphs would cost seconds to tell apart.
    """

    default_error_messages = {"too_many_lines": "A text has at most {limit} lines."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text: str = super().to_internal_value(data)
        if text.count("\n") >= MOST_LINES:
            self.fail("too_many_lines", limit=MOST_LINES)
        return text
