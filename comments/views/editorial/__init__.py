"""What moderators read and decide, a file for each noun."""

from comments.views.editorial.answers import SiteAnswers
from comments.views.editorial.blocks import AuthorBlock
from comments.views.editorial.bulk import BulkDecisions
from comments.views.editorial.care import (
    Appeals,
    Escalations,
    Messages,
    OneEscalation,
    OpenEscalations,
    OpenReports,
    Reports,
)
from comments.views.editorial.claiming import ClaimReply, NextReply, ReleaseReply
from comments.views.editorial.letters import MuteAuthor
from comments.views.editorial.looking import NamesNobody, Redactions, Waits
from comments.views.editorial.me import Exposure, Preferences
from comments.views.editorial.one import (
    Decisions,
    Labels,
    ModeratedComment,
    ModeratedVersions,
    UndoneDecision,
)
from comments.views.editorial.queue import Queue
from comments.views.editorial.subject import EraseAuthor, ExportAuthor

__all__ = [
    "Appeals",
    "AuthorBlock",
    "BulkDecisions",
    "ClaimReply",
    "Decisions",
    "EraseAuthor",
    "Escalations",
    "ExportAuthor",
    "Exposure",
    "Labels",
    "Messages",
    "ModeratedComment",
    "ModeratedVersions",
    "MuteAuthor",
    "NamesNobody",
    "NextReply",
    "OneEscalation",
    "OpenEscalations",
    "OpenReports",
    "Preferences",
    "Queue",
    "Redactions",
    "ReleaseReply",
    "Reports",
    "SiteAnswers",
    "UndoneDecision",
    "Waits",
]
