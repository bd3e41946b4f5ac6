"""Contents field by field, bodies block by block."""

from articles.diffing import as_text, blocks_of, diff_contents, paired_by_type
from tests.articles.diffing.bodies import content, pair

BODY = "First paragraph about sleep.\n\nSecond paragraph about rest.\n\nThird paragraph about care.\n"


def compared(old: str, new: str, **how: object) -> list[dict]:
    answer = diff_contents(content(old), content(new), pair(old, new), **how)
    assert answer["granularity"] == "word"
    return answer["blocks"]


def told(blocks: list[dict]) -> list[tuple]:
    return [(entry["change"], entry["before_position"], entry["after_position"]) for entry in blocks]


def test_what_is_the_same_is_not_told() -> None:
    answer = diff_contents(content(BODY), content(BODY), pair(BODY, BODY))
    assert answer == {"identical": True, "granularity": "word", "fields": [], "blocks": []}


def test_a_paragraph_that_changed_is_told_by_words() -> None:
    (entry,) = compared(BODY, BODY.replace("about rest", "about quiet rest"))
    assert told([entry]) == [("changed", 1, 1)]
    assert [op["text"] for op in entry["words"]["ops"] if op["op"] == "insert"] == ["quiet "]


def test_paragraphs_come_go_and_move() -> None:
    assert told(compared(BODY, BODY + "\nA fourth one, wholly new.\n")) == [("added", None, 3)]
    assert told(compared(BODY, BODY.replace("First paragraph about sleep.\n\n", ""))) == [
        ("removed", 0, None)
    ]
    first, second, third = BODY.strip().split("\n\n")
    assert told(compared(BODY, "\n\n".join([second, third, first]))) == [("moved", 0, 2)]


def test_what_was_removed_and_came_back_is_the_same_though_its_id_is_not() -> None:
    old, new = blocks_of(BODY, ()), blocks_of(BODY.replace("about rest", "about quiet rest"), ())
    new = [{**block, "id": f"x{place}"} for place, block in enumerate(new)]
    answer = diff_contents(content(BODY), content("other"), (old, new))
    assert told(answer["blocks"]) == [("changed", 1, 1)]


def test_a_link_that_leads_elsewhere_is_a_change_though_its_words_are_not() -> None:
    old, new = "See [this](https://example.org/a) page.\n", "See [this](https://example.org/b) page.\n"
    (entry,) = compared(old, new, shown=as_text)
    assert "https://example.org/b" in entry["after"]


def test_a_claim_with_another_certainty_is_a_change() -> None:
    old = '::: claim certainty=low population="Adults" refs="a"\nIt helps.\n:::\n'
    (entry,) = compared(old, old.replace("certainty=low", "certainty=high"))
    assert (entry["change"], entry["type"]) == ("changed", "claim")


def test_numbers_that_follow_from_other_blocks_are_no_change() -> None:
    old = "A sentence with a source [@b].\n"
    assert told(compared(old, "Something before it [@a].\n\n" + old)) == [("added", None, 0)]
    noted = "A sentence with a note.[^1]\n\n[^1]: The note.\n"
    assert [entry["type"] for entry in compared(noted, "Before.[^0]\n\n[^0]: Another.\n\n" + noted)] == [
        "paragraph",
        "footnotes",
    ]


def test_blank_lines_alone_are_told_as_the_field_that_they_are() -> None:
    spaced = BODY.replace("\n\n", "\n\n\n")
    answer = diff_contents(content(BODY), content(spaced), pair(BODY, spaced))
    assert [entry["field"] for entry in answer["fields"]] == ["body_markdown"]
    assert answer["blocks"] == []


def test_texts_have_words_and_other_values_both_sides() -> None:
    old, new = (
        content(title="Sleep and trauma", extra={"a": 1}),
        content(title="Sleep after trauma", extra={"a": True}),
    )
    title, extra = diff_contents(old, new, ([], []))["fields"]
    assert [op["op"] for op in title["words"]["ops"]] == ["equal", "delete", "insert", "equal"]
    assert (extra["before"], extra["after"]) == ({"a": 1}, {"a": True})


def test_lists_say_what_was_added_removed_changed_and_moved() -> None:
    notes = [{"type": "abuse", "intensity": 1}, {"type": "suicide", "intensity": 2}]
    old = content(notes=notes, topics=["a", "b", "c"])
    new = content(notes=[{"type": "suicide", "intensity": 3}], topics=["b", "c", "a", "d"])
    topics, noted = diff_contents(old, new, ([], []))["fields"]
    assert (topics["added"], topics["removed"], topics["moved"]) == (["d"], [], ["a"])
    assert noted["removed"] == [{"type": "abuse", "intensity": 1}]
    assert noted["changed"] == [
        {"before": {"type": "suicide", "intensity": 2}, "after": {"type": "suicide", "intensity": 3}}
    ]


def test_two_bodies_of_the_greatest_length_are_compared_coarsely_and_it_is_said() -> None:
    old, new = "one two three " * 14_000, "two four one " * 15_000
    answer = diff_contents(content(old), content(new), pair(old, new))
    assert answer["granularity"] == "block"


def test_a_translation_is_paired_with_its_source_by_place_and_kind() -> None:
    english = blocks_of("## Sleep\n\nIt changes.\n\n- a\n- b\n", ())
    french = blocks_of("## Le sommeil\n\nIl change.\n\n- un\n", ())
    answer = diff_contents(content("e"), content("f"), (paired_by_type(english, french), french))
    assert told(answer["blocks"]) == [("changed", 0, 0), ("changed", 1, 1), ("changed", 2, 2)]
