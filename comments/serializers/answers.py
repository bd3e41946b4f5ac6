"""What somebody who works here sends to answer as the site."""

from django.conf import settings
from rest_framework import serializers

from comments.serializers.fields import OneOf, Prose, ReplyId

ANSWER_AS = {"byline": "Under your public byline.", "site": "In the site's name."}


class AnswerAsSite(serializers.Serializer):
    """The words, what they answer, and under which name."""

    text = Prose(
        max_length=settings.LIMITS["comment"],
        style={"base_template": "textarea.html"},
        help_text="Your answer. Paragraphs, *emphasis*, **strong**, lists, quotes and links; HTML is shown as text.",
    )
    parent = ReplyId(  # type: ignore[assignment]  # the form's name; a serializer's own `parent` is another thing
        required=False, allow_null=True, help_text="The reply that is answered; none: the article itself."
    )
    answer_as = OneOf(
        ANSWER_AS,
        required=False,
        help_text="Under which name. Left out: your byline, or the site's name if you have none or moderate replies.",
    )
