"""What somebody sends who asks about an address."""

from typing import Any

from rest_framework import serializers

from comments.serializers.fields import Address, LanguageTag, OneOf

PURPOSES = {
    "manage": "See one's replies, with new author tokens.",
    "export": "Get everything that is kept.",
    "erase": "Erase everything.",
    "stop_mail": "Get no more letters.",
}


class AskAboutAddress(serializers.Serializer):
    """An address and what is wanted of it."""

    email = Address(max_length=254, help_text="The address that the replies were sent with.")
    purpose = OneOf(PURPOSES, help_text="What the link in the letter shall do.")
    locale = LanguageTag(help_text="BCP 47: the language of the answer and of the letter.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"locale": "en"} | attrs
