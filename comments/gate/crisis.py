"""Mentions of self-harm, graded so that a person reads the gravest first. Holds, never rejects, never promises.

A short list of phrases in English and French, matched on folded words. It will miss what people say in other words
and flag what they say about somebody else: it orders a queue, it does not judge a person. A negation does not
lower a grade. The grade is private.
"""

from collections.abc import Iterator

from comments.gate import Reply, Verdict
from comments.gate.folding import Word, fold, words
from comments.gate.phrases import Phrases, span_of

VERSION = 1
MENTION, CONCERN, IMMEDIATE = 1, 2, 3
NEAR = 6  # words between an intention and a time that make it immediate

MENTIONS = Phrases(
    "suicide, suicides, suicidal, suicidality, overdose, overdosed, selfharm, selfharmed, self harm, self harmed,"
    "self harming, self injury, took his own life, took her own life, took their own life, killed himself,"
    "killed herself, killed themselves, ended his life, ended her life, ended their life, suicidaire, suicidaires,"
    "automutilation, scarification, scarifications, sest suicide, sest suicidee, tentative de suicide, sest tue,"
    "sest tuee, mis fin a ses jours, idees noires"
)
CONCERNS = Phrases(
    "kill myself, killing myself, end my life, ending my life, take my own life, taking my own life, take my life,"
    "end it all, ending it all, hurt myself, hurting myself, harm myself, harming myself, cut myself, cutting myself,"
    "want to die, wanna die, wish i was dead, wish i were dead, wish i could die, rather be dead, better off dead,"
    "better off without me, no reason to live, nothing to live for, dont want to live, do not want to live,"
    "dont want to be here, do not want to be here, dont want to wake up, do not want to wake up, never wake up,"
    "dont know how to go on, do not know how to go on, sais plus comment continuer,"
    "cant go on, can not go on, cannot go on, i am suicidal, im suicidal, feel suicidal, feeling suicidal,"
    "unalive myself, kms, suicide plan, suicide note, me suicider, me tuer, me faire du mal, envie de mourir,"
    "veux mourir, voudrais mourir, veux en finir, envie den finir, mettre fin a mes jours, plus envie de vivre,"
    "veux plus vivre, mieux sans moi, aucune raison de vivre, plus la force de vivre, suis suicidaire"
)
EMERGENCIES = Phrases(
    "have taken an overdose, ive taken an overdose, i took an overdose, have taken all my pills,"
    "ive taken all my pills, i took all my pills, going to kill myself, gonna kill myself, about to kill myself,"
    "going to end my life, going to end it, this is goodbye, my last message, by the time you read this,"
    "vais me tuer, vais me suicider, vais en finir, jai pris tous mes medicaments, cest mon dernier message"
)
TIMES = Phrases(
    "tonight, now, right now, today, tomorrow, this evening, this morning, this weekend, goodbye, pills, bridge, rope,"
    "gun, maintenant, demain, aujourdhui, ce soir, cette nuit, tout de suite, adieu, medicaments"
)
_EXPLANATIONS = {
    MENTION: "The text speaks of self-harm or suicide.",
    CONCERN: "The writer may be speaking of harming themselves.",
    IMMEDIATE: "The writer may be in danger now.",
}


def check(reply: Reply) -> Iterator[Verdict]:
    found = words(fold(reply.text))
    for grade, (first, after) in _graded(found):
        yield Verdict(
            "crisis", VERSION, grade / 3, _EXPLANATIONS[grade], span_of(found, first, after), grade=grade
        )


def _graded(found: list[Word]) -> list[tuple[int, tuple[int, int]]]:
    """The gravest first, so that a cap on the number of verdicts never hides it."""
    emergencies = [(IMMEDIATE, place) for place in EMERGENCIES.find(found)]
    concerns = list(CONCERNS.find(found))
    near = _near_a_time(found) if concerns else frozenset()
    graded = [(IMMEDIATE if first in near else CONCERN, (first, after)) for first, after in concerns]
    mentions = [(MENTION, place) for place in MENTIONS.find(found)]
    return sorted([*emergencies, *graded, *mentions], key=lambda entry: (-entry[0], entry[1]))


def _near_a_time(found: list[Word]) -> frozenset[int]:
    """The places of words within `NEAR` words of a time or a means."""
    return frozenset(
        place for first, after in TIMES.find(found) for place in range(max(0, first - NEAR), after + NEAR)
    )
