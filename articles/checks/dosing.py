"""Amounts beside the name of a substance: a text that readers may follow gives none."""

from collections.abc import Iterator, Sequence

from articles.checks import substances
from articles.checks.examined import Examined, Finding
from articles.checks.words import Word, around

REACH = 25
"""Words before and after an amount, within its paragraph, among which a name makes it a dose."""

MASS = frozenset(
    "mg mcg ug μg milligram milligrams milligramme milligrammes microgram micrograms microgramme".split()
)
"""Units in which substances are weighed out. The sign μ is the Greek letter, as the micro sign folds."""

AMOUNTS = MASS | frozenset(
    """
    g gram grams gramme grammes ml millilitre millilitres milliliter milliliters tab tabs tablet tablets pill pills
    capsule capsules comprime comprimes gelule gelules goutte gouttes drop drops blotter blotters buvard buvards
    """.split()
)
"""Units and pieces that are a dose beside a substance, and may be anything else where none is named."""

BODY_WEIGHT = frozenset("mg/kg mcg/kg ug/kg μg/kg g/kg mg/day mg/jour mg/d mg/j".split())
NUMBER_WORDS = frozenset(
    "half quarter one two three four five ten demi demie un une deux trois quatre cinq dix".split()
)
DOSES = frozenset(
    """
    dose doses dosed dosage dosages dosing microdose microdoses microdosing redose daily nightly posologie
    microdosage quotidien quotidienne quotidiennement
    """.split()
)


def amounts(examined: Examined) -> Iterator[Finding]:
    for location, words in examined.texts():
        lines: dict[int, None] = {words[place].line: None for place in _doses(words)}
        for line in lines:
            message = (
                "An amount stands beside a substance or a dose, and may be followed: leave the number out."
            )
            yield Finding("dosing", "error", message, location, line)


def _doses(words: Sequence[Word]) -> Iterator[int]:
    for place, word in enumerate(words):
        if not (word.text in AMOUNTS or word.text in BODY_WEIGHT) or not _is_counted(words, place):
            continue
        near = {other.text for other in around(words, place, REACH)}
        weighed = word.text in MASS or word.text in BODY_WEIGHT
        if near & substances.ALL or (weighed and near & DOSES):
            yield place


def _is_counted(words: Sequence[Word], place: int) -> bool:
    """Whether a number stands just before: `25 mg`, `two tablets`, `half a gram`."""
    before = [
        word.text for word in words[max(0, place - 2) : place] if word.sentence == words[place].sentence
    ]
    if before[-1:] in (["a"], ["de"]):
        before.pop()
    return bool(before) and (before[-1][0].isdigit() or before[-1] in NUMBER_WORDS)
