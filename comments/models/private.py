"""What no reader may reach: addresses, typed names, digests, grades, verdicts, notes. Delivery may not import this."""

from django.db import models

from cms.ids import uuid7
from comments.querysets.queue import QueueQuerySet

GRADES = ("none", "mention", "concern", "immediate")
"""How a text speaks of self-harm, as numbers 0 to 3 in the tables."""


class Contact(models.Model):
    """The private side of a commenter: the address, sealed (AES-GCM), and a keyed digest that finds it again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email_sealed = models.BinaryField()
    email_mac = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class CommentPrivate(models.Model):
    """Who wrote a comment, as far as is known, and its place in the moderators' queue.

    `queue` is `waiting` while a version waits for a decision, else the comment's state; `urgency` is 3 minus the
    grade and `since` when the latest version came, so that one ascending index serves the queue.
    """

    comment = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.PROTECT, related_name="private"
    )
    article_id = models.UUIDField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="comments")
    ip_digest = models.CharField(max_length=64, default="")
    author_token_sha256 = models.CharField(max_length=64)
    country = models.CharField(max_length=6, default="")
    locale = models.CharField(max_length=35, default="")
    privacy_version = models.CharField(max_length=32, default="")
    queue = models.CharField(max_length=9, default="waiting")
    urgency = models.PositiveSmallIntegerField(default=3)
    since = models.DateTimeField()

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(urgency__lte=3), name="commentprivate_urgency"),
        ]
        indexes = [
            models.Index(fields=["queue", "urgency", "since", "comment"], name="commentprivate_queue"),
            models.Index(
                fields=["article_id", "queue", "urgency", "since", "comment"], name="commentprivate_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.comment_id}"

    @property
    def grade(self) -> str:
        return GRADES[3 - self.urgency]


class VersionPrivate(models.Model):
    """What was typed beside the text of one version, and what the gate said of it. Erasure deletes the row."""

    version = models.OneToOneField(
        "comments.CommentVersion", primary_key=True, on_delete=models.PROTECT, related_name="private"
    )
    author_name = models.CharField(max_length=100)
    author_website = models.CharField(max_length=500, default="")
    verdicts = models.JSONField(default=list)
    grade = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version_id)


class DecisionNote(models.Model):
    """A moderator's own words to a decision. They may quote the reader, so erasure deletes the row."""

    decision = models.OneToOneField(
        "comments.Decision", primary_key=True, on_delete=models.PROTECT, related_name="note"
    )
    text = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return str(self.decision_id)
