"""Text as a reader of any script would hear it: one form for words that were typed to look different.

Linear in the length of the text. Keeps, for every folded character, the place it came from.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Letters of other scripts that look like Latin ones (a choice from Unicode TS 39's idea of confusables).
_CONFUSABLES = dict(
    zip(
        "габвеёзийкмнорстухіїјѕһԁԛԝӏαβεηικνορτυχγωϲıłøđħŧƒɑɡɩʟʀꜱᴀᴄᴅᴇᴋᴍᴏᴘᴛᴜᴠᴡᴢ",
        "rabbee3nnkmhopctyxiijshdqwlabenikvoptuxywcilodhtfagilrsacdekmoptuvwz",
        strict=True,
    )
)
_CONFUSABLES["。"] = "."
_DIGIT_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_APOSTROPHES = frozenset("'’ʼ`´‘")
WIDEST_GAP = 3  # characters between letters that are spelled out
MOST_OF_ONE = 3  # some single characters stand for whole sentences; no disguise needs that
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Co", "Cs"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Folded:
    """`text` in its folded form; `places[i]` is the index in the original of the folded character `i`."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded one. `start < end` and both lie in the text."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Word:
    """One word of a folded text, and its span in the original."""

    text: str
    span: tuple[int, int]


class Words(list[Word]):
    """The words of a text in order, and their texts apart, for whoever compares many lists with them."""

    def __init__(self, found: Iterable[Word] = ()) -> None:
        super().__init__(found)
        self.texts = [word.text for word in self]
        self.vocabulary = frozenset(self.texts)


def fold(text: str) -> Folded:
    """Lower case, compatibility forms, marks, invisible characters and look-alikes folded away."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in _plain(character):
            characters.append(plain)
            places.append(place)
    return Folded("".join(characters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character).casefold()[:MOST_OF_ONE]
    kept = (part for part in decomposed if unicodedata.category(part) not in _DROPPED)
    return "".join(_CONFUSABLES.get(part, part) for part in kept)


def words(folded: Folded) -> Words:
    """The words in order. Apostrophes join ("don't" is "dont"); letters spelled out one by one become one word."""
    joined = _without_apostrophes(folded)
    text = joined.text
    return Words(
        Word("".join([text[start:end] for start, end in run]), joined.span(run[0][0], run[-1][1]))
        for run in _runs(match.span() for match in _WORD.finditer(text))
    )


def with_letters_for_digits(word: str) -> str:
    """ "m0lly" as "molly", where letters stand among the digits; a number stays a number."""
    if word.isdigit() or word.isalpha():
        return word
    return "".join(_DIGIT_LETTERS.get(character, character) for character in word)


def _without_apostrophes(folded: Folded) -> Folded:
    if _APOSTROPHES.isdisjoint(folded.text):
        return folded
    kept = [(c, p) for c, p in zip(folded.text, folded.places, strict=True) if c not in _APOSTROPHES]
    return Folded("".join(c for c, _ in kept), tuple(p for _, p in kept))


def _runs(spans: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Each word alone, but "m d m a" and "m.d.m.a" together: three or more single letters with equal gaps."""
    run: list[tuple[int, int]] = []
    for span in spans:
        if run and not _continues(run, span):
            yield from _closed(run)
            run = []
        run.append(span)
    yield from _closed(run)


def _continues(run: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    (start, end), gap = run[-1], span[0] - run[-1][1]
    single = end - start == 1 and span[1] - span[0] == 1
    return single and gap <= WIDEST_GAP and (len(run) == 1 or gap == start - run[-2][1])


def _closed(run: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    if len(run) >= 3:
        yield run
    else:
        yield from ([span] for span in run)
