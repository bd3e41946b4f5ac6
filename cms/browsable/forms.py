"""The parser of browsers' forms: what a signed-in person typed, as the JSON value that a program would send."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from cms.browsable.fields import Unreadable, fields_of, values
from cms.browsable.middleware import FORM_TYPES
from cms.browsable.zone import SiteZone, with_offsets
from cms.errors import FieldError, InvalidContent
from cms.openapi.declared import input_serializer


class PageForm(BaseParser):
    """`application/x-www-form-urlencoded` and `multipart/form-data`, from a session and nobody else."""

    media_type = FORM_TYPES[0]
    media_types = FORM_TYPES

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The body as a dictionary. Raises UnsupportedMediaType (not a page's form), InvalidContent (unreadable)."""
        context = parser_context or {}
        request = context["request"]
        if not getattr(request, "is_page_form", False) or request.auth is not None:
            raise UnsupportedMediaType(media_type or "")
        return body_of(request.page_form, input_serializer(context["view"], request.method))


def body_of(form: Mapping[str, str], serializer_class: Any) -> dict[str, Any]:
    """What `form` stands for. A name that the serializer lacks stays, so that it is refused like a program's.

    A time without an offset is read in the site's time zone. Raises InvalidContent.
    """
    fields = fields_of(serializer_class)
    known = {field.name for field in fields}
    others = {name: form[name] for name in form if name not in known and not _is_ours(name)}
    try:
        return with_offsets(fields, values(fields, form), SiteZone()) | others
    except Unreadable as error:
        sentence, name = error.args
        wrong = FieldError("not_json", sentence, pointer=f"/{name}")
        raise InvalidContent("Something in the form cannot be read.", errors=(wrong,)) from error


def _is_ours(name: str) -> bool:
    return name.startswith("_") or name == "csrfmiddlewaretoken"
