"""What making a preview link takes, and what the desk gets of one: never its token, but once."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from articles.actions.previewing import DEFAULT_LIFE, LONGEST_LIFE
from articles.models import PreviewLink
from articles.serializers.fields import Instant
from articles.serializers.shapes import instant, user

LINKS = "/api/v1/editorial/preview-links"
PREVIEW = "/api/v1/preview/articles"
SHORTEST = 60


class Life(serializers.Serializer):
    """What every link has."""

    label = serializers.CharField(  # type: ignore[assignment]  # a field's own label; the metaclass takes ours out
        max_length=200,
        required=False,
        default="",
        allow_blank=True,
        help_text="Whom it is for, in words the desk will know it by.",
    )
    expires_in = serializers.IntegerField(
        min_value=SHORTEST,
        max_value=int(LONGEST_LIFE.total_seconds()),
        required=False,
        default=int(DEFAULT_LIFE.total_seconds()),
        help_text="Seconds until it ends; 7 days unless you say otherwise, 30 days at most.",
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values: dict[str, Any] = dict(super().to_internal_value(data))
        return values | {"lasts": timedelta(seconds=values.pop("expires_in"))}


class NewArticleLink(Life):
    """A link to this article."""

    revision = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="Show this revision for ever. Empty: always the newest.",
    )


class NewLink(NewArticleLink):
    """A link to one article, one release, or one instant."""

    article = serializers.UUIDField(required=False, help_text="An article's id.")
    release = serializers.UUIDField(required=False, help_text="A release's id.")
    instant = Instant(required=False, help_text="An instant ahead: the whole site as it will be then.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = [name for name in ("article", "release", "instant") if name in attrs]
        if len(named) != 1:
            raise serializers.ValidationError("Name one of article, release, instant.")
        if "revision" in attrs and named != ["article"]:
            raise serializers.ValidationError({"revision": "Only an article has revisions."})
        return attrs


def link(found: PreviewLink) -> dict[str, Any]:
    """A link as the desk sees it. `found` is of `articles.actions.previewing.links`, which adds its state."""
    article = found.article
    return {
        "id": str(found.pk),
        "label": found.label,
        "article": {"id": str(article.pk), "title": article.head_title} if article else None,
        "revision": found.revision_number,
        "release": {"id": str(found.release.pk), "name": found.release.name} if found.release else None,
        "instant": instant(found.instant),
        "state": found.state,
        "created_by": user(found.created_by),
        "created_at": _second(found.created_at),
        "expires_at": _second(found.expires_at),
        "revoked_at": _second(found.revoked_at),
        "uses": found.uses,
        "last_used_at": _second(found.last_used_at),
        "href": f"{LINKS}/{found.pk}",
        "preview_href": f"{PREVIEW}/{article.pk}" if article else PREVIEW,
    }


def _second(value: Any) -> str | None:
    return instant(value.replace(microsecond=0)) if value else None
