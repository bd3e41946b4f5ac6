"""The moderators' desk: who is reading what. No words of anybody. Private: delivery may not import this."""

from django.conf import settings
from django.db import models


class Claim(models.Model):
    """Who has taken a reply to read it, and until when; the latest claim of each reply.

    It ends by itself at `until`. `given_back` says that whoever had it did not want to go on. Mutable.
    """

    comment = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.CASCADE, related_name="claim"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    until = models.DateTimeField()
    given_back = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["by", "until"], name="claim_by_until")]

    def __str__(self) -> str:
        return f"{self.by_id} reads {self.comment_id}"
