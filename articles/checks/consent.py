"""Whether whom a personal story is about has agreed to it. A story that says it is invented needs nobody's consent."""

from collections.abc import Iterator, Mapping

from articles import consents
from articles.checks.examined import Examined, Finding

PLACE = "/kind"


def is_invented(content: Mapping) -> bool:
    """`extra.invented` is true, and nothing that only looks like it. Documents and cards carry `extra`."""
    return content["extra"].get("invented") is True


def consent(examined: Examined) -> Iterator[Finding]:
    if examined.kind != "personal_story" or is_invented(examined.content):
        return
    if examined.consent == consents.MISSING:
        message = "Nobody is recorded to have agreed to this story, and it does not say that it is invented."
        yield Finding("consent_missing", "error", message, PLACE)
    elif examined.consent == consents.WITHDRAWN:
        message = "A consent to this story has been withdrawn, and none was given since."
        yield Finding("consent_withdrawn", "error", message, PLACE)
    elif examined.consent == consents.EXPIRED:
        message = "A consent to this story has expired by the day on which it would be public."
        yield Finding("consent_expired", "error", message, PLACE)
