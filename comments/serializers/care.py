"""What is sent about a reply beside decisions: escalations, messages, appeals, reports."""

from typing import Any

from rest_framework import serializers

from comments.serializers.fields import LanguageTag, Name, OneOf, Prose
from comments.wording import REDACTABLE

REASONS = {
    "spam": "It advertises.",
    "abuse": "It attacks or shames somebody.",
    "off_topic": "It is about something else.",
    "harm": "It may lead somebody to harm themselves or others.",
    "privacy": "It tells what is not its author's to tell.",
    "other": "Something else, told in the note.",
}
_LINES = {"base_template": "textarea.html"}


def _prose(help_text: str, **how: Any) -> Prose:
    return Prose(max_length=2000, style=_LINES, help_text=help_text, **how)


class Escalate(serializers.Serializer):
    """To whom a reply is handed, and what they need to know."""

    to = Name(max_length=100, help_text="Who is to act: a person, a team, a service.")
    note = _prose("What they need to know. Erased when the author erases the reply.")


class SettleEscalation(serializers.Serializer):
    """What came of an escalation. It closes it."""

    done = _prose("What was done, and by whom. This closes the escalation.")


class SendMessage(serializers.Serializer):
    """A message to the author, shown with the status of their reply and nowhere else."""

    text = _prose("Only the author of the reply sees it, without your name. Erased with the reply.")


class SendAppeal(serializers.Serializer):
    """Why a decision should be looked at again."""

    text = _prose("Why the decision should be looked at again. A moderator reads it.")


class RedactReply(serializers.Serializer):
    """A span of the text that is public, or waits, and why it is taken out."""

    start = serializers.IntegerField(min_value=0, help_text="Where it begins, in code points of `text`.")
    end = serializers.IntegerField(min_value=1, help_text="Where the text goes on, in code points of `text`.")
    version = serializers.IntegerField(min_value=1, help_text="The number of the version that was read.")
    label = OneOf(  # type: ignore[assignment]  # the body's name; a serializer's own `label` is another thing
        REDACTABLE, help_text="What it is. The mark in its place says it."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"end": "It has to lie behind `start`."})
        return attrs


class ReportReply(serializers.Serializer):
    """What is wrong with a reply."""

    reason = OneOf(REASONS, help_text="What is wrong with it.")
    identifies_me = serializers.BooleanField(
        default=False, help_text="It says who you are, or lets others know."
    )
    frightens_me = serializers.BooleanField(default=False, help_text="You feel threatened or found by it.")
    note = _prose("In your own words. Moderators alone read it.", required=False, allow_blank=True)
    locale = LanguageTag(help_text="BCP 47: the language in which the answer speaks.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"note": "", "locale": "en"} | attrs
