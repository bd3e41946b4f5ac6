"""The editors' page about the grammar: its examples are valid, and it lists everything that can be reported."""

import re
from pathlib import Path

import pytest

from articles.markdown import CALLOUT_VARIANTS, CATALOGUE, CERTAINTIES, CONTENT_NOTE_TYPES, render

PAGE = (Path(__file__).parents[3] / "docs" / "markdown.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_no_problem(example):
    assert render(example).problems == []


def test_every_container_has_an_example():
    types = {block["type"] for example in EXAMPLES for block in render(example).blocks}
    assert {"callout", "claim", "section", "list", "quote", "table", "footnotes"} <= types


def test_every_problem_is_listed_with_its_severity():
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \| (error|warning|advice) \|", PAGE, re.MULTILINE)
    listed = {code: severity for codes, severity in rows for code in re.findall(r"`([a-z-]+)`", codes)}
    assert listed == {code: severity for code, (severity, _) in CATALOGUE.items()}


@pytest.mark.parametrize("word", [*CALLOUT_VARIANTS, *CERTAINTIES, *CONTENT_NOTE_TYPES])
def test_every_value_of_an_attribute_is_listed(word):
    assert f"`{word}`" in PAGE
