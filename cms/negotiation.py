"""Which form an answer takes (RFC 9110, 12.5.1): JSON for programs, a page only for whoever names `text/html`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.utils.mediatypes import media_type_matches

PAGE = "text/html"
QVALUE = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
MAX_RANGES = 32


@dataclass(frozen=True)
class MediaRange:
    """One member of an Accept field; `quality` from 0 to 1, parameters other than `q` dropped."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How exactly this range names `media_type`: 3 by name, 2 by type, 1 as `*/*`, 0 not at all."""
        wanted = media_type.partition(";")[0].strip()
        if f"{self.type}/{self.subtype}" == wanted:
            return 3
        if self.subtype != "*":
            return 0
        return 2 if self.type == wanted.partition("/")[0] else int(self.type == "*")


class JsonUnlessAsked(DefaultContentNegotiation):
    """A view's first renderer, unless the request names another of its renderers with a better quality.

    Wildcards never choose the page: what a program gets does not depend on who else reads the address. Nothing in
    common is 406.
    """

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type. Raises NotAcceptable."""
        ranges = parse_accept(request.META.get("HTTP_ACCEPT", "*/*"))
        offered = list(renderers)
        best = max(offered, key=lambda renderer: self._rank(renderer, offered, ranges))
        if self._rank(best, offered, ranges)[0] <= 0:
            raise NotAcceptable
        return best, best.media_type

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """The first parser for the body's media type; a parser may name several as `media_types`."""
        for parser in parsers:
            for media_type in getattr(parser, "media_types", (parser.media_type,)):
                if media_type_matches(media_type, request.content_type):
                    return parser
        return None

    def _rank(
        self, renderer: BaseRenderer, renderers: Sequence[BaseRenderer], ranges: Sequence[MediaRange]
    ) -> tuple[float, bool, int]:
        """Quality first; between equals the page that was named, then the view's own order."""
        page = renderer.media_type == PAGE
        quality, specificity = quality_of(renderer.media_type, ranges)
        if page and specificity < 3 and len(renderers) > 1:
            quality = 0
        return quality, page, -list(renderers).index(renderer)


class TheOneForm(JsonUnlessAsked):
    """A view's only form, whatever is asked for, as RFC 9110, 12.4.1 allows: feed readers name many, or a wrong one."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        only = next(iter(renderers))
        return only, only.media_type


def parse_accept(field: str) -> list[MediaRange]:
    """The ranges of an Accept field value. What cannot be understood is left out; an empty field accepts anything."""
    if not field.strip():
        field = "*/*"
    ranges = (_media_range(member) for member in field.split(",")[:MAX_RANGES])
    return [media_range for media_range in ranges if media_range]


def quality_of(media_type: str, ranges: Sequence[MediaRange]) -> tuple[float, int]:
    """Quality and specificity of the most specific range that matches; (0, 0) when none does."""
    matches = [(found, item.quality) for item in ranges if (found := item.specificity(media_type))]
    specificity, quality = max(matches, default=(0, 0.0))
    return quality, specificity


def _media_range(member: str) -> MediaRange | None:
    name, *parameters = (part.strip().lower() for part in member.split(";"))
    kind, slash, subtype = name.partition("/")
    if not (kind and slash and subtype) or (kind == "*" and subtype != "*"):
        return None
    return MediaRange(kind, subtype, _quality(parameters))


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            return float(value) if QVALUE.fullmatch(value) else 0.0
    return 1.0
