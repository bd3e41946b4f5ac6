"""Fields of replies: strict in type, cleaned of what cannot be seen, each refusal one sentence."""

import re
import unicodedata
from collections.abc import Mapping
from copy import copy
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri, punycode
from drf_spectacular.utils import extend_schema_field
from email_validator import EmailNotValidError, validate_email
from rest_framework import serializers

from cms import locales

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    rf"https?://[a-z0-9.-]+(?::\d+)?(?:/{_CHARACTER}*)?(?:\?(?:{_CHARACTER}|\?)*)?(?:#(?:{_CHARACTER}|\?)*)?"
)
_KEPT_CONTROLS = "\n\t"
_is_url = URLValidator(schemes=["http", "https"])


class Flat(serializers.Serializer):
    """A form whose fields hold no others. They are copied as they are, where REST framework makes each one anew with
    its validators and expressions, which took a tenth of the time of a reply.
    """

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: copy(field) for name, field in self._declared_fields.items()}


class Strict(serializers.CharField):
    """A JSON string; a number or anything else is refused, not turned into one."""

    default_error_messages = {"invalid": "Send a string.", "null": "Send a string."}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return self.clean(data)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Judge the cleaned text: what only looks like something is nothing. Far too long ones are not even cleaned."""
        if isinstance(data, str):
            if self.max_length and len(data) > 4 * self.max_length:
                self.fail("max_length", max_length=self.max_length)
            data = self.clean(data)
        return super().run_validation(data)

    def clean(self, data: str) -> str:
        return data.strip()


class Prose(Strict):
    """Several lines: composed (NFC), line ends as `\\n`, no control characters, nothing around it."""

    def clean(self, data: str) -> str:
        lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", data))
        kept = "".join(c for c in lines if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")
        return kept.strip() if _can_be_seen(kept) else ""


class Name(Strict):
    """One line: spaces between words once, without control characters or marks that turn the direction of writing."""

    def clean(self, data: str) -> str:
        visible = (c if unicodedata.category(c) not in ("Cc", "Zl", "Zp") else " " for c in data)
        line = "".join(c for c in visible if unicodedata.bidirectional(c) not in _TURNING)
        return " ".join(unicodedata.normalize("NFC", line).split()) if _can_be_seen(line) else ""


def _can_be_seen(text: str) -> bool:
    """Whether a letter, digit, sign or mark of punctuation is among it."""
    return any(unicodedata.category(character)[0] in "LNSP" for character in text)


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@extend_schema_field({"type": "string", "format": "email", "maxLength": 254})
class Address(Strict):
    """An e-mail address by its form alone; nothing is looked up. Given back normalised (RFC 5321, RFC 6531)."""

    default_error_messages = {
        "not_an_address": "This is not an e-mail address. It looks like name@example.org. It is never published."
    }

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError:
            self.fail("not_an_address")


@extend_schema_field({"type": "string", "format": "uri", "minLength": 1, "maxLength": 500})
class Website(Strict):
    """An http or https address without a user name; empty or null for none. Given back as a URI (RFC 3986), ASCII."""

    default_error_messages = {
        "not_a_website": "This is not a web address. It begins with https:// or http://."
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, allow_blank=True, allow_null=True, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            _is_url(text)
            uri = _as_uri(text)
        except (ValidationError, ValueError):
            self.fail("not_a_website")
        if not _URI.fullmatch(uri):
            self.fail("not_a_website")
        return uri


def _as_uri(iri: str) -> str:
    """The ASCII form of a web address. Raises ValueError for a host that has none, or with a user name in it."""
    parts = urlsplit(iri)
    if parts.username is not None or parts.password is not None or not parts.hostname:
        raise ValueError("not the address of a website")
    host = punycode(parts.hostname)
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    return iri_to_uri(urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=netloc)))


@extend_schema_field({"type": "string", "format": "uuid"})
class ReplyId(serializers.Field):
    """The id of a reply in its one canonical form."""

    default_error_messages = {"invalid": "Send the id of a reply, a UUID in lower case with hyphens."}

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            self.fail("invalid")
        return UUID(data)

    def to_representation(self, value: UUID) -> str:
        return str(value)


class Tag(serializers.RegexField):
    """A short code of a fixed form."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class LanguageTag(Tag):
    """A language tag (BCP 47) in any case, kept in its canonical one; need not be sent."""

    def __init__(self, **kwargs: Any) -> None:
        invalid: dict[str, Any] = {"invalid": "Send a language tag, for instance en or fr-CA."}
        form = rf"^{locales.LANGUAGE_TAG}\Z"
        super().__init__(form, max_length=locales.LONGEST, required=False, error_messages=invalid, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return locales.canonical(super().to_internal_value(data))


class OneOf(serializers.ChoiceField):
    """One of a few words, each with its meaning; the refusal names them."""

    def __init__(self, choices: Mapping[str, str], **kwargs: Any) -> None:
        sentence = f"It takes one of: {', '.join(choices)}."
        super().__init__(choices=list(choices.items()), error_messages={"invalid_choice": sentence}, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)
