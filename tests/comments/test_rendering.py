"""The Markdown of replies, and the names they are shown under. No database."""

import pytest

from comments.rendering.markdown import to_html
from comments.rendering.names import public_name


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        (
            "[there](https://a.example/)",
            '<p><a href="https://a.example/" rel="nofollow ugc noopener">there</a></p>',
        ),
        (
            "<https://a.example>",
            '<p><a href="https://a.example" rel="nofollow ugc noopener">https://a.example</a></p>',
        ),
        (r"\*plain\*", "<p>*plain*</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_a_few_marks_have_a_form(text, html) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "# heading",
        "```\ncode\n```",
        "    indented",
        "---",
        "| a | b |\n|---|---|",
        "`code`",
        "[a]: https://b.example",
        "term\n===",
    ],
)
def test_everything_else_is_shown_as_typed(text) -> None:
    html = to_html(text)
    assert not any(tag in html for tag in ("<h1", "<h2", "<pre", "<code", "<hr", "<table", "<a "))
    assert text.strip().splitlines()[0].strip() in html.replace("&gt;", ">")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "<javascript:alert(1)>",
        '[a](https://b.example "onmouseover=alert(1)")',
        "![a](https://tracker.example/x.png)",
        "<a href=https://b.example style=position:fixed>x</a>",
        "<!-- --><style>*{display:none}</style>",
        "<iframe src=https://b.example></iframe>",
        "<form action=https://b.example><input>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        '<https://a.example/"onmouseover=alert(1)>',
    ],
)
def test_no_script_frame_style_or_image_comes_through(attack) -> None:
    html = to_html(attack).lower()
    opened = [part.split(">")[0].split()[0] for part in html.split("<")[1:] if not part.startswith("/")]
    assert set(opened) <= {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
    for part in html.split("<a ")[1:]:
        attributes = part.split(">")[0]
        assert attributes.startswith('href="http')
        assert attributes.count('="') == 2
        assert 'rel="nofollow ugc noopener"' in attributes


@pytest.mark.parametrize(
    "text", ["*" * 10_000, "> " * 5000, "[" * 10_000, "**a" * 3333, "<" * 10_000, "- " * 5000]
)
def test_hostile_text_is_rendered_like_any_other(text) -> None:
    assert isinstance(to_html(text), str)


@pytest.mark.parametrize(
    ("name", "display_as", "shown"),
    [
        ("Pieter van Dam", "name", "Pieter van Dam"),
        ("Pieter van Dam", "initials", "P. V. D."),
        ("Jean-Luc de la Tour", "initials", "J. L. D."),
        ("élodie", "initials", "É."),
        ("李 小龙", "initials", "李. 小."),
        ("N.", "initials", "N."),
        ("***", "initials", ""),
        ("Pieter", "anonymous", ""),
    ],
)
def test_a_name_is_shown_as_its_author_wants(name, display_as, shown) -> None:
    assert public_name(name, display_as) == shown
