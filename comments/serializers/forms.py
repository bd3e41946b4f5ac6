"""What is sent beside the words of a reply, and to begin one."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from comments.serializers.fields import Flat, ReplyId


class ArticleId(ReplyId):
    """The id of an article in its one canonical form."""

    default_error_messages = {"invalid": "Send the id of an article, a UUID in lower case with hyphens."}


class MintToken(serializers.Serializer):
    """For which article a form was opened."""

    article = ArticleId(help_text="The article's id.")


class Beside(serializers.CharField):
    """A text that decides how soon a reply appears and never whether it is taken: of any length, or null."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_blank=True, allow_null=True, trim_whitespace=False, **kwargs)


class WithForm(Flat):
    """The fields of a form that say how a reply came. `decoy` is the hidden one, whatever its name."""

    form_token = Beside(
        help_text="From POST /api/v1/form-tokens. Without a fresh one, a person reads the reply before it appears."
    )
    altcha = Beside(help_text="What ALTCHA's widget made of a challenge, where the form asks for it.")

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if settings.COMMENT_HONEYPOT:
            fields[settings.COMMENT_HONEYPOT] = Beside(
                help_text="Hide this field from people and leave it empty."
            )
        return fields

    def how_it_came(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """`form_token`, `altcha` and `decoy`, each a text."""
        decoy = attrs.pop(settings.COMMENT_HONEYPOT, "") if settings.COMMENT_HONEYPOT else ""
        return {
            "form_token": attrs.get("form_token") or "",
            "altcha": attrs.get("altcha") or "",
            "decoy": decoy or "",
        }
