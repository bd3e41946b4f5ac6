"""What checks look at and what they find. Gathering it from the database is `articles.actions.gathering`'s."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from articles import consents
from articles.checks.words import Word, words_of
from articles.markdown import Rendered
from articles.rendering.facts import Entry

BODY = "/body_markdown"

# Each alternative begins with signs of its own and takes all that may follow: a line is read once.
_MENTION = re.compile(
    r"@(?P<key>[A-Za-z0-9][A-Za-z0-9_:.+-]*)|\]\((?P<target>[^()\s]+)|\brefs=(?P<refs>[^\s\"]+)"
)


@dataclass(frozen=True)
class Finding:
    """`severity` is error, warning or advice; `location` a JSON Pointer into the content, with a line where known."""

    code: str
    severity: str
    message: str
    location: str
    line: int | None = None


@dataclass(frozen=True)
class Examined:
    """A revision with everything the checks may look at.

    `entries` is keyed by (kind, key). `linked` gives the state at `at` of every article that the content points to,
    by id: live, withdrawn, gone, or unpublished; one that does not exist is left out. `consent` is one of
    `articles.consents.STATES`.
    """

    kind: str
    locale: str
    content: Mapping
    body: Rendered
    entries: Mapping[tuple[str, str], Entry]
    linked: Mapping[str, str]
    at: datetime
    consent: str = consents.IN_FORCE

    @property
    def language(self) -> str:
        """The primary subtag of the locale (BCP 47), in lower case."""
        return self.locale.partition("-")[0].lower()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the text, with the lines where they stand."""
        return words_of(self.content["body_markdown"])

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The first line, from 1, of every citation's key, article's id and link's target in the text. One pass."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.content["body_markdown"].split("\n"), 1):
            for match in _MENTION.finditer(line):
                for mention in _mentioned(match):
                    found.setdefault(mention, number)
        return found

    def texts(self) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """Everything that readers read, as words, by its place in the content."""
        for name in ("title", "summary"):
            yield f"/{name}", words_of(self.content[name])
        for name, text in self.content["seo"].items():
            yield f"/seo/{name}", words_of(text or "")
        for index, card in enumerate(self.content["urgency"]):
            yield f"/urgency/{index}/text", words_of(card["text"])
        yield BODY, self.words


def _mentioned(match: re.Match[str]) -> list[str]:
    if match["key"]:
        return [match["key"].rstrip("_:.+-")]
    if match["target"]:
        return [match["target"].removeprefix("article:")]
    return match["refs"].split(",")
