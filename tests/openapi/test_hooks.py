"""Hand-written components join the document when something refers to them, and null is said as JSON Schema says it."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from cms.openapi import hooks

FIRST = {"A": {"$ref": "#/components/schemas/B"}, "Unused": {}}
SECOND = {"B": {"type": "object", "discriminator": {"mapping": {"c": "#/components/schemas/C"}}}, "C": {}}
AGAIN: dict[str, Any] = {"A": {}}


def completed(*refs: str) -> dict[str, Any]:
    paths = {f"/{name}": {"get": {"$ref": f"#/components/schemas/{name}"}} for name in refs}
    return hooks.complete({"paths": paths}, generator=None, request=None, public=True)


def from_here(*names: str) -> list[str]:
    return [f"{__name__}:{name}" for name in names]


def test_what_is_referred_to_joins_with_all_it_refers_to(settings: Settings) -> None:
    settings.SCHEMA_COMPONENTS = from_here("FIRST", "SECOND")
    assert list(completed("A")["components"]["schemas"]) == ["A", "B", "C"]


def test_a_name_that_is_declared_twice_is_refused(settings: Settings) -> None:
    settings.SCHEMA_COMPONENTS = from_here("FIRST", "AGAIN")
    with pytest.raises(ImproperlyConfigured, match="declares again: A"):
        completed("A")


def test_a_reference_to_nothing_is_refused(settings: Settings) -> None:
    settings.SCHEMA_COMPONENTS = []
    with pytest.raises(ImproperlyConfigured, match="nobody declares: A"):
        completed("A")


def test_anything_or_null_is_anything() -> None:
    schema = {
        "properties": {"extra": {"oneOf": [{}, {"type": "null"}], "description": "d"}, "n": [{"oneOf": [{}]}]}
    }
    assert hooks.honest(schema) == {
        "properties": {"extra": {"description": "d"}, "n": [{"oneOf": [{}]}]},
    }


def test_a_type_is_named_once() -> None:
    assert hooks.honest({"type": ["string", "null", "null"]}) == {"type": ["string", "null"]}


def test_a_default_that_would_be_refused_is_not_promised() -> None:
    schema = {"type": "string", "minLength": 1, "default": ""}
    assert hooks.honest(schema) == {"type": "string", "minLength": 1}
    assert hooks.honest({"type": "string", "default": ""}) == {"type": "string", "default": ""}
