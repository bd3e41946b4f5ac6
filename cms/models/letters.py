"""Letters that wait to be sent: sealed, so that no table, dump or backup tells to whom or what about."""

from django.db import models

from cms.ids import uuid7

WAITING, GIVEN_UP = "waiting", "given_up"
REASONS = ("", "refused", "exhausted")
"""Why a letter was given up: the server refused it for good, or every attempt failed."""


class Letter(models.Model):
    """One letter to one address. It is deleted when it is sent; given up, it is emptied and only counts.

    `sealed` holds what `cms.mail` needs (AES-GCM). `writer` names a function that writes the letter when its time
    comes; empty for one that is written already. `about` is the id of what it is about, by which it can be withdrawn.
    Whoever sends it first moves `due_at` ahead: until then nobody else takes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    writer = models.CharField(max_length=100, default="")
    about = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, default=WAITING)
    reason = models.CharField(max_length=9, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=[WAITING, GIVEN_UP]), name="letter_state"),
            models.CheckConstraint(condition=models.Q(reason__in=REASONS), name="letter_reason"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"
