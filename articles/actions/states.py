"""In which state an article is for the desk, and what every verb makes of it there: the one table of transitions.

Verbs judge by it, `docs/states.md` is written from it (`manage.py states`), and nothing else lists it.
"""

from collections.abc import Mapping

from cms.errors import WrongState

STATES: Mapping[str, str] = {
    "draft": "It was never public, and nothing of it lies ahead.",
    "scheduled": "It was never public, and will be.",
    "live": "Readers get its newest revision.",
    "changed": "Readers get a revision, and there is a newer one.",
    "withdrawn": "Readers get its text under a banner that says why.",
    "gone": "Readers get 410 with a reason.",
    "archived": "Gone, and off the desk's lists until somebody takes it up again.",
    "binned": "In the bin for 30 days; every address answers 404.",
}
"""The desk's word for an article, and what it means."""

VERBS: Mapping[str, str] = {
    "save": "save another revision",
    "restore": "save the text of an older revision as a new one",
    "publish": "make the newest revision public now",
    "schedule": "make the newest revision public at an instant ahead",
    "begin": "time: the instant of what was scheduled comes",
    "withdraw": "take down, still readable under a banner",
    "unpublish": "take down, gone",
    "archive": "take down, gone, and off the lists",
    "expire": "time: the end of a publication comes",
    "delete": "put into the bin",
}
"""What changes the state. `begin` and `expire` are nobody's: they come with their instant."""

_PUBLIC = ("live", "changed")
_WRITTEN = {
    "draft": "draft",
    "scheduled": "scheduled",
    "live": "changed",
    "changed": "changed",
    "withdrawn": "withdrawn",
    "gone": "gone",
    "archived": "gone",
}
TRANSITIONS: Mapping[tuple[str, str], str] = {
    # (verb, state before) -> state after
    **{("save", before): after for before, after in _WRITTEN.items()},
    **{("restore", before): after for before, after in _WRITTEN.items()},
    **{("publish", before): "live" for before in _WRITTEN},
    **{("schedule", before): before for before in ("live", "changed", "withdrawn", "gone", "scheduled")},
    ("schedule", "draft"): "scheduled",
    ("schedule", "archived"): "gone",
    ("begin", "scheduled"): "live",
    **{("begin", before): "live" for before in ("live", "changed", "withdrawn", "gone")},
    **{("withdraw", before): "withdrawn" for before in _PUBLIC},
    **{("unpublish", before): "gone" for before in (*_PUBLIC, "withdrawn")},
    **{("archive", before): "archived" for before in (*_PUBLIC, "withdrawn")},
    **{("expire", before): "gone" for before in (*_PUBLIC, "withdrawn")},
    ("delete", "draft"): "binned",
}
"""What a verb makes of an article in a state. A pair that is missing is refused, as `REFUSED` says."""

REFUSED: Mapping[str, tuple[str, str]] = {
    # verb -> the code of the refusal, and a sentence
    "withdraw": ("not_public", "An article that is not public cannot be taken down by withdraw."),
    "unpublish": ("not_public", "An article that is not public cannot be taken down by unpublish."),
    "archive": ("not_public", "An article that is not public cannot be taken down by archive."),
    "delete": ("was_public", "What was public cannot be deleted; take it down instead."),
}

_OF_A_ROW = {"archived": "gone", "changed": "live"}
"""A row of the timeline knows three states; the desk's words say more."""


def after(verb: str, before: str) -> str:
    """The desk's state after `verb`. Raises WrongState with the verb's code where it has no place."""
    if (verb, before) not in TRANSITIONS:
        raise refusal(verb)
    return TRANSITIONS[verb, before]


def refusal(verb: str) -> WrongState:
    """What `verb` is refused with where it has no place."""
    code, sentence = REFUSED[verb]
    return WrongState(sentence, code=code)


def row_state(verb: str, before: str) -> str:
    """The state of the row that `verb` begins after one of state `before`. Raises WrongState."""
    found = after(verb, before)
    return _OF_A_ROW.get(found, found)


TAKE_DOWN: Mapping[tuple[str, str], str] = {
    (verb, before): _OF_A_ROW.get(found, found)
    for (verb, before), found in TRANSITIONS.items()
    if verb in ("withdraw", "unpublish", "archive") and before in ("live", "withdrawn")
}
"""What taking down makes of a row's state. Anything else is refused."""
