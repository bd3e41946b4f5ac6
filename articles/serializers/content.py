"""The fields of an article's content, as an editor sends them."""

from typing import Any

from rest_framework import serializers

from articles.content import COMMENTS_POLICIES, MOST, NOTE_TYPES, URGENCY_LEVELS
from articles.models.article import KINDS
from articles.serializers.fields import InstantText, Key, Locale, Slug, Text, UuidText


class ContentNote(serializers.Serializer):
    type = serializers.ChoiceField(NOTE_TYPES)
    intensity = serializers.IntegerField(min_value=1, max_value=3)


class UrgencyCard(serializers.Serializer):
    level = serializers.ChoiceField(URGENCY_LEVELS)
    text = serializers.CharField(max_length=500)


class Seo(serializers.Serializer):
    title = serializers.CharField(max_length=200, allow_blank=True, allow_null=True, required=False)
    description = serializers.CharField(max_length=320, allow_blank=True, allow_null=True, required=False)


class Content(serializers.Serializer):
    """Every field may be left out: creating fills in defaults, patching keeps what is there; null resets."""

    title = serializers.CharField(max_length=300, required=False, allow_blank=True)
    slug = Slug(required=False, allow_blank=True)
    summary = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    body_markdown = Text(max_length=MOST["body_markdown"], required=False, allow_blank=True)
    topics = serializers.ListField(child=Slug(), max_length=MOST["topics"], required=False)
    authors = serializers.ListField(child=Slug(), max_length=MOST["authors"], required=False)
    medical = serializers.BooleanField(required=False)
    content_notes = ContentNote(many=True, required=False)
    urgency = UrgencyCard(many=True, required=False)
    legal = serializers.ListField(child=Key(), max_length=MOST["legal"], required=False)
    references = serializers.ListField(child=Key(), max_length=MOST["references"], required=False)
    related = serializers.ListField(child=UuidText(), max_length=MOST["related"], required=False)
    seo = Seo(required=False)
    comments_policy = serializers.ChoiceField(COMMENTS_POLICIES, required=False)
    comments_close_at = InstantText(required=False, allow_null=True)
    review_due_at = InstantText(required=False, allow_null=True)
    extra = serializers.DictField(required=False)
    message = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("topics", "authors", "legal", "references", "related"):
            values = attrs.get(name) or []
            if len(set(values)) != len(values):
                raise serializers.ValidationError({name: "Name each entry once."})
        return attrs


class NewArticle(Content):
    kind = serializers.ChoiceField(KINDS, default="article")
    locale = Locale(default="en")
    translation_of = serializers.UUIDField(required=False, allow_null=True)
    title = serializers.CharField(max_length=300)


class ArticlePatch(Content):
    """A merge patch (RFC 7396). `kind` and `locale` change only while the article was never public.

    `translated_from` is the number of the source's revision that a translation has caught up with.
    """

    kind = serializers.ChoiceField(KINDS, required=False)
    locale = Locale(required=False)
    translated_from = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class MarkdownText(serializers.Serializer):
    body_markdown = Text(max_length=MOST["body_markdown"], allow_blank=True)
