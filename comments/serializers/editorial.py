"""What a moderator sends."""

from typing import Any

from rest_framework import serializers

from comments.models.desk import KINDS
from comments.serializers.fields import OneOf, Prose, ReplyId
from comments.wording import REASONS

MOST_AT_ONCE = 100


class Kinds(serializers.ListField):
    """Kinds of hard content, each once."""

    child = OneOf({kind: kind.replace("-", " ") for kind in KINDS})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=len(KINDS), **kwargs)


DECISIONS = {
    "publish": "Readers see it.",
    "hold": "It waits for another look; readers do not see it.",
    "reject": "It is not published.",
    "spam": "It is advertising or machine-made, and not published.",
    "remove": "It was public and is taken out.",
}
_DEFAULTS = {"publish": "within_guidelines", "hold": "needs_reading", "spam": "unsolicited"}


class DecideReply(serializers.Serializer):
    """A decision on the version that was read. Rejecting and removing need a reason."""

    decision = OneOf(
        DECISIONS, help_text="What is to become of it; `allowed_decisions` says what is possible now."
    )
    version = serializers.IntegerField(
        min_value=1,
        help_text="The number of the version that was read.",
        error_messages={"invalid": "Send the number of the version that you read."},
    )
    reason = OneOf(
        REASONS,
        required=False,
        help_text="Why. Rejecting and removing need one.",
    )
    note = Prose(
        max_length=1000,
        required=False,
        allow_blank=True,
        style={"base_template": "textarea.html"},
        help_text="In your own words, for other moderators. The author does not see it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "reason" not in attrs and attrs["decision"] not in _DEFAULTS:
            raise serializers.ValidationError({"reason": f"Say why. One of: {', '.join(REASONS)}."})
        return {"reason": _DEFAULTS.get(attrs["decision"]), "note": ""} | attrs


class DecideItem(DecideReply):
    """One of several decisions."""

    id = ReplyId(help_text="The reply.")


class DecideReplies(serializers.ListSerializer):
    """Decisions that are sent together, one to a hundred."""

    child = DecideItem()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allow_empty, self.max_length = False, MOST_AT_ONCE
        self.error_messages |= {
            "not_a_list": "Send a list of decisions.",
            "empty": "Choose at least one reply.",
            "max_length": f"At most {MOST_AT_ONCE} decisions at once.",
        }


class LabelReply(serializers.Serializer):
    """All kinds of content that the reply holds."""

    labels = Kinds(help_text="An empty list: none of them.")


class Prefer(serializers.Serializer):
    """What one would rather not see."""

    rather_not = Kinds(
        required=False,
        help_text="Kinds of content that are not handed to you, and are collapsed in your queue.",
    )


class UndoDecision(serializers.Serializer):
    """Taking a decision back; nothing has to be said."""

    note = Prose(
        max_length=1000,
        required=False,
        allow_blank=True,
        default="",
        style={"base_template": "textarea.html"},
        help_text="In your own words, for other moderators. The author does not see it.",
    )
