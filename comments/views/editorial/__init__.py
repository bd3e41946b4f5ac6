"""What moderators read and decide, a file for each noun."""

from comments.views.editorial.one import Decisions, ModeratedComment, ModeratedVersions
from comments.views.editorial.queue import Queue

__all__ = ["Decisions", "ModeratedComment", "ModeratedVersions", "Queue"]
