"""The Markdown of replies: paragraphs, emphasis, lists, quotes and links. Everything else is shown as typed.

HTML in a reply is text: it is escaped by the parser, and a sanitiser is the last gate behind it.
"""

import nh3
from markdown_it import MarkdownIt

REL = "nofollow ugc noopener"
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}

_RULES = [
    "paragraph",
    "list",
    "blockquote",
    "emphasis",
    "link",
    "autolink",
    "newline",
    "escape",
    "balance_pairs",
]
_parser = MarkdownIt(
    "zero", {"html": False, "linkify": False, "typographer": False, "breaks": True, "maxNesting": 20}
).enable(_RULES)


def _is_web_address(url: str) -> bool:
    """A link says where it leads: no relative address, no mail address, no other scheme. Others stay text."""
    return url.lower().startswith(("https://", "http://"))


_parser.validateLink = _is_web_address  # type: ignore[method-assign]  # the package's own way to narrow links


def to_html(text: str) -> str:
    """Sanitised HTML of a reply's Markdown: an allow-list of nine elements, links that endorse nothing.

    `text` has at most 10,000 characters (`comments.serializers`), which keeps the time within milliseconds.
    """
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
        strip_comments=True,
    ).strip()
