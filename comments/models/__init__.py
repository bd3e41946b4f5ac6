"""Tables of replies: threads, comments, versions, decisions; and, in `private`, what no reader may reach.

Delivery imports the modules it needs one by one and never this package, which also loads `private` for Django.
"""

from comments.models.alert import AlertCall, AlertState
from comments.models.care import Appeal, AuthorMessage, Escalation, Report
from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.desk import Claim, CommentLabel, DeskPreferences, Reading
from comments.models.mail import Confirmation, Notice
from comments.models.private import CommentPrivate, Contact, DecisionNote, VersionPrivate
from comments.models.requests import ContactRequest
from comments.models.spent import SpentToken
from comments.models.thread import Thread
from comments.models.traces import LearnedGate, TextDigest
from comments.models.version import CommentVersion

__all__ = [
    "AlertCall",
    "AlertState",
    "Appeal",
    "AuthorMessage",
    "Claim",
    "Comment",
    "CommentLabel",
    "CommentPrivate",
    "CommentVersion",
    "Confirmation",
    "Contact",
    "ContactRequest",
    "Decision",
    "DecisionNote",
    "DeskPreferences",
    "Escalation",
    "LearnedGate",
    "Notice",
    "Reading",
    "Report",
    "SpentToken",
    "TextDigest",
    "Thread",
    "VersionPrivate",
]
