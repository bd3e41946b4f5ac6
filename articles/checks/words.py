"""Reading a text as words, for checks of its wording: one pass, no backtracking, nothing of the grammar but its noise.

Addresses, keys of citations and attributes are left out; what stands in emphasis or in code is read like the rest.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# Each alternative begins with a sign of its own and takes all that may follow, so that no place is tried twice.
_NOISE = re.compile(r"\]\([^()\s]*|https?://[^\s<>()]*|@[^\s;,\[\]]*|\[\^[^\s\[\]]*|\b(?:refs|notes)=\S*")
_TOKEN = re.compile(
    r"(?P<rate>\b(?:mg|mcg|ug|[µμ]g|g|ml)/[^\W\d_]+)"
    r"|(?P<word>[^\W\d_]+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<end>[.!?;:|…])"
)
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"))


class Word(NamedTuple):
    """A word or a number, its case and accents folded; `line` from 1; the rest are ordinals within the text."""

    text: str
    line: int
    sentence: int
    paragraph: int
    part: int


def words_of(source: str) -> tuple[Word, ...]:
    """The words of a text. Blank lines part paragraphs, headings part its parts."""
    return tuple(_words(source))


def _words(source: str) -> Iterator[Word]:
    sentence = paragraph = part = 0
    for number, raw in enumerate(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        heading = _HEADING.match(raw) is not None
        part += heading
        if heading or not raw.strip():
            sentence, paragraph = sentence + 1, paragraph + 1
        line = unicodedata.normalize("NFC", _NOISE.sub(" ", raw.translate(_INVISIBLE)))
        for token in _TOKEN.finditer(line):
            if token.lastgroup == "end":
                sentence += 1
            else:
                yield Word(folded(token[0]), number, sentence, paragraph, part)
        if heading:
            sentence, paragraph = sentence + 1, paragraph + 1


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """A word without case, accents and ligatures, so that it is found however it was typed."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("œ", "oe")


def split(phrase: str) -> tuple[str, ...]:
    """A phrase as the words that it would be read as."""
    return tuple(word.text for word in words_of(phrase))


def stands_at(phrase: Sequence[str], words: Sequence[Word], place: int) -> bool:
    """Whether the words of one sentence, from `place` on, are the phrase."""
    run = words[place : place + len(phrase)]
    return (
        len(run) == len(phrase)
        and run[0].sentence == run[-1].sentence
        and all(word.text == wanted for word, wanted in zip(run, phrase, strict=True))
    )


def around(words: Sequence[Word], place: int, reach: int) -> Iterator[Word]:
    """The words of the same paragraph that stand at most `reach` words before or after `place`."""
    for word in words[max(0, place - reach) : place + reach + 1]:
        if word.paragraph == words[place].paragraph:
            yield word
