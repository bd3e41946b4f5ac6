"""What the service remembers of requests: answers to repeat, and how many came in a window of time."""

from django.db import models


class IdempotencyRecord(models.Model):
    """The answer to one POST, sealed with a key derived from the client's Idempotency-Key.

    `lookup` is a keyed digest of caller, route and key; `fingerprint` one of the body. Nothing is readable.
    """

    lookup = models.CharField(primary_key=True, max_length=64)
    fingerprint = models.CharField(max_length=64)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.lookup[:8]


class RateWindow(models.Model):
    """How often `key` (a keyed digest) was seen in the window that began at `window`, across all workers."""

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key", "window"], name="ratewindow_unique")]
        indexes = [models.Index(fields=["window"], name="ratewindow_window")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window}"
