"""Working copies: what an editor is writing and has not saved. They are no revisions, and no reader gets one."""

import json
from typing import Any

from django.conf import settings
from django.db import models

from cms.ids import uuid7


class Autosave(models.Model):
    """The one working copy of an editor and an article, overwritten as they type. It goes when either goes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="autosaves")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    based_on = models.PositiveIntegerField()
    content = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "editor"], name="autosave_one_per_editor"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} on r{self.based_on}"

    @property
    def document(self) -> dict[str, Any]:
        """Some of the fields of `articles.content.FIELDS`, as they were typed."""
        return json.loads(self.content)
