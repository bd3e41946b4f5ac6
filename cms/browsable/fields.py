"""Form fields from a serializer: which control each input gets, and how what was typed becomes a JSON value."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from cms.errors import Malformed
from cms.parsers import loads

LONG = 300
"""Characters: a text that may be longer gets a box of several lines; from VERY_LONG on a tall one."""

VERY_LONG = 5000

INTEGER = re.compile(r"-?[0-9]{1,18}")

KINDS: tuple[tuple[type, str], ...] = (
    (serializers.BooleanField, "checkbox"),
    (serializers.MultipleChoiceField, "lines"),
    (serializers.ChoiceField, "select"),
    (serializers.ListField, "lines"),
    (serializers.BaseSerializer, "json"),
    (serializers.DictField, "json"),
    (serializers.JSONField, "json"),
    (serializers.IntegerField, "number"),
    (serializers.DateTimeField, "instant"),
    (serializers.DateField, "date"),
    (serializers.EmailField, "email"),
    (serializers.URLField, "url"),
)


class Unreadable(ValueError):
    """What was typed has no JSON value; the text is a sentence for whoever typed it."""


@dataclass(frozen=True)
class Field:
    """One input of a form. `clears_to` is what an emptied field means in a change: null, or nothing of its kind."""

    name: str
    label: str
    kind: str
    required: bool
    help: str
    choices: tuple[tuple[str, str], ...]
    is_long: bool
    clears_to: Any
    default: Any

    @property
    def help_parts(self) -> list[tuple[str, bool]]:
        """The help in parts, and whether each is code: what stands between backticks."""
        return [(part, index % 2 == 1) for index, part in enumerate(self.help.split("`"))]


def fields_of(serializer_class: type[serializers.BaseSerializer] | None) -> tuple[Field, ...]:
    """The writable inputs of a serializer, in its order; none for a body that is a list, whose page has a form of its
    own. Nothing is looked up: a relation is typed by its id.
    """
    if serializer_class is None or not issubclass(serializer_class, serializers.Serializer):
        return ()
    inputs = serializer_class().fields.items()
    return tuple(_field(name, field) for name, field in inputs if not _hidden(field))


def shown(field: Field, value: Any) -> str:
    """The text in which `value`, a JSON value, stands in the field."""
    if value is None:
        return ""
    if field.kind == "checkbox":
        return "true" if value is True or value == "true" else ""
    if field.kind == "lines" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, str) and field.kind != "json":
        return value
    return json.dumps(value, ensure_ascii=False, indent=2)


def typed_value(field: Field, text: str) -> Any:
    """The JSON value of what was typed into `field`. Raises Unreadable."""
    text = text.replace("\r\n", "\n")
    if field.kind == "json" or (field.kind == "lines" and text.lstrip().startswith("[")):
        return _json(text)
    if field.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.kind == "number" and INTEGER.fullmatch(text.strip()):
        return int(text)
    if field.kind == "checkbox":
        return text == "true"
    return text if field.kind == "textarea" else text.strip()


def values(fields: Sequence[Field], form: Mapping[str, str]) -> dict[str, Any]:
    """The body that a form stands for.

    Where the form says what an input held (`_was_NAME`), an input that still holds that is left out, so that a change
    changes nothing else, and an emptied one is cleared. Other empty inputs are left out. Raises Unreadable with the
    field's name as its second argument.
    """
    body: dict[str, Any] = {}
    for field in fields:
        text, was = form.get(field.name, ""), form.get(f"_was_{field.name}")
        if was == digest(text):
            continue
        if text.strip():
            body[field.name] = _named(field, text)
        elif field.kind == "checkbox" and f"_shown_{field.name}" in form:
            body[field.name] = False
        elif was is not None:
            body[field.name] = field.clears_to
    return body


def digest(text: str) -> str:
    """What a form remembers of the text that an input held; line ends do not matter."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def _named(field: Field, text: str) -> Any:
    try:
        return typed_value(field, text)
    except Unreadable as error:
        raise Unreadable(str(error), field.name) from error


def _json(text: str) -> Any:
    """Read as strictly as a program's body: what the one may not store the other may not either."""
    try:
        return loads(text.encode(errors="replace"))
    except Malformed as error:
        hint = "This is not JSON. Lists begin with [ and objects with {; texts stand in quotes."
        raise Unreadable(f"{hint} {error.detail}") from None


def _hidden(field: serializers.Field) -> bool:
    return field.read_only or isinstance(field, serializers.HiddenField)


def _field(name: str, field: serializers.Field) -> Field:
    kind = _kind(field)
    return Field(
        name=name,
        label=str(field.label or name.replace("_", " ").capitalize()),
        kind=kind,
        required=field.required and kind != "checkbox",
        help=str(field.help_text or ""),
        choices=tuple((str(key), str(label)) for key, label in getattr(field, "choices", {}).items()),
        is_long=kind == "textarea" and (getattr(field, "max_length", None) or VERY_LONG) >= VERY_LONG,
        clears_to=None if field.allow_null else _nothing(field),
        default=field.default if isinstance(field.default, str | int) else None,
    )


def _kind(field: serializers.Field) -> str:
    kind = next((kind for cls, kind in KINDS if isinstance(field, cls)), None)
    if kind == "lines" and isinstance(field, serializers.ListField):
        return "lines" if _is_line(field.child) else "json"
    if kind == "checkbox" and field.allow_null:
        return "select"
    if kind is not None:
        return kind
    return "textarea" if isinstance(field, serializers.CharField) and _is_long(field) else "text"


def _nothing(field: serializers.Field) -> Any:
    """The empty value of a field's own type."""
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        return []
    return {} if isinstance(field, serializers.DictField | serializers.Serializer) else ""


def _is_line(child: serializers.Field) -> bool:
    plain = (serializers.CharField, serializers.UUIDField, serializers.ChoiceField)
    return isinstance(child, plain) and not isinstance(child, serializers.MultipleChoiceField)


def _is_long(field: serializers.CharField) -> bool:
    if field.style.get("base_template") == "textarea.html":
        return True
    if isinstance(field, serializers.SlugField | serializers.RegexField | serializers.IPAddressField):
        return False
    limit: int | None = field.max_length
    return limit is None or limit > LONG
