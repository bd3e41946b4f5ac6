"""The verbs of replies: what authors, readers and moderators do. Each is one transaction, with the logs written last.

Reading these modules is reading the life of a reply; `docs/replies.md` draws it.
"""

from comments.actions.answer import SiteAnswer, answer
from comments.actions.claims import claim, claim_next, release
from comments.actions.confirming import want
from comments.actions.contacts import mute_author
from comments.actions.converse import appeal, send_message
from comments.actions.decide import decide, decide_among_many
from comments.actions.edit import edit
from comments.actions.erase import erase
from comments.actions.escalate import escalate, settle
from comments.actions.exposure import prefer
from comments.actions.labels import set_labels
from comments.actions.naming import names_nobody
from comments.actions.opening import allow_replies
from comments.actions.redact import Span, redact
from comments.actions.report import Reported, report
from comments.actions.submit import Submission, Submitted, submit
from comments.actions.undoing import undo
from comments.actions.writing import Draft, Words, compose

__all__ = [
    "Draft",
    "Reported",
    "SiteAnswer",
    "Span",
    "Submission",
    "Submitted",
    "Words",
    "allow_replies",
    "answer",
    "appeal",
    "claim",
    "claim_next",
    "compose",
    "decide",
    "decide_among_many",
    "edit",
    "erase",
    "escalate",
    "mute_author",
    "names_nobody",
    "prefer",
    "redact",
    "release",
    "report",
    "send_message",
    "set_labels",
    "settle",
    "submit",
    "undo",
    "want",
]
