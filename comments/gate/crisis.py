"""Mentions of self-harm, graded so that a person reads the gravest first. Holds, never rejects, never promises.

Short lists of phrases in English and French, and three questions to the words around them: who is meant, is it
denied, is it now. It misses what people say in other words and flags what they say about somebody else: it orders
a queue, it does not judge a person. The grade is private.
"""

from collections.abc import Iterator

from django.conf import settings

from comments.gate import Reply, Verdict
from comments.gate.crisis_words import (
    BY_THE_WRITER,
    CONCERNS,
    EMERGENCIES,
    OF_OTHERS,
    SELF_HARM,
    SUICIDE,
    TIMES,
)
from comments.gate.folding import Words
from comments.gate.persons import NOBODY, WRITER, meant_at, names_the_writer
from comments.gate.phrases import span_of

VERSION = 2
MENTION, CONCERN, IMMEDIATE = 1, 2, 3
NEAR = 6  # words between an intention and a time that make it immediate

_DENIALS = frozenset("not never no isnt wasnt arent dont didnt pas jamais aucune aucun".split())
_DENIED_WITHIN = 3
_EXPLANATIONS = {
    MENTION: "The text speaks of self-harm or suicide.",
    CONCERN: "The writer may be speaking of harming themselves.",
    IMMEDIATE: "The writer may be in danger now.",
}
_Place = tuple[int, int]


def check(reply: Reply) -> Iterator[Verdict]:
    """Nothing where the site does not grade (`settings.COMMENT_CRISIS_GRADING`)."""
    if not settings.COMMENT_CRISIS_GRADING:
        return
    for grade, (first, after) in _graded(reply):
        yield Verdict(
            "crisis",
            VERSION,
            grade / 3,
            _EXPLANATIONS[grade],
            span_of(reply.words, first, after),
            grade=grade,
        )


def _graded(reply: Reply) -> list[tuple[int, _Place]]:
    """The gravest first, so that a cap on the number of verdicts never hides it."""
    found = reply.words
    emergencies = [(IMMEDIATE, place) for place in EMERGENCIES.find(found)]
    persons = meant_at(found, reply.text)
    concerns = [place for place in CONCERNS.find(found) if _may_be_the_writer(found, persons, place)]
    others = [(MENTION, place) for phrases in (SELF_HARM, OF_OTHERS) for place in phrases.find(found)]
    graded = [*emergencies, *_raised(concerns, found), *others, *_by_person(found, persons)]
    return sorted(graded, key=lambda entry: (-entry[0], entry[1]))


def _may_be_the_writer(found: Words, persons: list[str], place: _Place) -> bool:
    """ "want to die" is said of another in "you want to die"; "kill myself" is not."""
    first, after = place
    return persons[first] in (WRITER, NOBODY) or any(names_the_writer(word) for word in found[first:after])


def _by_person(found: Words, persons: list[str]) -> Iterator[tuple[int, _Place]]:
    """Words of suicide count as the writer's own where the nearest person before them is the writer."""
    for first, after in SUICIDE.find(found):
        own = _is_the_writers(persons, first) and not _denied(found, first)
        yield CONCERN if own else MENTION, (first, after)
    for first, after in BY_THE_WRITER.find(found):
        if persons[first] == WRITER:
            yield CONCERN, (first, after)


def _is_the_writers(persons: list[str], first: int) -> bool:
    """ "I think of suicide", or "suicide is what I think of" with nobody before it."""
    if persons[first] == NOBODY:
        return WRITER in persons[first : first + NEAR]
    return persons[first] == WRITER


def _denied(found: Words, first: int) -> bool:
    """ "I am not suicidal". What somebody says that they would never do stays a concern: see `CONCERNS`."""
    return any(word.text in _DENIALS for word in found[max(0, first - _DENIED_WITHIN) : first])


def _raised(concerns: list[_Place], found: Words) -> list[tuple[int, _Place]]:
    near = _near_a_time(found) if concerns else frozenset()
    return [(IMMEDIATE if first in near else CONCERN, (first, after)) for first, after in concerns]


def _near_a_time(found: Words) -> frozenset[int]:
    """The places of words within `NEAR` words of a time or a means."""
    return frozenset(
        place for first, after in TIMES.find(found) for place in range(max(0, first - NEAR), after + NEAR)
    )
