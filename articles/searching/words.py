"""Words as search compares them: folded, without accents, stemmed by the language of the text. Knows no database."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from articles.content import folded

ANALYSIS = 2
"""Rises when words are taken apart in another way; `manage.py reindex` renews what was indexed before."""

STEMMERS = {"en": "english", "fr": "french"}
LONGEST = 64  # characters of a word that count

STOP_WORDS = {
    "en": frozenset(
        "a about after all also an and any are as at be because been before being but by can could d did do does "
        "for from had has have he her hers him his how i if in into is it its ll m may me might more most my no nor "
        "not of on or our ours re s she should so some such t than that the their them then there these they this "
        "those to too up us ve was we were what when where which while who whom why will with would you your".split()
    ),
    "fr": frozenset(
        "a ai ainsi alors apres as au aucun aussi autre aux avant avec c ca ce cela ces cet cette ceux chez comme d "
        "dans de des donc du elle elles en encore entre est et ete etre eu eux il ils j je jusqu l la le les leur "
        "leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas peu peut plus pour "
        "qu que quel quelle qui s sa sans se sera ses si son sont sous sur t ta te tes toi ton tous tout toute "
        "toutes tres tu un une vos votre vous y".split()
    ),
}

MEANINGFUL_ELSEWHERE = frozenset({"son", "ton", "plus"})
"""Stop words of one language that are words of the other."""

_MARKS = "".join(
    re.escape(chr(point)) for point in range(0x300, 0xFFFF) if unicodedata.category(chr(point))[0] == "M"
)
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{_INVISIBLE}])*")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_FOREIGN = "zx"
_SPELLED = re.compile(rf"[^a-z0-9]+|{_FOREIGN}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at its place, in code points. `key` is its folded form, ASCII letters and digits only."""

    start: int
    end: int
    key: str


def words_of(text: str) -> Iterator[Word]:
    for found in WORD.finditer(text):
        key = key_of(found.group())
        if key:
            yield Word(found.start(), found.end(), key)


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """One form for a word however it is accented. What is not ASCII then is spelled in hexadecimal digits of UTF-8,
    which keeps prefixes, so that no database takes it apart in a way of its own. So is what says that digits follow."""
    plain = folded(_DROPPED.sub("", word[:LONGEST])).translate(_LETTERS)
    return _SPELLED.sub(
        lambda found: f"{_FOREIGN}{found.group().encode(errors='ignore').hex()}", plain.strip()
    )


@lru_cache(maxsize=50_000)
def stem(key: str, language: str) -> str:
    """The stem by Snowball's algorithm for the language; the key itself where there is none for it."""
    name = STEMMERS.get(language)
    if name is None or _FOREIGN in key:
        return key
    return sys.intern(snowballstemmer.stemmer(name).stemWord(key))


def language_of(locale: str) -> str:
    """The language of a BCP 47 tag."""
    return locale.partition("-")[0].lower()


def alternatives(keys: tuple[str, ...], languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What queried words may stand as in the index: their stems in each language, and the words as they are."""
    stemmed = {tuple(stem(key, language) for key in keys) for language in languages}
    return tuple(sorted({keys, *stemmed}))


def is_stop_word(key: str, languages: tuple[str, ...]) -> bool:
    """Whether the word says too little in a language asked for; of several, none in which it means something."""
    if len(languages) > 1 and key in MEANINGFUL_ELSEWHERE:
        return False
    return any(key in STOP_WORDS.get(language, ()) for language in languages)
