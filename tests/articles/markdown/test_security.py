"""Hostile text: no payload becomes an element, an attribute or a scheme, wherever it is put; and all of it ends."""

from html.parser import HTMLParser

import pytest

from articles.markdown import render, to_markdown
from articles.markdown.sanitiser import sanitise
from tests.articles.markdown.corpus import ARTICLE, CONSTRUCTS

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=q></form>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "</p></section></aside><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "＜script＞alert(1)＜/script＞",
]
DESTINATIONS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#x3a;alert(1)",
    "java\u0001script:alert(1)",
    "\u0001javascript:alert(1)",
    "<java\tscript:alert(1)>",
    "%6Aavascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://good.example@evil.example/",
    "https://good.example:secret@evil.example/",
    "https://[evil",
    "https://evil.example:99999999/",
    "?q=javascript:alert(1)",
    "#onclick",
    "../../up",
    "article:../../../x",
    "article:0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee/../../x",
]
PLACES = [
    "{}",
    "a {} b",
    "*{}*",
    "## {}",
    "- {}",
    "> {}",
    "| {} |\n|---|\n| {} |",
    "`{}`",
    "```\n{}\n```",
    "```{}\na\n```",
    "    {}",
    "[{}](https://example.org)",
    "![{}](x)",
    "![a]({})",
    '[a](https://example.org "{}")',
    "[a](https://example.org/{})",
    "[a](<https://example.org/{}>)",
    "[@a, {}]",
    "[@{}]",
    "a[^1]\n\n[^1]: {}",
    "a[^{}]\n\n[^{}]: b",
    "~{}~ ^{}^",
    '::: callout type=note title="{}"\na\n:::',
    "::: callout type={}\na\n:::",
    '::: claim certainty=low population="{}" refs=a\nb\n:::',
    "::: claim certainty=low population=p refs={}\nb\n:::",
    '::: section notes=violence:1 summary="{}"\na\n:::',
    "::: section notes={} summary=s\na\n:::",
    "::: {}\na\n:::",
    "&#x3c;{}",
]
ELEMENTS = {
    *[
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "hr",
        "br",
        "em",
        "strong",
        "sub",
        "sup",
    ],
    *["a", "span", "div", "section", "aside", "table", "thead", "tbody", "tr", "th", "td"],
}
ATTRIBUTES = {
    *["href", "rel", "role", "id", "class", "start", "scope", "aria-label", "data-citation", "data-article"],
    *["data-certainty", "data-content-note", "data-intensity"],
}


class Inventory(HTMLParser):
    """Collects the elements, attributes and targets of a fragment."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.attributes, self.targets = set(), set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets |= {value for name, value in attrs if name == "href"}

    def handle_comment(self, data):
        self.elements.add("comment")

    def handle_pi(self, data):
        self.elements.add("instruction")

    def unknown_decl(self, data):
        self.elements.add("declaration")


def assert_harmless(html):
    found = Inventory(html)
    assert found.elements <= ELEMENTS
    assert found.attributes <= ATTRIBUTES
    for target in found.targets:
        assert target.startswith(("https://", "http://", "mailto:", "tel:", "#", "/api/v1/articles/"))


@pytest.mark.parametrize("place", PLACES)
def test_no_payload_survives_in(place):
    for payload in PAYLOADS:
        rendered = render(place.replace("{}", payload))
        assert_harmless(rendered.html)
        assert "sanitised" not in {problem.code for problem in rendered.problems}
        for block in rendered.blocks:
            assert_harmless(block["html"])
        assert_harmless(render(to_markdown(rendered.blocks)).html)


@pytest.mark.parametrize("destination", DESTINATIONS)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[a][r]\n\n[r]: {}", "<{}>", "![a]({})"])
def test_no_hostile_destination_becomes_a_link(destination, form):
    rendered = render(form.replace("{}", destination))
    assert Inventory(rendered.html).targets == set()
    assert rendered.external_links == ()
    assert rendered.article_links == ()


@pytest.mark.parametrize("name", [*CONSTRUCTS, "article"])
def test_what_the_grammar_writes_passes_the_sanitiser_unchanged(name):
    rendered = render(CONSTRUCTS.get(name, ARTICLE))
    assert sanitise(rendered.html) == rendered.html
    for block in rendered.blocks:
        assert sanitise(block["html"]) == block["html"]


def test_the_sanitiser_removes_what_the_grammar_never_writes():
    dirty = (
        '<p class="evil" onclick="x()">a<script>b</script></p><a href="javascript:c">d</a>'
        '<a href="//evil.example">e</a><img src="f"><code class="language-py evil">g</code><h1>h</h1>'
    )
    assert sanitise(dirty) == "<p>a</p><a>d</a><a>e</a><code>g</code>h"


HOSTILE = {
    "nested quotes": "> " * 20_000 + "end",
    "nested lists": "- " * 20_000 + "end",
    "nested brackets": "[" * 20_000 + "end" + "]" * 20_000,
    "nested links": "[" * 20_000 + "end" + "](https://example.org)" * 5_000,
    "nested images": "![" * 20_000 + "end" + "](x)" * 20_000,
    "nested emphasis": "*a " * 20_000 + "end" + " a*" * 20_000,
    "nested containers": "::: callout type=note\n" * 9_000 + "end",
    "containers of every width": "".join(":" * (3 + n % 60) + " callout type=note\n" for n in range(3_000))
    + "end",
    "open citations": "[@" * 99_998 + "end",
    "open citations and one end": "[@" * 99_997 + " end]",
    "open footnotes": "[^" * 99_998 + "end",
    "open code": "".join("`" * n + " " for n in range(1, 600)) + "end",
    "open comments": "<!--" * 40_000 + "end",
    "open tags": "<a b" * 40_000 + "end",
    "open attribute": '::: callout title="' + "\\" * 100_000 + "\nend",
    "open titles": '[a](b "' * 20_000 + "end",
    "tildes": "a" + "~" * 150_000 + "end",
    "scripts": "~a" * 70_000 + "end",
    "tabs": "\t" * 100_000 + "end",
    "footnotes that hold each other": "".join(f"[^{n}]: [^{n + 1}]\n" for n in range(5_000)) + "\nend[^0]",
    "a wide table": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|end|\n" * 10,
    "underscores": "_a*" * 50_000 + "end",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_and_keeps_its_last_word(name):
    rendered = render(HOSTILE[name])
    assert "end" in rendered.text
    assert_harmless(rendered.html)


def test_nothing_nests_deeper_than_sixteen_levels():
    def depth(blocks):
        return max((1 + depth(block.get("blocks", ())) for block in blocks), default=0)

    assert depth(render("> " * 40 + "a").blocks) == 17
    assert depth(render("- " * 40 + "a").blocks) == 17
    assert depth(render("> - " * 40 + "a").blocks) <= 17
