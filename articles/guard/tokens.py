"""Reading a text for what the guard watches: its numbers with their units, and its negations. One pass, no grammar."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.guard.words import NEGATIONS, NUMBERS, PREFIXES, RATES, STEMS, UNITS

# A sign before a number counts where it stands beside it; each alternative takes all that may follow.
_TOKEN = re.compile(
    r"(?P<number>(?:[<>≤≥~≈±]\s?|[-+^_€$£])?\d+(?:[.,:/'^-]\d+)*(?:\s?[%‰°])?)(?P<ordinal>(?:st|nd|rd|th|er|re|eme|e)\b)?"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
)
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class Fact:
    """One thing that must not change unseen. `before` is the word that follows it, which it speaks of."""

    kind: str
    text: str
    before: str = ""
    place: str = ""


def facts_of(text: str, vocabulary: frozenset[str], place: str = "") -> Iterator[Fact]:
    """Numbers (`number`) and negations (`negation`) of a text in their order."""
    tokens = [*_TOKEN.finditer(folded(text))]
    index = 0
    while index < len(tokens):
        kind, found = _judged(tokens[index], vocabulary)
        index += 1
        if kind == "number":
            units, index = _units(tokens, index)
            found += units
        if kind:
            yield Fact(kind, found, _word_at(tokens, index), place)


def words_of(text: str) -> Iterator[str]:
    """All words of a text, folded."""
    return (token["word"] for token in _TOKEN.finditer(folded(text)) if token["word"])


def folded(text: str) -> str:
    """A text without case, accents, invisible signs and typographers' choices: what is left must be read alike."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", "".join(map(_plain, text)).casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _plain(sign: str) -> str:
    if sign.isnumeric() and not sign.isdecimal():
        value = f"{unicodedata.numeric(sign):g}"
        return f"^{value}" if sign.isdigit() else f" {value} "
    if sign in "’ʼ":
        return "'"
    category = unicodedata.category(sign)
    if category == "Pd" or sign == "−":
        return "-"
    return "" if category == "Cf" else sign


def _judged(token: re.Match[str], vocabulary: frozenset[str]) -> tuple[str, str]:
    if token["number"]:
        return "number", re.sub(r"\s", "", token["number"]) + (token["ordinal"] or "")
    word = token["word"]
    kind = _kind_of(word) or ("negation" if any(stem in vocabulary for stem in _stems(word)) else "")
    return kind, word if kind else ""


@lru_cache(maxsize=8192)
def _kind_of(word: str) -> str:
    parts = word.split("'")
    if not NUMBERS.isdisjoint(parts):
        return "number"
    negates = word.endswith("n't") or parts[0] == "n" or not NEGATIONS.isdisjoint(parts)
    return "negation" if negates or not STEMS.isdisjoint(_stems(word)) else ""


@lru_cache(maxsize=8192)
def _stems(word: str) -> tuple[str, ...]:
    """What may be turned round by a prefix of the word."""
    stems = (word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix))
    return tuple(stem for stem in stems if len(stem) >= _SHORTEST_STEM)


def _units(tokens: list[re.Match[str]], index: int) -> tuple[str, int]:
    """The units that follow a number, rates included (`5 mg a day`), and the index after them."""
    units = ""
    while (word := _word_at(tokens, index)) in UNITS or _is_rate(tokens, index):
        if word in UNITS:
            units += f" {word}"
        index += 1
    return units, index


def _is_rate(tokens: list[re.Match[str]], index: int) -> bool:
    return _word_at(tokens, index) in RATES and _word_at(tokens, index + 1) in UNITS


def _word_at(tokens: list[re.Match[str]], index: int) -> str:
    return (tokens[index]["word"] or "") if index < len(tokens) else ""
