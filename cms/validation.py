"""Judging a body with an input serializer: every error at once, unknown members among them, each with its pointer."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cms.errors import FieldError
from cms.problems import field_errors, invalid_fields


def validated(
    serializer_class: type[serializers.Serializer],
    request: Request,
    *,
    partial: bool = False,
    whole: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The validated body, an object. With `partial`, members that were not sent stay out.

    `whole` is what a patch makes of the thing it patches, judged in the place of the body; members that there are
    not are looked for in the body alone.
    Raises InvalidContent with a FieldError (RFC 6901 pointer) for each thing that is wrong.
    """
    data = request.data if whole is None else whole
    context = {"request": request, **(context or {})}
    return dict(_judged(serializer_class(data=data, partial=partial, context=context), request))


def validated_list(
    serializer_class: type[serializers.ListSerializer], request: Request
) -> list[dict[str, Any]]:
    """The validated body, a list of objects. Raises InvalidContent as `validated` does."""
    return list(_judged(serializer_class(data=request.data, context={"request": request}), request))


def _judged(serializer: serializers.BaseSerializer, request: Request) -> Any:
    errors = [*_unknown(serializer, request.data, "")]
    if not getattr(request, "is_page_form", False):  # a form sends nothing but text
        errors += _mistyped(serializer, request.data, "")
    if not serializer.is_valid():
        said = {error.pointer for error in errors}
        errors += [error for error in field_errors(serializer.errors) if error.pointer not in said]
    if errors:
        raise invalid_fields(tuple(errors))
    return serializer.validated_data


def _unknown(field: serializers.Field, data: Any, pointer: str) -> Iterator[FieldError]:
    """Members that no field takes, at any depth."""
    if isinstance(field, serializers.Serializer) and isinstance(data, Mapping):
        fields = field.fields
        for name, value in data.items():
            here = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
            if name in fields and not fields[name].read_only:
                yield from _unknown(fields[name], value, here)
            else:
                known = ", ".join(name for name, inner in fields.items() if not inner.read_only) or "none"
                yield FieldError(
                    "unknown_field", f"There is no such field. Known here: {known}.", pointer=here
                )
    elif isinstance(field, serializers.ListSerializer | serializers.ListField) and isinstance(data, list):
        for index, value in enumerate(data):
            if field.child is not None:
                yield from _unknown(field.child, value, f"{pointer}/{index}")


_JSON_TYPES: tuple[tuple[type[serializers.Field], type, str], ...] = (
    (serializers.CharField, str, "Send a string."),
    (serializers.DateTimeField, str, "Send a string."),
    (serializers.UUIDField, str, "Send a string."),
    (serializers.BooleanField, bool, "Send true or false."),
    (serializers.IntegerField, int, "Send a whole number."),
)


def _mistyped(field: serializers.Field, data: Any, pointer: str) -> Iterator[FieldError]:
    """Values of another JSON type than the schema says, which REST framework would turn into the right one."""
    if isinstance(field, serializers.Serializer) and isinstance(data, Mapping):
        for name, inner in field.fields.items():
            if name in data and not inner.read_only:
                yield from _mistyped(inner, data[name], f"{pointer}/{name}")
    elif isinstance(field, serializers.ListSerializer | serializers.ListField) and isinstance(data, list):
        for index, value in enumerate(data):
            if field.child is not None:
                yield from _mistyped(field.child, value, f"{pointer}/{index}")
    elif data is not None:
        for kind, wanted, sentence in _JSON_TYPES:
            if isinstance(field, kind) and type(data) is not wanted:
                yield FieldError("invalid", sentence, pointer=pointer)
