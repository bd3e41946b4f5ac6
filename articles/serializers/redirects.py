"""What a redirect takes: a path, and an article or another path of this site."""

from typing import Any

from rest_framework import serializers

from articles.actions.redirecting import Destination
from articles.resolving import LONGEST, normalised

ENCODED = 3
"""Percent-encoded, a byte has three characters; the decoded path is what is limited."""


class PathOfSite(serializers.CharField):
    """A path of this site in its one form; never another origin."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST * ENCODED, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        try:
            return normalised(value)
        except ValueError as error:
            raise serializers.ValidationError(str(error), code="invalid_path") from None


class Redirect(serializers.Serializer):
    """Say `article` or `target`, one of the two."""

    path = PathOfSite(help_text="The old path, for instance /2019/sleep-after-trauma.")
    article = serializers.UUIDField(
        required=False, allow_null=True, help_text="An article's id: wherever its page is, readers get there."
    )
    target = PathOfSite(
        required=False, allow_null=True, allow_blank=True, help_text="Another path of this site."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("article")) == bool(attrs.get("target")):
            raise serializers.ValidationError({"target": "Say an article or a target, one of the two."})
        if attrs.get("target") == attrs["path"]:
            raise serializers.ValidationError({"target": "It leads to itself."})
        return attrs


def destination_of(data: dict[str, Any]) -> Destination:
    return Destination(data.get("article"), data.get("target") or "")
