"""Small pieces of JSON Schema 2020-12 that components are put together from."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DATE: Schema = {"type": "string", "format": "date"}
UUID: Schema = {"type": "string", "format": "uuid"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
HREF: Schema = {"type": "string", "format": "uri-reference"}
OBJECT: Schema = {"type": "object"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """The schema or null."""
    if "$ref" in schema or "enum" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def one_of(*values: str) -> Schema:
    """An enumeration. Within v1 values may be added, which clients must tolerate."""
    return {"type": "string", "enum": list(values)}


def record(description: str, without: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """An object; every member is required but those that it can be `without`. More may appear within v1."""
    return {
        "type": "object",
        "description": description,
        "required": [name for name in properties if name not in without],
        "properties": properties,
    }
