"""Where a text answers a query: fragments of plain text, and the spans in them, in code points."""

from collections.abc import Iterator
from typing import Any

from articles.models.search import SearchText
from articles.searching.queries import Query, Term
from articles.searching.words import Word, language_of, stem, words_of

BEFORE, AFTER = 80, 160
"""Characters of a body shown before the first match and after it, to the next whole word."""

Span = tuple[int, int]


def highlights(text: SearchText, query: Query) -> list[dict[str, Any]]:
    """`[{field, text, marks: [{start, end}]}]`: title, summary, the first heading and one place of the body."""
    language = language_of(text.locale)
    found = []
    for field in ("title", "summary"):
        whole: str = getattr(text, field)
        found.append(_fragment(field, whole, list(_spans(whole, query.wanted, language))))
    for heading in text.headings.split("\n"):
        spans = list(_spans(heading, query.wanted, language))
        if spans:
            found.append(_fragment("headings", heading, spans))
            break
    found.append(_place(text.body, query, language))
    return [fragment for fragment in found if fragment["marks"]]


def _place(body: str, query: Query, language: str) -> dict[str, Any]:
    """The surroundings of the first match; what comes after them is not looked at."""
    spans: list[Span] = []
    for start, end in _spans(body, query.wanted, language):
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


def _spans(text: str, terms: tuple[Term, ...], language: str) -> Iterator[Span]:
    """The spans that answer a term, in their order, none within another."""
    lasts = {alternative[-1] for term in terms for alternative in term.alternatives}
    prefixes = tuple(term.prefix for term in terms if term.prefix)
    seen: list[Word] = []
    roots: list[str] = []
    reached = 0
    for word in words_of(text):
        seen.append(word)
        roots.append(stem(word.key, language))
        if roots[-1] in lasts or (prefixes and word.key.startswith(prefixes)):
            length = max(_answers(term, roots, word) for term in terms)
            if length and seen[-length].start >= reached:
                reached = word.end
                yield seen[-length].start, word.end


def _answers(term: Term, roots: list[str], word: Word) -> int:
    """How many of the latest words answer the term; 0 for none."""
    if term.prefix and word.key.startswith(term.prefix):
        return 1
    length = len(term.alternatives[0])
    return length if tuple(roots[-length:]) in term.alternatives else 0
