"""Ids of blocks: they stay while a block lives, through edits of it and around it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markdown import carry_ids, render
from tests.articles.markdown.corpus import ARTICLE, CONSTRUCTS

PARAGRAPHS = [
    "Memory after a shock often comes in pieces, and the order may be lost.",
    "Some people remember a smell or a sound before they remember a place.",
    "Friends can help by listening, and by not asking for details.",
    "A doctor may ask how you sleep, and for how long this has been so.",
    "There is no right speed at which somebody recovers.",
    "Moving a little each day is possible for many, though not for all.",
    "Work can wait; a letter from a clinic is sometimes all it takes.",
    "Children show fear in play more often than they show it in words.",
    "Anniversaries are hard for many people, and so are the days before.",
    "If you are in danger now, call the emergency number of your country.",
]


def text(paragraphs):
    return "\n\n".join(paragraphs)


def first_ids(source):
    return carry_ids(source, previous_source=None, previous_ids=())


def carried(before, after):
    ids = first_ids(before)
    return ids, carry_ids(after, previous_source=before, previous_ids=ids)


def all_ids(blocks):
    return [each for block in blocks for each in (block["id"], *all_ids(block.get("blocks", ())))]


def test_an_edited_paragraph_keeps_its_id_and_so_do_the_other_nine():
    edited = [*PARAGRAPHS]
    edited[4] = "There is no right speed, and no right way, at which somebody recovers."
    old, new = carried(text(PARAGRAPHS), text(edited))
    assert new == old


def test_several_edited_neighbours_keep_their_ids():
    edited = [paragraph.replace("a", "another", 1) for paragraph in PARAGRAPHS]
    old, new = carried(text(PARAGRAPHS), text(edited))
    assert new == old


def test_an_inserted_paragraph_gets_a_new_id_and_the_others_keep_theirs():
    old, new = carried(text(PARAGRAPHS), text([*PARAGRAPHS[:3], "Something new.", *PARAGRAPHS[3:]]))
    assert (*new[:3], *new[4:]) == old
    assert new[3] not in old


def test_a_deleted_paragraph_takes_its_id_along():
    old, new = carried(text(PARAGRAPHS), text([*PARAGRAPHS[:3], *PARAGRAPHS[4:]]))
    assert new == (*old[:3], *old[4:])


def test_a_moved_paragraph_takes_its_id_along():
    old, new = carried(text(PARAGRAPHS), text([*PARAGRAPHS[1:], PARAGRAPHS[0]]))
    assert new == (*old[1:], old[0])


def test_a_paragraph_written_anew_is_a_new_block():
    edited = [*PARAGRAPHS]
    edited[4] = "Quite another subject: opening hours of the archive in winter."
    old, new = carried(text(PARAGRAPHS), text(edited))
    assert new[4] != old[4]
    assert (*new[:4], *new[5:]) == (*old[:4], *old[5:])


def test_a_paragraph_that_becomes_a_heading_is_a_new_block():
    old, new = carried("Short words\n\nb", "## Short words\n\nb")
    assert new[0] != old[0]
    assert new[1] == old[1]


def test_a_list_keeps_its_id_when_an_item_changes_or_is_added():
    old, new = carried(
        "- first thing\n- second thing\n- third thing",
        "- first thing\n- second things\n- third thing\n- fourth",
    )
    assert new[: len(old)] == old


def test_a_container_keeps_its_id_when_its_text_changes():
    before = "::: callout type=note title=Remember\nCall a friend, or write to one.\n:::\n\nAfter."
    old, new = carried(before, before.replace("or write", "or perhaps write").replace("note", "tip"))
    assert new == old


def test_changing_only_a_link_keeps_the_id():
    old, new = carried("See [this](https://example.org/a).", "See [this](https://example.org/b).")
    assert new == old


def test_an_id_that_lives_is_never_given_to_another_block():
    old, edited = carried("Call a friend today.", "Call a good friend today.")
    assert edited == old
    back = carry_ids(
        "Call a good friend today.\n\nCall a friend today.",
        previous_source="Call a good friend today.",
        previous_ids=edited,
    )
    assert back[0] == old[0]
    assert back[1] != old[0]


def test_equal_blocks_have_different_ids():
    ids = first_ids("Yes.\n\nYes.\n\n---\n\n---")
    assert len(set(ids)) == 4


def test_the_same_text_gives_the_same_ids():
    assert first_ids(ARTICLE) == first_ids(ARTICLE)


def test_ids_cover_nested_blocks_in_document_order():
    rendered = render(ARTICLE)
    assert tuple(all_ids(rendered.blocks)) == first_ids(ARTICLE)


def test_render_uses_the_ids_it_is_given():
    ids = [f"b{number}" for number in range(len(first_ids(ARTICLE)))]
    assert all_ids(render(ARTICLE, block_ids=ids).blocks) == ids


@pytest.mark.parametrize(
    "ids", [(), ("b1",), ("b1", "b1"), ("b1", "x y"), ("b1", "ref-a"), ("b1", "b2", "b3")]
)
def test_render_refuses_ids_that_do_not_fit(ids):
    with pytest.raises(ValueError, match="2 blocks"):
        render("a\n\nb", block_ids=ids)


def test_ids_of_another_grammar_are_not_carried():
    assert carry_ids("a\n\nb", previous_source="a\n\nb", previous_ids=("b1",)) == first_ids("a\n\nb")


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.sampled_from(list(CONSTRUCTS.values())), max_size=5), st.randoms(use_true_random=False))
def test_ids_fit_whatever_is_shuffled(parts, shuffle: random.Random):
    before = "\n\n".join(parts)
    shuffle.shuffle(parts)
    after = "\n\n".join(parts[:4])
    ids = carried(before, after)[1]
    assert all_ids(render(after, block_ids=ids).blocks) == list(ids)


def test_a_long_article_rewritten_from_end_to_end_gets_its_ids():
    before = text(f"Paragraph {number} speaks about {number * 7} things." for number in range(2_500))
    after = text(f"Line {number} is about {number * 5} people, elsewhere." for number in range(2_500))
    old, new = carried(before, after)
    assert len(set(new)) == len(new) == 2_500
    assert len(old) == 2_500
