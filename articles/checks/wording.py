"""Lints of wording: phrases that guidelines ask writers to leave, and promises. Mostly advice: people are not lists.

Which phrases, and whose advice they are, is `phrases`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from articles.checks.examined import Examined, Finding
from articles.checks.phrases import NEGATIONS, PROMISES, SUBSTANCE_USE, SUICIDE, TRAUMA, Lint
from articles.checks.words import Word, around, stands_at

Found = tuple[str, int, str, Lint]
"""Where a phrase stands: place in the content, line, the phrase, and the lint that it belongs to."""

Lints = Mapping[str, tuple[Lint, ...]]

BEFORE = 5
"""How many words before a promise may deny it."""

REACH = 12
"""How many words from a mention of suicide a word for a method makes the two one picture."""

METHODS = {
    "en": frozenset(
        "hanging hanged overdose overdosed gun firearm gunshot poison poisoned pesticide jumped strangled".split()
    ),
    "fr": frozenset(
        "pendaison pendu pendue surdose overdose arme poison empoisonne pesticide defenestre".split()
    ),
}


def suicide(examined: Examined) -> Iterator[Finding]:
    for location, line, phrase, lint in _found(examined, SUICIDE):
        yield Finding("suicide_wording", "advice", _message(phrase, lint), location, line)


def suicide_method(examined: Examined) -> Iterator[Finding]:
    methods = METHODS.get(examined.language, frozenset())
    lines: dict[int, None] = {}
    for place, word in enumerate(examined.words):
        if word.text in methods and any(
            other.text.startswith("suicid") for other in around(examined.words, place, REACH)
        ):
            lines[word.line] = None
    for line in lines:
        message = "A method is named beside suicide; leave it out unless the sentence cannot do without (who2023media)."
        yield Finding("suicide_method", "advice", message, "/body_markdown", line)


def substance_use(examined: Examined) -> Iterator[Finding]:
    for location, line, phrase, lint in _found(examined, SUBSTANCE_USE):
        yield Finding("substance_wording", "advice", _message(phrase, lint), location, line)


def trauma(examined: Examined) -> Iterator[Finding]:
    for location, line, phrase, lint in _found(examined, TRAUMA):
        yield Finding("trauma_wording", "advice", _message(phrase, lint), location, line)


def promises(examined: Examined) -> Iterator[Finding]:
    for location, line, phrase, lint in _found(examined, PROMISES, denied_by=NEGATIONS):
        yield Finding("promise", "warning", _message(phrase, lint), location, line)


def _message(phrase: str, lint: Lint) -> str:
    source = f" ({lint.source})" if lint.source else ""
    return f"“{phrase}”: better say {lint.instead}{source}."


def _found(examined: Examined, lints: Lints, denied_by: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Every phrase of the article's language, once a line; the longest of those that begin at one word."""
    index = _index(lints.get(examined.language, ()))
    seen = set()
    for location, words in examined.texts():
        for place, word in enumerate(words):
            for phrase, lint in index.get(word.text, ()):
                if stands_at(phrase, words, place) and not _excused(
                    words, place, len(phrase), lint, denied_by
                ):
                    shown = " ".join(phrase)
                    if (location, word.line, shown) not in seen:
                        seen.add((location, word.line, shown))
                        yield location, word.line, shown, lint
                    break


@cache
def _index(lints: tuple[Lint, ...]) -> dict[str, list[tuple[tuple[str, ...], Lint]]]:
    """The phrases by their first word, longer ones first: a text is read once, however many phrases there are."""
    index: dict[str, list[tuple[tuple[str, ...], Lint]]] = {}
    for lint in lints:
        for phrase in lint.phrases:
            words = tuple(phrase.split())
            index.setdefault(words[0], []).append((words, lint))
    for listed in index.values():
        listed.sort(key=lambda item: -len(item[0]))
    return index


def _excused(words: Sequence[Word], place: int, length: int, lint: Lint, denied_by: frozenset[str]) -> bool:
    sentence = words[place].sentence
    before = [word.text for word in words[max(0, place - BEFORE) : place] if word.sentence == sentence]
    after = [word.text for word in words[place + length : place + length + 1] if word.sentence == sentence]
    return bool(lint.unless_after & set(after)) or bool(denied_by & set(before))
