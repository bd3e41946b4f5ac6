"""Blocks can be written as Markdown and read back: nothing is lost on the way, whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markdown import render, to_markdown
from tests.articles.markdown.corpus import ARTICLE, CONSTRUCTS

FRAGMENTS = [
    *["a", "b c", " ", "\n", "\n\n", "\\\n", "  \n", "\t", "\u00a0", "é", "“", "€", "日本", "\u2028", "1.", "x_y", "!"],
    *["*", "**", "***", "_", "__", "`", "``", "~", "~x~", "^y^", "[", "]", "(", ")", "<", ">", "&", "\\", "|", "\\|"],
    *["&nbsp;", "&#32;", "&auml;", "&amp;", "&lt;", "<b>", "[a](https://e.org/(b)?c&amp;d)", "<https://e.org>"],
    *["[@k]", "[@k, p. 1*]", "[@k; @l]", "[^1]", "[^2]", "![x](y)", "[](https://e.org)", "[a](b)"],
    *["\n\n[^1]: note\n\n", "\n\n[^2]: > q\n\n    - z\n", "\n- ", "\n* ", "\n  - ", "\n1. ", "\n3) ", "\n   ", "\n> "],
    *["\n    ", ":", "=", "[see [@k]](https://e.org)", "[see[^1]](https://e.org)"],
    *["\n## ", "\n#", "\n---\n", "\n***\n", "\n===\n", "\n```\n", "\n```py\n", "\n~~~\n", "- ", "+ "],
    *["\n::: callout type=tip title=\"t \\\" u\"\n", "\n:::\n", "\n::::\n", "::: unknown\n"],
    *["\n:::: section notes=violence:2,abuse:1 summary=s\n", "\n::: claim certainty=high population=x refs=k,m\n"],
    *["\n| a | b |\n|---|:-:|\n| c | d |\n", "\n[q]: https://q.org\n", "[q]"],
]  # fmt: skip


def again(source):
    """What a text gives, and what its blocks give once written as Markdown."""
    first = render(source)
    return first, render(to_markdown(first.blocks))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_comes_back(name):
    first, second = again(CONSTRUCTS[name])
    assert first.blocks
    assert second.blocks == first.blocks


def test_an_article_comes_back_without_problems():
    first, second = again(ARTICLE)
    assert first.problems == []
    assert second.blocks == first.blocks
    assert second.problems == []


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_what_was_written_is_written_so_again(name):
    written = to_markdown(render(CONSTRUCTS[name]).blocks)
    assert to_markdown(render(written).blocks) == written


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join))
def test_any_mixture_of_constructs_comes_back(source):
    first, second = again(source)
    assert second.blocks == first.blocks


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(max_size=60))
def test_any_text_comes_back(source):
    first, second = again(source)
    assert second.blocks == first.blocks


def test_canonical_markdown_reads_like_what_a_person_writes():
    assert to_markdown(render(ARTICLE).blocks).startswith(
        "## What sleep does\n\nSleep after a frightening event is often *broken*[^1]."
        " Studies disagree on why [@lee2019; @kim2021, p. 4].\n\n"
        '::: callout type=tip title="If tonight is hard"\nYou can stop reading here, and come back.\n:::\n'
    )


def test_a_block_the_grammar_does_not_know_is_refused():
    with pytest.raises(ValueError, match="hologram"):
        to_markdown([{"id": "b1", "type": "hologram", "html": ""}])
