"""What moderators read and decide, a file for each noun."""

from comments.views.editorial.claiming import ClaimReply, NextReply, ReleaseReply
from comments.views.editorial.one import Decisions, ModeratedComment, ModeratedVersions, UndoneDecision
from comments.views.editorial.queue import Queue

__all__ = [
    "ClaimReply",
    "Decisions",
    "ModeratedComment",
    "ModeratedVersions",
    "NextReply",
    "Queue",
    "ReleaseReply",
    "UndoneDecision",
]
