"""What a reader sends: a new reply, or a change of one's own."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from comments.serializers.fields import (
    Address,
    LanguageTag,
    Name,
    OneOf,
    Prose,
    ReplyId,
    Strict,
    Tag,
    Website,
)
from comments.serializers.forms import WithForm

DISPLAY_AS = {"name": "In full.", "initials": "As initials.", "anonymous": "Not at all."}

_NAME = "The name under which you write, at most 100 characters."


def _words(required: bool) -> dict[str, serializers.Field]:
    """Fields of a reply's words, which a new reply needs and an edit may leave out."""
    return {
        "author_name": Name(max_length=100, required=required, help_text=_NAME),
        "author_website": Website(help_text="Your website, shown with your name; empty for none."),
        "text": Prose(
            max_length=settings.LIMITS["comment"],
            required=required,
            style={"base_template": "textarea.html"},
            help_text="Your reply. Paragraphs, *emphasis*, **strong**, lists, quotes and links; HTML is shown as text.",
        ),
        "display_as": OneOf(DISPLAY_AS, required=False, help_text="How your name is shown."),
    }


class SubmitReply(WithForm):
    """The form of a reply: name, e-mail, website, text; and what may come with them."""

    author_name = _words(True)["author_name"]
    author_email = Address(max_length=254, help_text="Your e-mail address. Never published.")
    author_website = _words(True)["author_website"]
    text = _words(True)["text"]
    parent = ReplyId(  # type: ignore[assignment]  # the form's name; a serializer's own `parent` is another thing
        required=False, allow_null=True, help_text="The reply that this one answers; null for none."
    )
    display_as = _words(True)["display_as"]
    country = Tag(
        r"^[A-Z]{2}(-[A-Z0-9]{1,3})?\Z",
        required=False,
        help_text="ISO 3166-1 or 3166-2: the country whose support services the answer names.",
        error_messages={"invalid": "Send an ISO 3166 code in capitals, for instance CA or US-OR."},
    )
    locale = LanguageTag(help_text="BCP 47: the language in which the answer speaks to the author.")
    privacy_version = Tag(
        r"^[A-Za-z0-9._-]{1,32}\Z",
        required=False,
        help_text="The version of the privacy notice that the author was shown.",
        error_messages={"invalid": "Send up to 32 letters, digits, dots, hyphens or underscores."},
    )
    notify_on_reply = serializers.BooleanField(
        required=False,
        help_text="Whether a letter shall tell of answers to this reply, once the address is confirmed.",
    )
    allow_replies = serializers.BooleanField(
        required=False, help_text="Whether others may answer this reply; yes, unless you say no."
    )
    remember_me = serializers.BooleanField(
        required=False,
        help_text="Whether a letter shall come with a link to a token, by which later replies can appear sooner.",
    )
    trust_token = Strict(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="The token that confirming this address gave. One that is not good is as none.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        came = self.how_it_came(attrs)
        defaults = {"author_website": "", "display_as": "name", "parent": None}
        return defaults | _without_nulls(attrs, "author_website") | came


REAL_FIELDS = frozenset(SubmitReply._declared_fields)
"""What people fill in or frontends send: every field but the hidden one."""


class EditReply(serializers.Serializer):
    """What an author may change of their words and wishes. The address cannot be changed."""

    allow_replies = serializers.BooleanField(
        required=False, help_text="Whether others may answer. At any time, unlike the words."
    )
    notify_on_reply = serializers.BooleanField(
        required=False, help_text="Whether letters shall tell of answers. At any time, unlike the words."
    )
    author_name = _words(False)["author_name"]
    author_website = _words(False)["author_website"]
    text = _words(False)["text"]
    display_as = _words(False)["display_as"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return _without_nulls(attrs, "author_website")


def _without_nulls(attrs: dict[str, Any], name: str) -> dict[str, Any]:
    """In a merge patch (RFC 7396) null removes; what is removed here is empty."""
    return attrs | {name: ""} if name in attrs and attrs[name] is None else attrs
