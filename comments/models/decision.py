"""Rulings on comments. Append-only, and without a word of what was ruled on."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7
from comments.models.comment import STATES
from comments.querysets.queue import DecisionQuerySet

DECISIONS = ("publish", "hold", "reject", "spam", "remove")
LOGGED = (*DECISIONS, "undo", "redact")
"""What a row may tell of. Undoing and redacting are logged like decisions; nobody sends them as one."""


class Decision(models.Model):
    """One moderator's (or rule's) ruling on one exact version: who, when, from which state to which, and why.

    `decided_by` is null for a ruling of the gate, which `rule` then names. `reason` is a code of
    `comments.wording.REASONS`; a moderator's own words are a `DecisionNote`, because those can be erased.

    `before` is what undoing a person's decision goes back to: `{"waits": bool, "public": number or null, "versions":
    {number: state}}`. `undoes` is the decision that an `undo` took back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey("comments.Comment", on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    decision = models.CharField(max_length=8)
    old_state = models.CharField(max_length=9)
    new_state = models.CharField(max_length=9)
    reason = models.CharField(max_length=24)
    rule = models.CharField(max_length=64, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    before = models.JSONField(null=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undoing")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            # How long replies waited for a person is asked of the last days; most decisions are the gate's.
            models.Index(
                fields=["at", "id"],
                condition=models.Q(decided_by__isnull=False),
                name="decision_of_persons",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(decision__in=LOGGED), name="decision_decision"),
            models.CheckConstraint(
                condition=models.Q(decision="undo", undoes__isnull=False)
                | (~models.Q(decision="undo") & models.Q(undoes__isnull=True)),
                name="decision_undoes",
            ),
            models.CheckConstraint(
                condition=models.Q(old_state__in=STATES, new_state__in=STATES), name="decision_states"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=False) | ~models.Q(rule=""), name="decision_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.comment_id} v{self.version}"
