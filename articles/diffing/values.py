"""When two JSON values are the same one. Python's `==` is not enough: to it, true is 1."""

import json
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Whether both are one JSON value; the order of an object's members does not count."""
    return one is other or _text(one) == _text(other)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)
