"""Releases: several changes of several articles that begin at one instant, all or none."""

from django.conf import settings
from django.db import models

from cms.ids import uuid7

RELEASE_STATES = ("draft", "scheduled", "cancelled")
RELEASE_VERBS = ("publish", "withdraw", "unpublish")


class Release(models.Model):
    """`sequence` counts its writes and makes its tag. That it has begun follows from `effective_from`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    note = models.TextField(default="")
    state = models.CharField(max_length=16, default="draft")
    effective_from = models.DateTimeField(null=True)
    rolls_back = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="rollback")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    notices = models.JSONField(default=list)
    sequence = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RELEASE_STATES), name="release_state"),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(effective_from__isnull=False),
                name="release_scheduled_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "effective_from"], name="release_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def etag(self) -> str:
        return f'"l{self.sequence}"'


class ReleaseItem(models.Model):
    """One change of a release; `publication_id` names its row once the release is scheduled."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    revision_number = models.PositiveIntegerField(null=True)
    options = models.JSONField(default=dict)
    publication_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "article"], name="releaseitem_once"),
            models.CheckConstraint(condition=models.Q(verb__in=RELEASE_VERBS), name="releaseitem_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
