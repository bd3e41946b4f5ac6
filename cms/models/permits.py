"""Exceptions to the rules that the database holds, each a row that a trigger consults."""

from django.db import models

from cms.ids import uuid7


class Permit(models.Model):
    """While the row exists, `kind` is allowed for `subject`. Written and removed inside one transaction.

    `history`: publications of the past may be laid down for an article that has none yet.
    `purge`: append-only rows of an article, or of a comment, may be deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    subject = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="permit_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=["history", "purge"]), name="permit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
