"""What a moderator sends to block an author."""

from rest_framework import serializers

from comments.serializers.fields import Prose


class BlockAuthor(serializers.Serializer):
    """Why, for other moderators."""

    note = Prose(
        max_length=1000,
        style={"base_template": "textarea.html"},
        help_text="Why, for other moderators. The author does not see it, and it goes with the address.",
    )
