"""What a reader typed, as terms: words, phrases in quotation marks, words left out with `-`, a last word unfinished."""

import re
from dataclasses import dataclass

from articles.searching.words import Word, alternatives, is_stop_word, language_of, words_of

LANGUAGES = ("en", "fr")
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PIECE = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other, as any of `alternatives`; or one word that begins with `prefix`."""

    alternatives: tuple[tuple[str, ...], ...]
    prefix: str = ""


@dataclass(frozen=True)
class Query:
    """All of `wanted` and none of `unwanted`. Without `wanted` nothing is found. `loose` are words typed bare, read in
    each of `languages`.
    """

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    loose: tuple[Word, ...]
    languages: tuple[str, ...]


def parsed(text: str, locale: str | None) -> Query:
    """The query of at most 200 characters, in the language of `locale`, or in any that can be stemmed."""
    languages = (language_of(locale),) if locale else LANGUAGES
    wanted, unwanted, weak, loose = [], [], [], []
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        quoted = piece["phrase"] is not None
        start = piece.start("phrase" if quoted else "word")
        found = [
            Word(word.start + start, word.end + start, word.key)
            for word in words_of(piece["phrase"] if quoted else piece["word"])
        ]
        kept = found if quoted else _without_stop_words(found, languages)
        if piece["minus"] and found:
            unwanted.append(_term(found, languages))
        elif kept:
            wanted.append(_term(kept, languages, "" if quoted else _prefix(found, text)))
            loose += kept if not quoted and len(found) == 1 else []
        elif found:
            weak.append(_term(found, languages, _prefix(found, text)))
    return Query(tuple(wanted or weak), tuple(unwanted), tuple(loose), languages)


def _term(words: list[Word], languages: tuple[str, ...], prefix: str = "") -> Term:
    return Term(alternatives(tuple(word.key for word in words), languages), prefix)


def _without_stop_words(words: list[Word], languages: tuple[str, ...]) -> list[Word]:
    """Of `l'amour` only the second; stop words inside a compound stay, for they keep places."""
    while words and is_stop_word(words[0].key, languages):
        words = words[1:]
    while words and is_stop_word(words[-1].key, languages):
        words = words[:-1]
    return words


def _prefix(words: list[Word], text: str) -> str:
    """The last word of a text is unfinished unless something follows it."""
    last = words[-1]
    unfinished = len(words) == 1 and last.end == len(text) and len(last.key) >= SHORTEST_PREFIX
    return last.key if unfinished else ""
