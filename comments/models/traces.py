"""What the gate remembers: keyed digests of recent texts, and what it learned from decisions. No words of anybody.

Private: delivery may not import this.
"""

from django.db import models


class TextDigest(models.Model):
    """One of the keyed digests by which a text that comes again is known. Erasure deletes the rows of its version."""

    version = models.ForeignKey("comments.CommentVersion", on_delete=models.CASCADE, related_name="digests")
    digest = models.CharField(max_length=16)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "version"], name="textdigest_unique"),
        ]

    def __str__(self) -> str:
        return str(self.version_id)


class LearnedGate(models.Model):
    """What `manage.py train_gate` made of the site's own decisions; one row, replaced by the next training.

    `weights` are little-endian 32-bit floats, one for each bucket into which a keyed digest puts words; `bias` is
    added to their sum, and a text whose sum reaches `threshold` is held. `key_id` names the key of the digests.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    weights = models.BinaryField()
    bias = models.FloatField()
    threshold = models.FloatField()
    key_id = models.CharField(max_length=16)
    spam_count = models.PositiveIntegerField()
    published_count = models.PositiveIntegerField()
    trained_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="learnedgate_one_row")]

    def __str__(self) -> str:
        return f"trained {self.trained_at}"
