"""The difference of two contents as JSON Patch (RFC 6902): applied to the one, it gives the other."""

from collections.abc import Iterator, Mapping
from typing import Any

from articles.diffing.values import same

Operation = dict[str, Any]


def json_patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Operation]:
    """Operations of kind add, remove and replace, with JSON Pointers (RFC 6901). Lists are replaced whole."""
    return list(_object("", before, after))


def pointer(*steps: str) -> str:
    """A JSON Pointer (RFC 6901)."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _object(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Operation]:
    for name in before:
        here = path + pointer(name)
        if name not in after:
            yield {"op": "remove", "path": here}
        else:
            yield from _value(here, before[name], after[name])
    for name in after:
        if name not in before:
            yield {"op": "add", "path": path + pointer(name), "value": after[name]}


def _value(path: str, before: Any, after: Any) -> Iterator[Operation]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _object(path, before, after)
    elif not same(before, after):
        yield {"op": "replace", "path": path, "value": after}
