"""When moderators were last called, and calls of the site's own address on their way. Nothing of what it is about."""

from django.db import models

from cms.ids import uuid7


class AlertState(models.Model):
    """One row. `told_at` is when the latest alert was, or will be, sent. Mutable."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="alertstate_one_row")]

    def __str__(self) -> str:
        return f"told {self.told_at}"


class AlertCall(models.Model):
    """One call until it was taken or given up. Whoever makes it first moves `due_at` ahead. Mutable.

    What it says is found out when it is made. `id` is its `webhook-id`, the same at every attempt.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"call {self.id}"
