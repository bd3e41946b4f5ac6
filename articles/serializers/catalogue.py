"""What the catalogue takes, kind by kind. The key is given once, at creation, and names the entry for good."""

from typing import Any

from rest_framework import serializers

from articles.serializers.fields import InstantText, Key, Slug


class Texts(serializers.DictField):
    """Texts by locale."""

    child = serializers.CharField(max_length=2000)


class Topic(serializers.Serializer):
    title = Texts(allow_empty=False)
    description = Texts(required=False, default=dict)


class Person(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    credentials = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    bio = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    roles = serializers.ListField(
        child=serializers.ChoiceField(("author", "reviewer")), required=False, default=list
    )
    interests = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    invented = serializers.BooleanField(required=False, default=False)


class Retraction(serializers.Serializer):
    date = serializers.DateField()
    summary = serializers.CharField(max_length=1000)
    notice_doi = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        value = super().to_internal_value(data)
        return {**value, "date": value["date"].isoformat()}


class Verification(serializers.Serializer):
    status = serializers.CharField(max_length=32)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class Reference(serializers.Serializer):
    """`csl` is one CSL-JSON item (Citation Style Language 1.0). `authors_complete` false: it names some."""

    csl = serializers.DictField()
    authors_complete = serializers.BooleanField(required=False)
    publication_status = serializers.ChoiceField(
        ("current", "corrected", "expression-of-concern", "withdrawn", "retracted"), default="current"
    )
    retraction = Retraction(required=False, allow_null=True)
    verification = Verification(required=False)

    def validate_csl(self, csl: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(csl.get("type"), str) or not isinstance(csl.get("title"), str):
            raise serializers.ValidationError("A CSL-JSON item has a type and a title.")
        return csl


class Channel(serializers.Serializer):
    type = serializers.ChoiceField(("phone", "sms", "chat", "email", "web"))
    value = serializers.CharField(max_length=200)
    href = serializers.CharField(max_length=500)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate_href(self, href: str) -> str:
        if not href.startswith(("tel:", "sms:", "https://", "mailto:")):
            raise serializers.ValidationError("It begins with tel:, sms:, https:// or mailto:.")
        return href


class Hours(serializers.Serializer):
    text = serializers.CharField(max_length=300)
    always = serializers.BooleanField(default=False)
    time_zone = serializers.CharField(max_length=64, required=False)


class Helpline(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False, allow_null=True)
    subdivision = serializers.RegexField(r"^[A-Z]{2}-[A-Z0-9]{1,3}$", required=False, allow_null=True)
    emergency = serializers.BooleanField(default=False)
    international = serializers.BooleanField(default=False)
    channels = Channel(many=True, allow_empty=False)
    hours = Hours(required=False)
    languages = serializers.ListField(child=serializers.CharField(max_length=35), default=list)
    cost = serializers.CharField(max_length=100, required=False, allow_null=True)
    scope = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    verification = serializers.ChoiceField(("official", "secondary", "memory"), default="memory")
    source = serializers.CharField(  # type: ignore[assignment]  # a field of that name, not the option
        max_length=500, required=False, allow_blank=True
    )
    verified_at = InstantText(required=False, allow_null=True)
    verified_by = serializers.CharField(max_length=200, required=False, allow_null=True)
    verify_due_at = InstantText(required=False, allow_null=True)


class LegalStatus(serializers.Serializer):
    substance = serializers.CharField(max_length=60)
    jurisdiction = serializers.RegexField(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
    status = serializers.CharField(max_length=200)
    summary = serializers.CharField(max_length=1000)
    as_of = serializers.DateField()
    review_due_at = serializers.DateField(required=False, allow_null=True)
    source_reference = Key(required=False, allow_null=True)
    source_url = serializers.URLField(required=False, allow_null=True)
    verification = serializers.ChoiceField(("verified", "secondary"), default="secondary")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        value = super().to_internal_value(data)
        dates = {name: value[name].isoformat() for name in ("as_of", "review_due_at") if value.get(name)}
        return {**value, **dates}


CONTENT = {
    "topic": Topic,
    "person": Person,
    "reference": Reference,
    "helpline": Helpline,
    "legal_status": LegalStatus,
}
"""Kind of entry to the serializer of its content."""


def _with_key(kind: str, key: serializers.Field) -> type[serializers.Serializer]:
    content = CONTENT[kind]
    return type(
        f"New{content.__name__}", (content,), {"key": key, "__doc__": content.__doc__, "__module__": __name__}
    )


NEW = {
    "topic": _with_key("topic", Slug()),
    "person": _with_key("person", Slug()),
    "reference": _with_key("reference", Key()),
    "helpline": _with_key("helpline", Key()),
    "legal_status": _with_key("legal_status", Key()),
}
"""The same with the key that a new entry is given."""
