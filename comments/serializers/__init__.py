"""What may be sent. Input serializers only judge form; what follows from a value is the verbs'."""

from comments.serializers.author import EditReply, SubmitReply
from comments.serializers.editorial import DecideReplies, DecideReply, LabelReply, Prefer, UndoDecision

__all__ = [
    "DecideReplies",
    "DecideReply",
    "EditReply",
    "LabelReply",
    "Prefer",
    "SubmitReply",
    "UndoDecision",
]
