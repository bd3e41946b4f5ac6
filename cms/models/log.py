"""The public log of changes, what waits to enter it, and the private audit. All but the waiting list append-only."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class Feed(models.Model):
    """The one row that names this log's epoch: a restored or re-made log has another, and cursors say which."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid7)

    def __str__(self) -> str:
        return str(self.epoch)


class Change(models.Model):
    """Something became visible or ceased to be. `id` is the order; it is taken under the log's lock. No text."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    type = models.CharField(max_length=32)
    subject = models.UUIDField()
    article_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    cache_tags = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="change_at")]

    def __str__(self) -> str:
        return f"{self.id} {self.type}"


class PendingChange(models.Model):
    """A transition that lies ahead; moved into the log, in time order, by whoever first needs the log after it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    due_at = models.DateTimeField()
    publication_id = models.UUIDField(unique=True)
    type = models.CharField(max_length=32)
    subject = models.UUIDField()
    article_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    cache_tags = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="pendingchange_due")]

    def __str__(self) -> str:
        return f"{self.due_at} {self.type}"


class AuditEntry(models.Model):
    """Who did what to what, when. `detail` holds no text of articles or replies and no address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=24)
    subject = models.UUIDField()
    detail = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="auditentry_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject}"
