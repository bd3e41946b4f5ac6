"""What happens to the finished document: hand-written components join it, unused ones leave, null is said rightly."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from cms.openapi.conventions import DESCRIPTION

PREFIX = "#/components/schemas/"


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A drf-spectacular postprocessing hook. Enums stay where they are used, so there is no NullEnum or BlankEnum."""
    result["info"] = {**result.get("info", {}), "description": DESCRIPTION}
    components = result.setdefault("components", {})
    schemas = {**components.get("schemas", {}), **hand_written()}
    schemas = {name: honest(schema) for name, schema in schemas.items()}
    result["paths"] = honest(result.get("paths", {}))
    schemas |= {name: closed(schemas[name]) for name in sent(result["paths"], schemas)}
    used = reachable(result["paths"], schemas)
    components["schemas"] = {name: schemas[name] for name in sorted(used)}
    return result


def hand_written() -> dict[str, dict[str, Any]]:
    """All components that settings.SCHEMA_COMPONENTS names. Raises ImproperlyConfigured when two share a name."""
    found: dict[str, dict[str, Any]] = {}
    for path in settings.SCHEMA_COMPONENTS:
        components: Mapping[str, dict[str, Any]] = import_string(path.replace(":", "."))
        if twice := found.keys() & components.keys():
            raise ImproperlyConfigured(f"{path} declares again: {', '.join(sorted(twice))}")
        found |= components
    return found


def reachable(root: Any, schemas: Mapping[str, Any]) -> set[str]:
    """Names of the schemas that `root` refers to, directly or not. Raises ImproperlyConfigured for a missing one."""
    seen: set[str] = set()
    waiting = set(references(root))
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            raise ImproperlyConfigured(f"The schema refers to a component that nobody declares: {name}")
        seen.add(name)
        waiting |= set(references(schemas[name])) - seen
    return seen


def sent(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> set[str]:
    """Names of the schemas that request bodies refer to."""
    bodies = [
        operation["requestBody"]
        for path in paths.values()
        for operation in path.values()
        if isinstance(operation, Mapping) and "requestBody" in operation
    ]
    return reachable(bodies, schemas)


def closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same object, to which nothing may be added: an unknown field of a body is refused."""
    if schema.get("type") != "object" or "properties" not in schema:
        return dict(schema)
    return {"additionalProperties": False, **schema}


def references(node: Any) -> Iterator[str]:
    """Component names in `$ref` and in the mappings of discriminators."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from references(value)
    elif isinstance(node, str) and node.startswith(PREFIX):
        yield node.removeprefix(PREFIX)


def honest(node: Any) -> Any:
    """The same schema, where `anything or null` (which rejects null: both branches match it) is `anything`.

    A list of types names each once; an empty default of a text that may not be empty only says that it may be left
    out, which `required` says already.
    """
    if isinstance(node, Mapping):
        if _anything_or_null(node.get("oneOf")):
            node = {key: value for key, value in node.items() if key != "oneOf"}
        if _is_list_of_types(node.get("type")):
            node = {**node, "type": list(dict.fromkeys(node["type"]))}
        if node.get("default") == "" and node.get("minLength"):
            node = {key: value for key, value in node.items() if key != "default"}
        return {key: honest(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [honest(item) for item in node]
    return node


def _anything_or_null(branches: Any) -> bool:
    return isinstance(branches, list) and {} in branches and {"type": "null"} in branches


def _is_list_of_types(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
