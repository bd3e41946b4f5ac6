"""The parser: markdown-it-py with this grammar's rules, and the preparation of a source for it.

It gives tokens. Their meaning is in `builder` and `inlines`.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    image,
    link,
    newline,
    text,
)
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from articles.markdown.containers import container
from articles.markdown.marks import citation, footnote_mark, script

MAX_LENGTH = 200_000
MAX_NESTING = 16

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

# C0 and C1 controls but tab and line feed, lone surrogates, and what Unicode keeps from being characters.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


class BodyTooLongError(ValueError):
    """A source of more than `MAX_LENGTH` code points; it is refused whole, never cut."""


def prepare(source: str) -> tuple[str, int]:
    """Return the source with one kind of line ending and nothing unshowable, and how much was replaced.

    Byte order marks are taken out: they are marks of a file, not of its text.

    Raises BodyTooLongError.
    """
    if len(source) > MAX_LENGTH:
        raise BodyTooLongError(
            f"The text has {len(source):,} characters; at most {MAX_LENGTH:,} are allowed."
        )
    lines = source.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWABLE.subn(" ", lines)


def parse(prepared: str) -> tuple[list[Token], tuple[int, ...]]:
    """Return the block tokens of a prepared source, and the lines (from 0) where nesting became too deep."""
    env: dict[str, list[int]] = {}
    tokens = _PARSER.parse(prepared, env)
    return tokens, tuple(env.get("too_deep", ()))


def _limited(rule: BlockRule, *, levels: int) -> BlockRule:
    """Let a nesting rule act only within `MAX_NESTING`: beyond it the marks stay text, and nothing is lost."""

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level + levels <= MAX_NESTING:
            return rule(state, start, end, silent)
        if not silent and rule(state, start, end, True):
            state.env.setdefault("too_deep", []).append(start)
        return False

    return limited


def _closed(rule: InlineRule, end: str = "]") -> InlineRule:
    """Try a bracket rule only where its end follows: otherwise each bracket would search for it in vain."""

    def closed(state: StateInline, silent: bool) -> bool:
        # The last place of a sign, which markdown-it remembers for each text.
        return state.html_terminator_last(end) > state.pos and rule(state, silent)

    return closed


def _target(rule: InlineRule) -> InlineRule:
    """Try a link or an image only where a target follows, or where the document defines any by reference."""
    direct, by_reference = _closed(rule, "]("), _closed(rule)

    def target(state: StateInline, silent: bool) -> bool:
        return by_reference(state, silent) if state.env.get("references") else direct(state, silent)

    return target


_INLINE_RULES: dict[str, tuple[InlineRule, ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "[": (_target(link), _closed(citation), _closed(footnote_mark)),
    "!": (_target(image),),
    "<": (autolink,),
    "&": (entity,),
    "~": (script,),
    "^": (script,),
    "]": (),
}


def _inline(state: StateInline, silent: bool) -> bool:
    """Try the rules that can begin with this character: one look-up in place of a dozen failing calls."""
    rules = _INLINE_RULES.get(state.src[state.pos])
    if rules is None:
        return text(state, silent)
    return any(rule(state, silent) for rule in rules)


def _build() -> MarkdownIt:
    # markdown-it stops reading at its own limit; ours is lower, so that its never cuts a text short.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING + 4})
    parser.enable("table").disable(["html_block", "html_inline", "text_join"])
    block, ends = parser.block.ruler, ["paragraph", "reference", "blockquote", "list"]
    block.at("blockquote", _limited(blockquote, levels=1), {"alt": ends})
    block.at("list", _limited(list_block, levels=2), {"alt": ["paragraph", "reference", "blockquote"]})
    block.before("fence", "container", _limited(container, levels=1), {"alt": ends})
    block.before("reference", "footnote", _limited(footnote_def, levels=1), {"alt": ends[:2]})
    parser.inline.ruler.push("kintsugi", _inline)
    parser.inline.ruler.enableOnly(["kintsugi"])
    parser.inline.terminator_re = re.compile("[" + re.escape("".join(_INLINE_RULES)) + "]")
    # The builder judges links itself: a refused one must be reported, not left standing as brackets.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # markdown-it's documented hook
    return parser


_PARSER = _build()
