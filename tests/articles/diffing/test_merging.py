"""Three-way merge: what both did is there or is asked about; nothing is lost and nothing is made up."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.diffing import Merged, merge_contents
from articles.diffing.bodies import merge_bodies
from articles.diffing.chunks import chunks
from tests.articles.diffing.bodies import PARAGRAPHS, STEADY, bodies, content, source

BASE = [
    "Sleep often changes after trauma.",
    "It usually settles with time.",
    "Some people need help with it.",
]


@st.composite
def edits(draw: Any, base: list[str], mark: str) -> list[str]:
    """Some paragraphs changed, removed and added; every new word carries the mark of who wrote it."""
    edited: list[str] = []
    for paragraph in base:
        if draw(st.booleans()) and draw(st.booleans()):
            edited.append(f"{draw(PARAGRAPHS)} {mark}{draw(st.integers(0, 99))}")
        what = draw(st.sampled_from(["keep", "keep", "change", "remove"]))
        if what == "change":
            edited.append(f"{paragraph} {mark}{draw(st.integers(100, 199))}")
        elif what == "keep":
            edited.append(paragraph)
    return edited


@st.composite
def three(draw: Any) -> tuple[str, str, str]:
    base = draw(bodies())
    return source(base), source(draw(edits(base, "they"))), source(draw(edits(base, "you")))


@st.composite
def disjoint(draw: Any) -> tuple[str, str, str]:
    """Each paragraph is changed or removed by one of the two at most."""
    base = draw(bodies(min_size=1))
    who = [draw(st.sampled_from(["they", "you", "nobody"])) for _ in base]

    def edited(mark: str) -> str:
        changed = [f"{text} {mark}" if whose == mark else text for text, whose in zip(base, who, strict=True)]
        return source(changed)

    return source(base), edited("they"), edited("you")


def merged(base: Any, theirs: Any, yours: Any, **how: Any) -> Merged:
    sides = (side if isinstance(side, dict) else content(side) for side in (base, theirs, yours))
    return merge_contents(*sides, **how)


def words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text)}


@STEADY
@given(bodies(), st.data())
def test_with_one_edit_the_merge_is_that_edit(base: list[str], data: st.DataObject) -> None:
    edit = source(data.draw(edits(base, "x")))
    for sides in ((source(base), edit, source(base)), (source(base), source(base), edit)):
        assert merged(*sides) == Merged(content(edit))


@STEADY
@given(three())
def test_every_new_word_is_in_the_merge_or_in_a_conflict(sides: tuple[str, str, str]) -> None:
    base, theirs, yours = sides
    answer = merged(*sides)
    asked = [text for conflict in answer.conflicts for text in (conflict.theirs, conflict.yours)]
    found = words(answer.content["body_markdown"], *asked)
    assert words(theirs) - words(base) <= found
    assert words(yours) - words(base) <= found


@STEADY
@given(three())
def test_every_paragraph_that_nobody_removed_is_there_or_asked_about(sides: tuple[str, str, str]) -> None:
    base, theirs, yours = ({piece.strip() for piece in chunks(side)} for side in sides)
    answer = merged(*sides)
    asked = "".join(conflict.base + conflict.theirs + conflict.yours for conflict in answer.conflicts)
    found = {piece.strip() for piece in chunks(answer.content["body_markdown"] + "\n\n" + asked)}
    assert base & theirs & yours <= found


@STEADY
@given(three())
def test_whether_they_clash_does_not_depend_on_who_is_who(sides: tuple[str, str, str]) -> None:
    base, theirs, yours = sides
    one, other = merged(base, theirs, yours), merged(base, yours, theirs)
    assert one.clean == other.clean
    if one.clean:
        assert one.content == other.content


@STEADY
@given(disjoint())
def test_edits_of_different_paragraphs_go_together(sides: tuple[str, str, str]) -> None:
    base, theirs, yours = sides
    answer = merged(*sides)
    assert answer.clean
    expected = [
        mine if mine.strip() != old.strip() else other
        for old, other, mine in zip(chunks(base), chunks(theirs), chunks(yours), strict=True)
    ]
    assert answer.content["body_markdown"] == "".join(expected)
    assert merged(base, yours, theirs) == answer


def test_edits_of_neighbours_go_together_and_a_new_paragraph_beside_an_edited_one() -> None:
    one, two, three = BASE
    theirs = source([one, two.replace("usually", "often"), three])
    yours = source([one, two, three + " Ask for it.", "A new ending."])
    answer = merged(source(BASE), theirs, yours)
    assert answer.clean
    assert answer.content["body_markdown"] == source(
        [one, two.replace("usually", "often"), three + " Ask for it.", "A new ending."]
    )


def test_two_edits_of_one_sentence_are_asked_about_with_all_three_texts() -> None:
    theirs, yours = (
        source([BASE[0], BASE[1].replace("usually", word), BASE[2]]) for word in ("often", "seldom")
    )
    answer = merged(source(BASE), theirs, yours)
    (conflict,) = answer.conflicts
    assert (conflict.pointer, conflict.position) == ("/body_markdown", 1)
    assert [text.strip() for text in (conflict.base, conflict.theirs, conflict.yours)] == [
        "It usually settles with time.",
        "It often settles with time.",
        "It seldom settles with time.",
    ]
    assert answer.content["body_markdown"] == theirs


def test_an_edit_of_what_the_other_removed_is_asked_about() -> None:
    answer = merged(
        source(BASE), source(BASE[:1] + BASE[2:]), source([BASE[0], BASE[1] + " Mostly.", BASE[2]])
    )
    (conflict,) = answer.conflicts
    assert (conflict.theirs, conflict.yours.strip()) == ("", "It usually settles with time. Mostly.")


def test_the_same_edit_of_both_is_one() -> None:
    edit = source([BASE[0] + " Always.", *BASE[1:]])
    assert merged(source(BASE), edit, edit) == Merged(content(edit))


def test_paragraphs_that_become_neighbours_stay_two() -> None:
    base = "Alpha begins.\n## Heading\nOmega ends.\n"
    theirs, yours = base.replace("## Heading\n", "\n"), base.replace("Omega ends.", "Omega ends here.")
    text, clashes = merge_bodies(base, theirs, yours)
    assert not clashes
    assert [piece.strip() for piece in chunks(text)] == ["Alpha begins.", "Omega ends here."]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\u2028\n"])
def test_pieces_together_are_the_source(line_end: str) -> None:
    text = line_end.join(["# One", "", "- a", "- b", "", "", "```", "", "code", "```", "Last"])
    assert "".join(chunks(text)) == text.replace("\r\n", "\n")


def test_different_fields_and_members_go_together() -> None:
    base = content(title="One", seo={"title": "a", "description": "b"}, extra={"x": 1})
    theirs = content(title="Two", seo={"title": "A", "description": "b"}, extra={})
    yours = content(title="One", seo={"title": "a", "description": "B"}, extra={"x": 1, "y": 2})
    assert merged(base, theirs, yours) == Merged(
        content(title="Two", seo={"title": "A", "description": "B"}, extra={"y": 2})
    )


def test_a_member_that_one_removed_and_the_other_changed_is_asked_about() -> None:
    answer = merged(content(extra={"x": 1}), content(extra={}), content(extra={"x": 2}))
    (conflict,) = answer.conflicts
    assert (conflict.pointer, conflict.base, conflict.theirs, conflict.yours) == ("/extra/x", 1, None, 2)
    assert answer.content["extra"] == {}


def test_true_in_place_of_one_is_an_edit() -> None:
    assert merged(
        content(extra={"x": 1}), content(title="T", extra={"x": 1}), content(extra={"x": True})
    ) == Merged(content(title="T", extra={"x": True}))


def test_of_a_list_of_keys_what_either_took_away_is_gone_and_what_either_added_is_there() -> None:
    answer = merged(
        content(topics=["a", "b", "c"]), content(topics=["a", "c", "d"]), content(topics=["b", "c", "e"])
    )
    assert answer == Merged(content(topics=["c", "d", "e"]))


def test_a_new_order_of_one_is_kept_and_two_orders_are_asked_about() -> None:
    base, theirs = content(topics=["a", "b"]), content(topics=["a", "b", "c"])
    assert merged(base, theirs, content(topics=["b", "a"])).content["topics"] == ["b", "a", "c"]
    three = content(topics=["a", "b", "c"])
    assert not merged(three, content(topics=["b", "a", "c"]), content(topics=["a", "c", "b"])).clean


def test_what_would_grow_too_long_is_asked_about() -> None:
    limits = {"topics": 3, "body_markdown": 90}
    topics = merged(
        content(topics=["a"]), content(topics=["a", "b", "c"]), content(topics=["a", "d"]), limits=limits
    )
    assert [conflict.pointer for conflict in topics.conflicts] == ["/topics"]
    body = merged(
        source(BASE[:1]), source(["New. " * 8, BASE[0]]), source([BASE[0], "More. " * 8]), limits=limits
    )
    assert [(conflict.pointer, conflict.position) for conflict in body.conflicts] == [
        ("/body_markdown", None)
    ]
