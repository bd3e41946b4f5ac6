"""Nothing is dropped or changed in silence: each thing that is gives a problem that says what, where and why."""

import pytest

from articles.markdown import CATALOGUE, MAX_LENGTH, BodyTooLongError, carry_ids, render


def problems(source):
    return [(problem.code, problem.severity, problem.line) for problem in render(source).problems]


@pytest.mark.parametrize(
    ("source", "expected", "text"),
    [
        ("# Title", ("heading-level-one", "warning", 1), "Title"),
        ("## a\n\n##### b", ("heading-too-deep", "warning", 3), "a\n\nb"),
        ("## a\n\n#### b", ("heading-level-skipped", "advice", 3), "a\n\nb"),
        ("a\n\n##", ("empty-block", "advice", 3), "a"),
        ("a\n\n>", ("empty-block", "advice", 3), "a"),
        ("a\n\n&nbsp;", ("empty-block", "advice", 3), "a"),
        ("a\n\n![A *quiet* room](room.jpg)", ("image-unsupported", "error", 3), "a\n\nA quiet room"),
        ("a\nb [c](javascript:alert(1)) d", ("link-not-allowed", "error", 2), "a b c d"),
        ("[c](/relative)", ("link-not-allowed", "error", 1), "c"),
        ("[c](article:none)", ("link-not-allowed", "error", 1), "c"),
        ("a [](https://example.org) b", ("link-without-text", "warning", 1), "a  b"),
        ('[a](https://example.org "b")', ("link-title", "advice", 1), "a"),
        ("a <u>", ("raw-html", "error", 1), "a <u>"),
        ("```python hl=3\na\n```", ("code-language", "warning", 1), "a"),
        ("a\u0007b", ("control-character", "warning", None), "a b"),
        ("a\ud800b", ("control-character", "warning", None), "a b"),
        ("| a |\n|---|\n| b | c |", ("table-row-too-long", "error", 3), "a\nb"),
        ("> " * 17 + "a", ("nesting-too-deep", "error", 1), "> a"),
    ],
)
def test_a_change_is_reported_and_the_words_are_kept(source, expected, text):
    rendered = render(source)
    assert problems(source)[0] == expected
    assert rendered.text.replace("  ", " ") == text.replace("  ", " ")


def test_a_first_heading_at_the_third_level_skips_one():
    assert problems("### a") == [("heading-level-skipped", "advice", 1)]


@pytest.mark.parametrize(
    "source", ["a < b", "1 <2> 3", "<https://example.org>", "`<b>`", "\\<b>", "&lt;b>", "```\n<b>\n```"]
)
def test_a_sign_that_is_no_tag_is_fine(source):
    assert problems(source) == []


def test_a_problem_quotes_what_it_is_about():
    problem = render("Some words\nand [a long text](ftp://example.org/file).").problems[0]
    assert problem.excerpt == "a long text"
    assert "ftp://example.org/file" in problem.message
    assert problem.line == 2


def test_an_excerpt_is_short_and_on_one_line():
    problem = render("a " * 300 + "<b>").problems[0]
    assert len(problem.excerpt) == 80
    assert "\n" not in problem.excerpt


def test_problems_come_in_the_order_of_the_text():
    lines = [problem.line for problem in render("[a](b)\n\n# c\n\n[d](e)\n\n::: x\nf\n:::\n").problems]
    assert lines == [1, 3, 5, 7]


def test_a_flood_of_problems_ends_with_a_note():
    found = render("<b> " * 5_000).problems
    assert len(found) == 201
    assert found[-1].code == "more-problems"


def test_every_problem_of_the_catalogue_has_a_severity():
    assert {severity for severity, _ in CATALOGUE.values()} == {"error", "warning", "advice"}


def test_a_text_that_is_too_long_is_refused_whole():
    assert render("a" * MAX_LENGTH).problems == []
    with pytest.raises(BodyTooLongError, match="200,001"):
        render("a" * (MAX_LENGTH + 1))
    with pytest.raises(BodyTooLongError):
        carry_ids("a" * (MAX_LENGTH + 1), previous_source=None, previous_ids=())
