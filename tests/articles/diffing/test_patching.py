"""JSON Patches, applied by a public implementation of RFC 6902."""

from typing import Any

import jsonpatch
from hypothesis import given
from hypothesis import strategies as st

from articles.diffing import json_patch
from articles.diffing.values import same
from tests.articles.diffing.bodies import STEADY, content

VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text("ab/~0", max_size=3), VALUES, max_size=4)


@STEADY
@given(OBJECTS, OBJECTS)
def test_a_patch_makes_the_one_into_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert same(jsonpatch.apply_patch(before, json_patch(before, after)), after)


@STEADY
@given(OBJECTS)
def test_what_is_equal_needs_no_operation(value: dict[str, Any]) -> None:
    assert json_patch(value, value) == []


def test_true_is_not_one() -> None:
    assert json_patch({"a": [1]}, {"a": [True]}) == [{"op": "replace", "path": "/a", "value": [True]}]


def test_only_what_differs_is_in_it() -> None:
    patch = json_patch(content("a", title="Sleep", seo={"title": "x"}), content("b", title="Sleep", seo={}))
    assert patch == [
        {"op": "replace", "path": "/body_markdown", "value": "b"},
        {"op": "remove", "path": "/seo/title"},
    ]
