"""Blocks of plain Markdown: what each construct gives. Containers, citations and footnotes have files of their own."""

import pytest

from articles.markdown import render


def shape(item):
    """A block or inline without what every one has, to compare at a glance."""
    kept = {name: value for name, value in item.items() if name not in {"id", "html"}}
    for name in ("blocks", "inlines"):
        if name in kept:
            kept[name] = [shape(child) for child in kept[name]]
    return kept


def blocks(source):
    return [shape(item) for item in render(source).blocks]


def words(text):
    return [{"type": "text", "text": text}]


def paragraph(text):
    return {"type": "paragraph", "inlines": words(text)}


def item(*inside):
    return {"type": "list_item", "blocks": list(inside)}


def test_a_paragraph_joins_its_lines():
    assert blocks("One\ntwo.\n\nThree.") == [paragraph("One two."), paragraph("Three.")]


@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_heading_has_its_level_and_its_id_as_anchor(level):
    rendered = render("#" * level + " About *sleep*")
    heading = rendered.blocks[0]
    assert heading["level"] == level
    assert heading["html"] == f'<h{level} id="{heading["id"]}">About <em>sleep</em></h{level}>'


def test_a_heading_is_one_line():
    assert blocks("a\\\nb\n---") == [{"type": "heading", "level": 2, "inlines": words("a b")}]


def test_a_tight_list_sets_no_paragraphs():
    rendered = render("- a\n- b")
    assert [shape(block) for block in rendered.blocks] == [
        {
            "type": "list",
            "ordered": False,
            "start": 1,
            "tight": True,
            "blocks": [item(paragraph("a")), item(paragraph("b"))],
        }
    ]
    assert rendered.html == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_a_loose_list_sets_paragraphs():
    assert render("- a\n\n- b").html == "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"


def test_lists_nest():
    outer = blocks("- a\n  - b")[0]
    assert outer["blocks"][0]["blocks"][1]["blocks"] == [item(paragraph("b"))]


def test_an_ordered_list_keeps_its_first_number():
    rendered = render("7. a\n8. b")
    assert rendered.blocks[0]["start"] == 7
    assert rendered.html.startswith('<ol start="7">')


def test_a_quote_holds_blocks():
    assert blocks("> a\n>\n> b") == [{"type": "quote", "blocks": [paragraph("a"), paragraph("b")]}]
    assert render("> a").html == "<blockquote>\n<p>a</p>\n</blockquote>"


def test_a_code_block_keeps_its_text_and_language():
    assert blocks("```python\nif a < b:\n\n    pass\n```") == [
        {"type": "code", "language": "python", "text": "if a < b:\n\n    pass"}
    ]
    assert render("```c\na < b\n```").html == '<pre><code class="language-c">a &lt; b</code></pre>'


def test_an_indented_code_block_has_no_language():
    assert blocks("    a") == [{"type": "code", "language": "", "text": "a"}]


def test_a_divider_is_a_rule():
    assert blocks("---") == [{"type": "divider"}]
    assert render("---").html == "<hr>"


def test_a_table_has_a_header_alignments_and_rows():
    rendered = render("| a | b |\n|:--|--:|\n| c | d\\|e |")
    table = rendered.blocks[0]
    assert table["alignments"] == ["left", "right"]
    assert table["header"] == [{"inlines": words("a")}, {"inlines": words("b")}]
    assert table["rows"] == [[{"inlines": words("c")}, {"inlines": words("d|e")}]]
    assert '<th scope="col" class="align-left">a</th>' in rendered.html
    assert '<td class="align-right">d|e</td>' in rendered.html


def test_an_empty_header_cell_is_no_header():
    assert "<tr><td></td>" in render("| | b |\n|---|---|\n| c | d |").html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a*", "<em>a</em>"),
        ("**a**", "<strong>a</strong>"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("H~2~O", "H<sub>2</sub>O"),
        ("x^2^", "x<sup>2</sup>"),
        ("a\\\nb", "a<br>b"),
        ("a  \nb", "a<br>b"),
        ("~~a~~", "~~a~~"),
        ("a\u00a0b &amp; c", "a&nbsp;b &amp; c"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("*a _b_ c*", "<em>a b c</em>"),
        ("~a b~ and ^c", "~a b~ and ^c"),
    ],
)
def test_an_inline_is_written_as(source, html):
    rendered = render(source)
    assert rendered.html == f"<p>{html}</p>"
    assert rendered.problems == []


def test_an_address_elsewhere_is_told_that_nobody_opened_it():
    html = render("[a](https://example.org/?b=1&c=2)").html
    assert html == '<p><a href="https://example.org/?b=1&amp;c=2" rel="noopener">a</a></p>'


def test_a_link_to_an_article_is_by_its_id():
    identifier = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"
    rendered = render(f"[a](article:{identifier.upper()})")
    link = rendered.blocks[0]["inlines"][0]
    assert link["href"] == f"/api/v1/articles/{identifier}"
    assert link["target"] == {"kind": "article", "id": identifier}
    assert rendered.article_links == (identifier,)
    assert rendered.external_links == ()


def test_every_link_elsewhere_is_listed_once_in_order():
    source = (
        "[a](https://example.org/) [b](mailto:a@example.org) [c](HTTPS://example.org/) [d](tel:+15550100)"
    )
    assert render(source).external_links == ("https://example.org/", "mailto:a@example.org", "tel:+15550100")


def test_an_empty_text_gives_an_empty_document():
    rendered = render("\n \n")
    assert (rendered.html, rendered.blocks, rendered.text) == ("", [], "")
    assert (rendered.word_count, rendered.reading_minutes) == (0, 1)
