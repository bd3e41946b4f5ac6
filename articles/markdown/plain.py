"""Plain text of blocks, for search, excerpts, counting and comparing; and how long it takes to read."""

import math
import re
from collections.abc import Iterable, Iterator

from articles.markdown.inlines import plain_text
from articles.markdown.tree import Block

# A convention for adults reading prose silently; readers in distress, or in another language, may need longer.
WORDS_PER_MINUTE = 230
# Scripts written without spaces: each kana or ideograph counts as a word.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+(?:['’.,-][^\W_{_SIGNS}]+)*")


def block_text(item: Block) -> str:
    """Return a block's text, its nested blocks' included: paragraphs, items and rows on lines of their own."""
    return "\n".join(_lines(item))


def document_text(blocks: Iterable[Block]) -> str:
    """Return the text of a whole document, a blank line between its blocks."""
    return "\n\n".join(filter(None, map(block_text, blocks)))


def _lines(item: Block) -> Iterator[str]:
    for name in ("title", "summary"):
        if item.get(name):
            yield item[name]
    if "inlines" in item:
        yield plain_text(item["inlines"])
    if "text" in item:
        yield item["text"]
    for row in [item["header"], *item["rows"]] if "header" in item else ():
        yield "\t".join(plain_text(cell["inlines"]) for cell in row)
    for child in item.get("blocks", ()):
        yield from _lines(child)


def count_words(text: str) -> int:
    """Count the words: runs of letters and digits, and each sign of scripts without spaces."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words: int) -> int:
    """Return whole minutes at `WORDS_PER_MINUTE`, rounded up, at least one."""
    return max(1, math.ceil(words / WORDS_PER_MINUTE))
