"""What somebody sends who asks about an address."""

from typing import Any

from rest_framework import serializers

from comments.serializers.fields import Address, OneOf, Tag

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
    locale = Tag(
        r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z",
        max_length=35,
        required=False,
        help_text="BCP 47: the language of the answer and of the letter.",
        error_messages={"invalid": "Send a language tag, for instance en or fr-CA."},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"locale": "en"} | attrs
