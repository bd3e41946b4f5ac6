"""Detail that could harm whoever reads it: amounts that are taken, and questions after ways. Looks for shapes; it
knows no list of ways, and it should not.
"""

import re
from collections.abc import Iterator

from comments.gate import Reply, Verdict
from comments.gate.crisis_words import CONCERNS, OF_OTHERS, SELF_HARM, SUICIDE
from comments.gate.folding import Words
from comments.gate.phrases import Phrases, span_of

VERSION = 1
NEAR = 10  # words between the parts of a detail

TAKING = Phrases(
    "take, taking, took, taken, dose, doses, dosed, dosing, dosage, dosages, microdose, microdosing,"
    "swallow, swallowed, inject, injected, injecting, snort, snorted, per day, daily, every day,"
    "times a day, prendre, prends, prenez, pris, avaler, avale, doser, injecter, par jour"
)
ASKING = Phrases(
    "method, methods, painless, painlessly, easiest, quickest, fastest, how to, best way, way to,"
    "how many, how much, methode, methodes, indolore, sans douleur, le plus rapide, comment faire,"
    "combien"
)
_AMOUNT = re.compile(r"\d+(?:mg|mcg|ug|µg|g|gr|grams?|ml|iu|pills?|tabs?|tablets?)")
_UNITS = frozenset(
    "mg mgs mcg ug g gr gram grams gramme grammes milligram milligrams milligramme milligrammes microgram micrograms"
    " ml pill pills tab tabs tablet tablets capsule capsules comprime comprimes gelule gelules goutte gouttes".split()
)


def check(reply: Reply) -> Iterator[Verdict]:
    found = reply.words
    for place in _near(_amounts(found), sorted(TAKING.find(found))):
        yield Verdict(
            "methods", VERSION, 0.7, "The text gives an amount that is taken.", span_of(found, *place)
        )
    asking = sorted(ASKING.find(found))
    lists = (SUICIDE, SELF_HARM, OF_OTHERS, CONCERNS) if asking else ()
    for place in _near(asking, sorted(place for phrases in lists for place in phrases.find(found))):
        yield Verdict(
            "methods",
            VERSION,
            0.9,
            "The text may ask after or describe a way to harm oneself.",
            span_of(found, *place),
        )


def _amounts(found: Words) -> list[tuple[int, int]]:
    """Places of "5 mg" and "5mg"."""
    amounts = []
    for place, word in enumerate(found):
        if _AMOUNT.fullmatch(word.text):
            amounts.append((place, place + 1))
        elif word.text in _UNITS and place and found[place - 1].text.isdigit():
            amounts.append((place - 1, place + 1))
    return amounts


def _near(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For each of `some` the place from it to the first of `others` within `NEAR` words. Both are in order."""
    at = 0
    for first, after in some:
        while at < len(others) and others[at][0] < first - NEAR:
            at += 1
        if at < len(others) and others[at][0] <= after + NEAR:
            yield min(first, others[at][0]), max(after, others[at][1])
