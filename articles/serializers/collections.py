"""What a collection takes: texts by locale, and articles in the order of whoever curates it."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from articles.serializers.catalogue import Texts
from articles.serializers.fields import Instant, Slug, UuidText

MOST_ARTICLES = 200


class Collection(serializers.Serializer):
    """Without `effective_from` a version begins now; with it, at that instant ahead."""

    title = Texts(allow_empty=False)
    summary = Texts(required=False, default=dict)
    articles = serializers.ListField(
        child=UuidText(),
        required=False,
        default=list,
        max_length=MOST_ARTICLES,
        help_text="Ids of articles, in order. Those that are not public are left out until they are.",
    )
    effective_from = Instant(
        required=False,
        allow_null=True,
        help_text="When the version begins, ahead of now. Left empty: now.",
    )

    def validate_articles(self, ids: list[str]) -> list[str]:
        again = [index for index, id_ in enumerate(ids) if id_ in ids[:index]]
        if again:
            sentence = ErrorDetail("It is in the list already.", code="duplicate")
            raise serializers.ValidationError({str(index): [sentence] for index in again})
        return ids


class NewCollection(Collection):
    """The key is its slug, given once."""

    key = Slug()


def content_of(data: dict[str, Any]) -> dict[str, Any]:
    """What is stored of valid input."""
    return {
        "title": dict(data["title"]),
        "summary": dict(data.get("summary") or {}),
        "articles": list(data.get("articles") or []),
    }
