"""What a rendering gives beside blocks: outline, text, counts, and HTML that is its blocks' HTML."""

import pytest

from articles.markdown import render
from articles.markdown.plain import count_words, reading_minutes
from tests.articles.markdown.corpus import ARTICLE, ARTICLE_ID


def test_the_html_is_that_of_the_blocks():
    rendered = render(ARTICLE)
    assert rendered.html == "\n".join(block["html"] for block in rendered.blocks)


def test_the_outline_lists_every_heading_with_its_anchor():
    rendered = render(ARTICLE)
    assert [(entry["level"], entry["text"]) for entry in rendered.outline] == [
        (2, "What sleep does"),
        (3, "What may help"),
    ]
    for entry in rendered.outline:
        assert f'id="{entry["id"]}"' in rendered.html


def test_an_outline_has_no_marks_of_citations_or_footnotes():
    assert render("## Sleep [@a] and *rest*[^1]\n\n[^1]: b").outline[0]["text"] == "Sleep  and rest"


def test_an_article_gives_what_checks_and_lists_need():
    rendered = render(ARTICLE)
    assert rendered.citations == ("lee2019", "kim2021", "obi2018")
    assert rendered.article_links == (ARTICLE_ID,)
    assert rendered.external_links == ("https://example.org/",)
    assert rendered.content_notes == [
        {"type": "violence", "intensity": 1},
        {"type": "death-bereavement", "intensity": 2},
    ]
    assert [claim["certainty"] for claim in rendered.claims] == ["low"]


def test_the_text_has_what_a_reader_reads_and_no_marks():
    text = render(ARTICLE).text
    assert "You can stop reading here" in text
    assert "One person's nightmares are described." in text
    assert "Lee\t40" in text
    assert "In most surveys." in text
    assert not set(text) & set("*[]^`|#<>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("don’t well-known 3.5 e.g.", 4),
        ("a — b", 2),
        ("日本語", 3),
        ("été naïf", 2),
        ("--- ***", 0),
    ],
)
def test_words_are_counted(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (231, 2), (2_300, 10)])
def test_reading_takes_whole_minutes(words, minutes):
    assert reading_minutes(words) == minutes


def test_the_same_source_gives_the_same_rendering():
    assert render(ARTICLE) == render(ARTICLE)


def test_line_endings_do_not_matter():
    assert render(ARTICLE.replace("\n", "\r\n")) == render(ARTICLE)
    assert render("\ufeff" + ARTICLE) == render(ARTICLE)
