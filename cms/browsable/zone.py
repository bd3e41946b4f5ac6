"""The site's time zone on a page of the desk: beside instants that are shown, and for local times that are typed."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from cms import clock
from cms.browsable.fields import Field
from cms.errors import FieldError, InvalidContent
from cms.local_time import NoInstant, UnknownZone, distance, is_local, reading, with_offset, zone_named
from cms.models import Site

logger = logging.getLogger(__name__)
UTC = "UTC"
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?Z", re.ASCII)

Beside = Callable[[str], str | None]
"""What stands beside an instant (RFC 3339 with Z), perhaps nothing; None for a text that is no instant."""


def no_instant(text: str) -> None:
    """What stands beside instants on readers' pages: nothing, they are shown as they are sent."""


def moment(text: str) -> str:
    """An instant as HTML takes it in `<time datetime>`: RFC 3339 with Z, whole seconds."""
    return f"{text[: len('2026-03-29T01:00:00')]}Z"


class SiteZone:
    """The zone, asked for once and only where there is an instant. An unknown one is UTC, and is called so."""

    @cached_property
    def zone(self) -> ZoneInfo:
        name = Site.objects.filter(pk=1).values_list("time_zone", flat=True).first() or UTC
        try:
            return zone_named(name)
        except UnknownZone as error:
            logger.error("the site's time zone is not used, UTC is: %s", error)
            return ZoneInfo(UTC)

    @property
    def name(self) -> str:
        return self.zone.key

    @property
    def label(self) -> str:
        """`Europe/Paris, now UTC+1`; `UTC` alone."""
        return UTC if self.name == UTC else f"{self.name}, now {distance(clock.now(), self.zone)}"

    def beside(self, text: str) -> str | None:
        """`2026-03-29 03:00:00 +02:00 Europe/Paris` for 01:00 UTC there; see `Beside`."""
        found = _INSTANT.fullmatch(text)
        if not found:
            return None
        try:
            instant = datetime.fromisoformat(f"{found[1]}+00:00")
        except ValueError:
            return None
        there = "" if self.name == UTC else reading(instant, self.zone)
        return f"{there} {self.name}" if there else ""


def with_offsets(fields: Sequence[Field], body: Mapping[str, Any], site: SiteZone) -> dict[str, Any]:
    """`body` with every local time as the instant that it is in the site's zone; values within JSON are left alone.

    Raises InvalidContent with an error for each that is no instant there, or two.
    """
    read, errors = dict(body), []
    for name in (field.name for field in fields if field.kind == "instant"):
        if isinstance(text := body.get(name), str):
            try:
                read[name] = with_offset(text, site.zone if is_local(text) else ZoneInfo(UTC))
            except NoInstant as error:
                errors.append(FieldError(error.code, str(error), pointer=f"/{name}"))
    if errors:
        sentence = errors[0].detail if len(errors) == 1 else f"{len(errors)} times are not instants here."
        raise InvalidContent(sentence, errors=tuple(errors))
    return read
