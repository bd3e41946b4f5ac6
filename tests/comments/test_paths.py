"""Places in a thread: byte order is reading order, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import paths

numbers = st.integers(min_value=1, max_value=paths.LAST)
places = st.lists(numbers, min_size=1, max_size=12)


def path_of(place: list[int]) -> bytes:
    path = paths.root(place[0])
    for number in place[1:]:
        path = paths.child(path, number)
    return path


@given(places, places)
def test_byte_order_is_the_order_of_the_numbers(one: list[int], other: list[int]) -> None:
    assert (path_of(one) < path_of(other)) == (one < other)


@given(places, places)
def test_the_newest_key_turns_roots_round_and_keeps_replies(one: list[int], other: list[int]) -> None:
    turned = [-one[0], *one[1:]] < [-other[0], *other[1:]]
    assert (paths.newest(path_of(one)) < paths.newest(path_of(other))) == turned


@given(places, places)
def test_beneath_holds_the_subtree_and_nothing_else(top: list[int], other: list[int]) -> None:
    low, high = paths.beneath(path_of(top))
    is_beneath = len(other) > len(top) and other[: len(top)] == top
    assert (low < path_of(other) < high) == is_beneath


@given(places)
def test_everything_under_a_place_is_beneath_it(place: list[int]) -> None:
    low, high = paths.beneath(path_of(place))
    assert low < paths.child(path_of(place), 1) < paths.child(path_of(place), paths.LAST) < high


def test_ancestors_stand_from_the_root_down() -> None:
    path = path_of([3, 1, 2])
    assert paths.ancestors(path) == [path_of([3]), path_of([3, 1])]
    assert paths.ancestors(path_of([3])) == []


def test_a_path_ends_at_two_hundred_levels() -> None:
    deepest = path_of([1] * paths.MAX_LEVELS)
    assert paths.levels(deepest) == 200
    with pytest.raises(ValueError, match="200 levels"):
        paths.child(deepest, 1)


@pytest.mark.parametrize("number", [0, -1, 0xFFFFFFFF])
def test_a_level_has_a_number_that_leaves_room_for_a_successor(number: int) -> None:
    with pytest.raises(ValueError, match="numbered"):
        paths.root(number)
