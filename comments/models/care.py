"""What people say about a reply beside deciding on it: escalations, messages, appeals, reports. Private.

Delivery may not import this. Erasure empties or deletes every word in it (`comments.actions.care`).
"""

from django.conf import settings
from django.db import models

from cms.ids import uuid7

REPORT_REASONS = ("spam", "abuse", "off_topic", "harm", "privacy", "other")


class Escalation(models.Model):
    """A moderator handed a reply to somebody who can do more. Open until somebody records what was done.

    The row outlives the reply's erasure without a word of `to`, `note` and `done`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey("comments.Comment", on_delete=models.PROTECT, related_name="escalations")
    to = models.CharField(max_length=100)
    note = models.CharField(max_length=2000, default="")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    done = models.CharField(max_length=2000, default="")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="escalation_closed_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="escalation_open", condition=models.Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{'closed' if self.closed_at else 'open'} {self.comment_id}"


class AuthorMessage(models.Model):
    """A moderator's words to the author of a reply, which only the author's status shows. Erasure deletes the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey("comments.Comment", on_delete=models.PROTECT, related_name="messages")
    text = models.CharField(max_length=2000)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.comment_id)


class Appeal(models.Model):
    """An author's objection to one decision; the next decision answers it. Erasure deletes the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey("comments.Comment", on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField("comments.Decision", on_delete=models.PROTECT, related_name="appeal")
    text = models.CharField(max_length=2000)
    sent_at = models.DateTimeField()
    answer = models.OneToOneField(
        "comments.Decision", null=True, on_delete=models.PROTECT, related_name="answered"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(answer__isnull=True), name="appeal_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{'answered' if self.answer_id else 'open'} {self.comment_id}"


class Report(models.Model):
    """What somebody says is wrong with a reply that they read. Any decision on the reply closes it.

    `reporter` is a keyed digest of an address, made for this one reply; it is emptied when the report is closed.
    Erasure deletes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey("comments.Comment", on_delete=models.PROTECT, related_name="reports")
    reporter = models.CharField(max_length=64, default="")
    reason = models.CharField(max_length=9)
    identifies_me = models.BooleanField(default=False)
    frightens_me = models.BooleanField(default=False)
    urgent = models.GeneratedField(
        expression=models.Case(
            models.When(models.Q(identifies_me=True) | models.Q(frightens_me=True), then=models.Value(True)),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    note = models.CharField(max_length=2000, default="")
    sent_at = models.DateTimeField()
    closed_by = models.ForeignKey("comments.Decision", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=REPORT_REASONS), name="report_reason"),
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=models.Q(closed_by__isnull=True) & ~models.Q(reporter=""),
                name="report_one_open_each",
            ),
        ]
        indexes = [
            models.Index(fields=["closed_by", "-urgent", "id"], name="report_by_urgency"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.comment_id}"
