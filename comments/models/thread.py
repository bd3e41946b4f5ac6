"""The thread of one article: its policy and its counts. Public-safe."""

from datetime import datetime

from django.db import models

POLICIES = ("hold", "publish", "closed")


class Thread(models.Model):
    """One row an article's identity, made at the first reply. Whoever changes a thread locks this row, never the
    article's, so that replies do not contend with editors. Mutable.

    `public_count` counts published comments, `held_count` comments with a version that waits for a decision.
    """

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    policy = models.CharField(max_length=8, default="hold")
    closes_at = models.DateTimeField(null=True)
    last_root = models.PositiveBigIntegerField(default=0)
    public_count = models.PositiveIntegerField(default=0)
    held_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(policy__in=POLICIES), name="thread_policy"),
        ]

    def __str__(self) -> str:
        return f"thread of {self.article_id}"

    def is_closed(self, now: datetime) -> bool:
        """Whether nothing new is accepted at `now`."""
        return self.policy == "closed" or (self.closes_at is not None and self.closes_at <= now)
