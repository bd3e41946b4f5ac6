"""When moderators were last called by letter. Nothing of what they were called for. Private."""

from django.db import models


class AlertState(models.Model):
    """One row. `told_at` is when the latest alert was, or will be, sent. Mutable."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="alertstate_one_row")]

    def __str__(self) -> str:
        return f"told {self.told_at}"
