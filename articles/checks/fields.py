"""Fields that every article needs, entries that they name, lengths that lists and search engines bear."""

from collections.abc import Iterator

from articles.checks.examined import BODY, Examined, Finding
from articles.content import CATALOGUE_FIELDS

TITLE_LENGTH = 110
SUMMARY_LENGTH = 320
"""Code points. Beyond them lists, cards and search engines cut a text where they please."""


def required(examined: Examined) -> Iterator[Finding]:
    for name in ("title", "slug", "summary", "body_markdown"):
        if not examined.content[name].strip():
            yield Finding("missing_field", "error", f"An article needs a {name}.", f"/{name}")
    if not examined.content["authors"] and examined.kind != "page":
        yield Finding("missing_author", "error", "An article names at least one author.", "/authors")


def lengths(examined: Examined) -> Iterator[Finding]:
    if (length := len(examined.content["title"])) > TITLE_LENGTH:
        message = f"The title has {length} characters; lists cut it after about {TITLE_LENGTH}."
        yield Finding("title_too_long", "advice", message, "/title")
    if (length := len(examined.content["summary"])) > SUMMARY_LENGTH:
        message = f"The summary has {length} characters; cards show about {SUMMARY_LENGTH}."
        yield Finding("summary_too_long", "advice", message, "/summary")


def entries(examined: Examined) -> Iterator[Finding]:
    for field, kind in CATALOGUE_FIELDS.items():
        for place, key in enumerate(examined.content[field]):
            entry = examined.entries.get((kind, key))
            if entry is None:
                message = f"The catalogue has no {kind.replace('_', ' ')} {key}; readers would see nothing."
                yield Finding("unknown_entry", "error", message, f"/{field}/{place}")


def markdown(examined: Examined) -> Iterator[Finding]:
    for problem in examined.body.problems:
        yield Finding(problem.code, problem.severity, problem.message, BODY, problem.line)
