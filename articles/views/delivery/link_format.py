"""The link format as a form that clients can ask for. What is in it is `articles.memento`'s."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from articles.memento import LINK_FORMAT


class LinkFormat(BaseRenderer):
    """Links in the syntax of the Link header (RFC 6690), which whoever answers has written as bytes."""

    media_type = LINK_FORMAT
    format = "link-format"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes, untouched; None is an empty body."""
        return data or b""
