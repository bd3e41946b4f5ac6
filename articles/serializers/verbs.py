"""What the verbs of an article take."""

from typing import Any

from rest_framework import serializers

from articles.content import MOST
from articles.serializers.content import Seo
from articles.serializers.fields import Instant, Slug, Text


class NewPublication(serializers.Serializer):
    """Without `effective_from` it begins now; without `effective_until` it has no end."""

    revision = serializers.IntegerField(min_value=1)
    effective_from = Instant(required=False, allow_null=True)
    effective_until = Instant(required=False, allow_null=True)
    update_type = serializers.ChoiceField(("major", "minor"), default="major")
    change_note = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    correction = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    break_glass = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class PublicationPatch(serializers.Serializer):
    """Bounds that lie ahead. A null `effective_until` opens the end."""

    effective_from = Instant(required=False)
    effective_until = Instant(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send effective_from, effective_until, or both.")
        return attrs


class TakeDown(serializers.Serializer):
    how = serializers.ChoiceField(("withdraw", "unpublish", "archive"))
    reason = serializers.ChoiceField(
        ("editorial", "outdated", "error", "privacy", "consent", "legal", "harm", "security"),
        default="editorial",
    )
    explanation = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    alternative = serializers.UUIDField(required=False, allow_null=True)
    keep_history = serializers.BooleanField(
        default=False,
        help_text="Whether the past texts stay readable. Otherwise, for privacy, consent, legal, harm or security, "
        "their suppression is asked for.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["how"] == "withdraw" and not attrs["explanation"].strip():
            raise serializers.ValidationError({"explanation": "Readers are told why a text is withdrawn."})
        return attrs


class Restore(serializers.Serializer):
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    message = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class Duplicate(serializers.Serializer):
    """Without `title` the copy keeps it; without `slug` the copy has none yet."""

    title = serializers.CharField(max_length=300, required=False)
    slug = Slug(required=False, allow_blank=True)


class NoteInProgress(serializers.Serializer):
    type = serializers.CharField(max_length=64, required=False, allow_blank=True)
    intensity = serializers.IntegerField(required=False, allow_null=True)


class CardInProgress(serializers.Serializer):
    level = serializers.CharField(max_length=64, required=False, allow_blank=True)
    text = Text(max_length=500, required=False, allow_blank=True)


def _typed(most: int) -> Text:
    return Text(max_length=most, required=False, allow_blank=True)


def _keys(field: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=200, allow_blank=True), max_length=MOST[field], required=False
    )


class WorkingCopy(serializers.Serializer):
    """Any of the content's fields as they stand while somebody types: only types and lengths are judged."""

    based_on = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    title = _typed(300)
    slug = _typed(200)
    summary = _typed(1000)
    body_markdown = _typed(MOST["body_markdown"])
    topics = _keys("topics")
    authors = _keys("authors")
    medical = serializers.BooleanField(required=False)
    content_notes = NoteInProgress(many=True, required=False)
    urgency = CardInProgress(many=True, required=False)
    legal = _keys("legal")
    references = _keys("references")
    related = _keys("related")
    seo = Seo(required=False)
    comments_policy = _typed(64)
    comments_close_at = serializers.CharField(
        max_length=64, required=False, allow_blank=True, allow_null=True
    )
    review_due_at = serializers.CharField(max_length=64, required=False, allow_blank=True, allow_null=True)
    extra = serializers.DictField(required=False)
