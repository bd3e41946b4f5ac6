"""Two texts by words: exact within the budget, coarser and honest about it beyond."""

from hypothesis import given
from hypothesis import strategies as st

from articles.diffing import Budget, diff_words
from articles.diffing.sequences import common_runs, moved_places
from tests.articles.diffing.bodies import STEADY


def sides(answer: dict) -> tuple[str, str]:
    ops = answer["ops"]
    before = "".join(op["text"] for op in ops if op["op"] != "insert")
    return before, "".join(op["text"] for op in ops if op["op"] != "delete")


@STEADY
@given(st.text(), st.text())
def test_the_operations_make_both_texts(before: str, after: str) -> None:
    assert sides(diff_words(before, after)) == (before, after)


@STEADY
@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab ", max_size=30), st.integers(0, 60))
def test_they_make_both_texts_however_small_the_budget(before: str, after: str, left: int) -> None:
    assert sides(diff_words(before, after, Budget(left))) == (before, after)


def test_words_that_stay_are_not_touched() -> None:
    answer = diff_words("Sleep often changes after trauma.", "Sleep sometimes changes after a trauma.")
    assert [(op["op"], op["text"]) for op in answer["ops"]] == [
        ("equal", "Sleep "),
        ("delete", "often "),
        ("insert", "sometimes "),
        ("equal", "changes after "),
        ("insert", "a "),
        ("equal", "trauma."),
    ]
    assert answer["granularity"] == "word"


def test_equal_texts_are_one_operation_and_empty_ones_none() -> None:
    assert diff_words("the same", "the same")["ops"] == [{"op": "equal", "text": "the same"}]
    assert diff_words("", "")["ops"] == []


def test_beyond_the_budget_a_text_is_replaced_whole_between_what_both_begin_and_end_with() -> None:
    answer = diff_words("One two three four.", "One 2 three 4.", Budget(2))
    assert answer["granularity"] == "block"
    assert [op["op"] for op in answer["ops"]] == ["equal", "delete", "insert", "equal"]


def test_texts_made_to_be_costly_end_within_the_budget() -> None:
    budget = Budget()
    answer = diff_words("a b " * 40_000, "b a c " * 30_000, budget)
    assert answer["granularity"] == "block"
    assert 0 < budget.left < Budget().left


def test_one_costly_text_leaves_work_for_the_next() -> None:
    budget = Budget()
    diff_words("a b " * 40_000, "b a c " * 30_000, budget)
    assert diff_words("one two", "one 2", budget)["granularity"] == "word"


@STEADY
@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_runs_are_equal_stretches_in_rising_order(old: list[int], new: list[int]) -> None:
    runs, exact = common_runs(old, new, Budget())
    assert exact
    i = j = 0
    for start, other, size in runs:
        assert start >= i
        assert other >= j
        assert old[start : start + size] == new[other : other + size]
        i, j = start + size, other + size


@STEADY
@given(st.lists(st.integers(0, 3), max_size=9), st.lists(st.integers(0, 3), max_size=9))
def test_runs_together_are_as_long_as_any_common_subsequence(old: list[int], new: list[int]) -> None:
    runs, _ = common_runs(old, new, Budget())
    assert sum(size for *_, size in runs) == longest_common(old, new)


def longest_common(old: list[int], new: list[int]) -> int:
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@STEADY
@given(st.permutations(range(7)))
def test_what_did_not_move_is_rising_and_nothing_more_could_stay(places: list[int]) -> None:
    moved = moved_places(places)
    stayed = [place for place in places if place not in moved]
    assert stayed == sorted(stayed)
    assert len(stayed) == longest_common(places, sorted(places))
