"""The verbs of replies. Each is one transaction, with the logs written last.

Reading these modules is reading the life of a reply; `docs/replies.md` draws it.
"""

from comments.actions.claims import claim, claim_next, release
from comments.actions.decide import decide
from comments.actions.edit import edit
from comments.actions.erase import erase
from comments.actions.submit import Submission, Submitted, submit
from comments.actions.undoing import undo
from comments.actions.writing import Draft, Words, compose

__all__ = [
    "Draft",
    "Submission",
    "Submitted",
    "Words",
    "claim",
    "claim_next",
    "compose",
    "decide",
    "edit",
    "erase",
    "release",
    "submit",
    "undo",
]
