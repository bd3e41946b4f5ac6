"""Which kinds of hard content a text seems to hold, so that a moderator may leave some of them to others.

The kinds are those of content notes. Words are counted, nothing is understood; moderators set what is missed.
"""

from articles.checks.notes import FAMILIES, NOT_MEANT
from comments.gate import Reply, Ruling
from comments.gate.language import languages
from comments.models.desk import KINDS

_BY_RULE = {"methods": "suicide-self-harm", "sellers": "substance-use"}


def kinds_of(reply: Reply, ruling: Ruling) -> tuple[str, ...]:
    """The kinds in the order of `KINDS`: by words (linear in their number), by the rules that found something, and by
    the grade.
    """
    found = {_BY_RULE[verdict.rule] for verdict in ruling.verdicts if verdict.rule in _BY_RULE}
    if ruling.grade:
        found.add("suicide-self-harm")
    not_meant = tuple(start for name in sorted(languages(reply.words)) for start in NOT_MEANT.get(name, ()))
    meant = [word for word in reply.words.vocabulary if not word.startswith(not_meant)]
    found |= {kind for kind, starts in FAMILIES.items() if any(word.startswith(starts) for word in meant)}
    return tuple(kind for kind in KINDS if kind in found)
