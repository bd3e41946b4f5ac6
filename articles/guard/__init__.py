"""The guard of minor updates: what of a reviewed text nobody may change without a review. Pure: no database, no clock.

docs/review.md lists what it watches, and what it cannot see. It takes time in proportion to the two texts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from articles.guard.reading import apart, facts, marks, places, urgent_texts, vocabulary
from articles.guard.tokens import Fact
from articles.markdown import Rendered

__all__ = ["MOST", "Difference", "Text", "differences"]

MOST = 50
"""Differences named at most."""

_ALIKE = 0.6
_LONGEST = 40
_WHOLE = {
    # field: what a difference in it is called
    "medical": "medical",
    "urgency": "urgency",
    "legal": "legal",
    "references": "reference",
    "content_notes": "content_note",
    "review_due_at": "review_date",
}


@dataclass(frozen=True)
class Text:
    """A content (`articles.content.FIELDS`) and its rendered body."""

    content: Mapping[str, Any]
    body: Rendered


@dataclass(frozen=True)
class Difference:
    """`code`: number, negation, claim, reference, legal, urgency, content_note, medical or review_date.

    `pointer` is a JSON Pointer into the content; `detail` a sentence that says what and where.
    """

    code: str
    detail: str
    pointer: str


def differences(reviewed: Text, now: Text) -> list[Difference]:
    """What of `now` differs from `reviewed` so that somebody must review it; empty when it is a minor update."""
    found = [
        *_of_fields(reviewed, now),
        *_of_claims(reviewed, now),
        *_of_words(reviewed, now),
        *_of_marks(reviewed, now),
    ]
    return found[:MOST]


def _of_fields(reviewed: Text, now: Text) -> Iterator[Difference]:
    for field, code in _WHOLE.items():
        if _comparable(field, reviewed.content) != _comparable(field, now.content):
            yield Difference(code, f"The field {field} differs from the reviewed text.", f"/{field}")


def _comparable(field: str, content: Mapping[str, Any]) -> Any:
    """The order of urgency cards is part of what they say; the order of the other lists is not."""
    value = content.get(field)
    return Counter(map(str, value)) if isinstance(value, list) and field != "urgency" else value


def _of_claims(reviewed: Text, now: Text) -> Iterator[Difference]:
    before, after = (Counter(_claims(text)) for text in (reviewed, now))
    for changed, word in (
        (before - after, "is not as it was reviewed"),
        (after - before, "was not reviewed"),
    ):
        for claim in changed:
            yield Difference("claim", f"The claim “{_short(claim[0])}” {word}.", "/body_markdown")


def _claims(text: Text) -> Iterator[tuple[str, ...]]:
    for claim in text.body.claims:
        words = " ".join(claim["text"].split())
        yield (words, claim["certainty"], claim["population"], *claim["references"])


def _of_words(reviewed: Text, now: Text) -> Iterator[Difference]:
    before, after = apart(*([*places(text.content, text.body.blocks)] for text in (reviewed, now)))
    known = vocabulary(before) | vocabulary(after)
    old, new = facts(before, known), facts(after, known)
    for pointer in dict.fromkeys((*old, *new)):
        yield from _between(old.get(pointer, []), new.get(pointer, []), pointer)


def _of_marks(reviewed: Text, now: Text) -> Iterator[Difference]:
    before, after = ([*marks(text.body.blocks)] for text in (reviewed, now))
    for kind in dict.fromkeys(fact.kind for fact in (*before, *after)):
        old, new = ([fact for fact in side if fact.kind == kind] for side in (before, after))
        yield from _between(old, new, "/body_markdown")
    if urgent_texts(reviewed.body.blocks) != urgent_texts(now.body.blocks):
        yield Difference(
            "urgency", "The words of an urgent box differ from the reviewed text.", "/body_markdown"
        )


def _between(before: Sequence[Fact], after: Sequence[Fact], pointer: str) -> Iterator[Difference]:
    """Told by what came and went; where nothing did, by what stands elsewhere or beside another word."""
    gone = [*_left(before, after, "is no longer there", pointer)]
    gone += _left(after, before, "was not in the reviewed text", pointer)
    yield from gone or _moved(before, after, pointer)


def _left(side: Sequence[Fact], other: Sequence[Fact], what: str, pointer: str) -> Iterator[Difference]:
    """What one side holds more often than the other."""
    stands = {(fact.kind, fact.text): fact.place for fact in reversed(side)}
    for kind, text in Counter(_names(side)) - Counter(_names(other)):
        place = stands[kind, text]
        where = f" (block {place})" if place else ""
        yield Difference(kind, f"“{_short(text)}” {what}{where}.", pointer)


def _moved(before: Sequence[Fact], after: Sequence[Fact], pointer: str) -> Iterator[Difference]:
    for old, new in zip(before, after, strict=True):
        if (old.kind, old.text) != (new.kind, new.text) or not _alike(old.before, new.before):
            where = f" in block {new.place}" if new.place else ""
            detail = f"“{_short(new.text)}” stands elsewhere, or before another word{where}."
            yield Difference(new.kind, detail, pointer)
            return


def _names(found: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    return ((fact.kind, fact.text) for fact in found)


def _alike(one: str, other: str) -> bool:
    """The same word, or one with a slip of the pen in it."""
    one, other = one[:_LONGEST], other[:_LONGEST]
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
