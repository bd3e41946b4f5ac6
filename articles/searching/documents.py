"""A rendered document as search indexes it: four plain texts, and the tokens that both databases are given for them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from articles.markdown.plain import block_text
from articles.searching.words import language_of, stem, words_of

FIELDS = ("title", "summary", "headings", "body")
"""From the weightiest down."""

MOST_WORDS = 16_000
"""Of one text: PostgreSQL knows no positions beyond 16,383, and both databases are to find the same."""

MOST_OF_ONE = 255
"""Places of one word in a text, for the same reason."""

GAP = 10  # places between two fields, which no phrase spans
_PLAIN = re.compile("[^a-z0-9]+")


@dataclass(frozen=True)
class Texts:
    """The plain texts of a document, headings and body with lines of their own."""

    title: str
    summary: str
    headings: str
    body: str


@dataclass(frozen=True)
class Token:
    """One token at a place of the text: `s` and a stem, or `w` and a whole word."""

    text: str
    place: int


@dataclass(frozen=True)
class Tokens:
    """By field of FIELDS: the stems in order, one a place (empty: not indexed), and each whole word once; then what the
    text is (`traits_of`).
    """

    stems: tuple[tuple[Token, ...], ...]
    words: tuple[tuple[Token, ...], ...]
    traits: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> set[str]:
        """All whole words."""
        return {token.text[1:] for field in self.words for token in field}


def texts_of(document: Mapping[str, Any]) -> Texts:
    """The texts of a rendered document."""
    blocks = document["body"]["blocks"]
    headings = [block_text(block) for block in _headings(blocks)]
    return Texts(document["title"], document["summary"], "\n".join(headings), "\n\n".join(_rest(blocks)))


def _headings(blocks: list[Any]) -> Iterator[Any]:
    for block in blocks:
        if block["type"] == "heading":
            yield block
        else:
            yield from _headings(block.get("blocks", []))


def _rest(blocks: list[Any]) -> Iterator[str]:
    """Blocks without headings, those inside sections and callouts left out as well."""
    for block in blocks:
        if block["type"] == "heading":
            continue
        text = block_text({**block, "blocks": []}) if "blocks" in block else block_text(block)
        if text:
            yield text
        yield from _rest(block.get("blocks", []))


@lru_cache(maxsize=128)
def taken_apart(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Each word's key and stem, of as many as are searched. Remembered: texts are rendered again and again."""
    words = islice(words_of(text), MOST_WORDS)
    return tuple((word.key, stem(word.key, language)) for word in words)


def traits_of(
    *, locale: str | None = None, kind: str | None = None, topics: Iterable[str] = ()
) -> tuple[str, ...]:
    """Tokens that are no words: `l` and a locale, `k` and a kind, `t` and the key of a topic, of each that is given.

    By them the index alone leaves out what filters do. Two values may share a token, so the rows are judged as well.
    """
    named = [("l", locale), ("k", kind), *(("t", topic) for topic in topics)]
    return tuple(f"{letter}{_PLAIN.sub('', value.lower())}" for letter, value in named if value)


def tokens_of(texts: Texts, locale: str, traits: tuple[str, ...] = ()) -> Tokens:
    """The tokens of at most MOST_WORDS words; places go on from field to field."""
    language, seen, place = language_of(locale), Counter[str](), 0
    all_stems, all_words = [], []
    for name in FIELDS:
        stems, words = [], dict[str, Token]()
        for key, root in taken_apart(getattr(texts, name), language):
            place += 1
            if place > MOST_WORDS:
                break
            seen[root] += 1
            stems.append(Token(f"s{root}" if seen[root] <= MOST_OF_ONE else "", place))
            words.setdefault(key, Token(f"w{key}", place))
        all_stems.append(tuple(stems))
        all_words.append(tuple(words.values()))
        place += GAP
    return Tokens(tuple(all_stems), tuple(all_words), traits)
