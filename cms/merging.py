"""JSON Merge Patch (RFC 7396) of objects whose members may be missing."""

from typing import Any


def merge_objects(target: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """`target` as `patch` wants it: a null takes a member away, objects are merged, anything else replaces."""
    merged = {name: value for name, value in target.items() if patch.get(name, ...) is not None}
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = merge_objects(merged[name], value)
        elif value is not None:
            merged[name] = value
    return merged
