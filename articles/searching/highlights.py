"""Where texts answer a query: fragments of plain text, and the spans in them, in code points.

A page of results has thousands of words, and few different ones: each is judged once for all of them.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from articles.models.search import SearchText
from articles.searching.queries import Query, Term
from articles.searching.words import WORD, key_of, language_of, stem

BEFORE, AFTER = 80, 160
"""Characters of a body shown before the first match and after it, to the next whole word."""

Span = tuple[int, int]


class Highlighter:
    """For the results of one query."""

    def __init__(self, query: Query) -> None:
        self._terms = query.wanted
        self._languages: dict[str, _Vocabulary] = {}

    def of(self, text: SearchText) -> list[dict[str, Any]]:
        """`[{field, text, marks: [{start, end}]}]`: title, summary, the first heading and one place of the body."""
        language = language_of(text.locale)
        if language not in self._languages:
            self._languages[language] = _Vocabulary(self._terms, language)
        words = self._languages[language]
        found = []
        for field in ("title", "summary"):
            whole: str = getattr(text, field)
            found.append(_fragment(field, whole, list(_spans(whole, words))))
        for heading in text.headings.split("\n"):
            spans = list(_spans(heading, words))
            if spans:
                found.append(_fragment("headings", heading, spans))
                break
        found.append(_place(text.body, words))
        return [fragment for fragment in found if fragment["marks"]]


class _Read(NamedTuple):
    """A word as it is compared; `ends`: it may be the last one of what answers a term."""

    key: str
    root: str
    ends: bool


class _Vocabulary(dict[str, _Read | None]):
    """Words as texts of one language have them. None for those that are passed by: nothing is left of them, or they
    end no term, and no term has several words.
    """

    def __init__(self, terms: tuple[Term, ...], language: str) -> None:
        self.terms = terms
        self.longest = max((len(term.alternatives[0]) for term in terms), default=1)
        self._language = language
        self._lasts = {alternative[-1] for term in terms for alternative in term.alternatives}
        self._prefixes = tuple(term.prefix for term in terms if term.prefix)

    def __missing__(self, word: str) -> _Read | None:
        key = key_of(word)
        root = stem(key, self._language)
        ends = root in self._lasts or key.startswith(self._prefixes)
        self[word] = _Read(key, root, ends) if key and (ends or self.longest > 1) else None
        return self[word]


def _place(body: str, words: _Vocabulary) -> dict[str, Any]:
    """The surroundings of the first match; what comes after them is not looked at."""
    spans: list[Span] = []
    for start, end in _spans(body, words):
        if spans and end > spans[0][1] + AFTER:
            break
        spans.append((start, end))
    if not spans:
        return _fragment("body", "", [])
    begin, until = _whole_words(body, spans[0])
    inside = [(start - begin, end - begin) for start, end in spans if end <= until]
    return _fragment("body", body[begin:until], inside)


def _whole_words(body: str, first: Span) -> Span:
    begin, until = max(0, first[0] - BEFORE), min(len(body), first[1] + AFTER)
    if begin:
        space = body.find(" ", begin, first[0])
        begin = space + 1 if space >= 0 else first[0]
    if until < len(body):
        space = body.rfind(" ", first[1], until)
        until = space if space >= 0 else first[1]
    return begin, until


def _fragment(field: str, text: str, spans: list[Span]) -> dict[str, Any]:
    marks = [{"start": start, "end": end} for start, end in spans]
    return {"field": field, "text": text, "marks": marks}


def _spans(text: str, words: _Vocabulary) -> Iterator[Span]:
    """The spans that answer a term, in their order, none within another."""
    latest: deque[tuple[str, int]] = deque(maxlen=words.longest)
    reached = 0
    for found in WORD.finditer(text):
        word = words[found.group()]
        if word is None:
            continue
        latest.append((word.root, found.start()))
        if word.ends:
            length = max(_answers(term, latest, word) for term in words.terms)
            if length and latest[-length][1] >= reached:
                reached = found.end()
                yield latest[-length][1], reached


def _answers(term: Term, latest: deque[tuple[str, int]], word: _Read) -> int:
    """How many of the latest words answer the term; 0 for none."""
    if term.prefix and word.key.startswith(term.prefix):
        return 1
    length = len(term.alternatives[0])
    roots = tuple(root for root, _ in latest)[-length:]
    return length if roots in term.alternatives else 0
