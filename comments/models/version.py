"""The words of a comment, one row each time they were written. Public-safe: holds only what may become public."""

from django.db import models

from cms.ids import uuid7

STATES = ("pending", "public", "superseded", "refused")
DISPLAY = ("name", "initials", "anonymous")


class CommentVersion(models.Model):
    """One text. `public_name` is what readers would see under `display_as`, never what was typed beyond it.

    The words change only by erasure, which empties them and sets `erased_at` (`comments.triggers`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    display_as = models.CharField(max_length=9, default="name")
    public_name = models.CharField(max_length=100, default="")
    public_website = models.CharField(max_length=500, default="")
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, default="pending")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="commentversion_number_unique"),
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(state="public"), name="commentversion_one_public"
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(state="pending"), name="commentversion_one_pending"
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="commentversion_state"),
            models.CheckConstraint(condition=models.Q(display_as__in=DISPLAY), name="commentversion_display"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} v{self.number} {self.state}"
