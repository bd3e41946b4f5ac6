"""What the grammar reports to an editor: one catalogue of codes, and the log that a reading fills.

Whether a citation's key or an article's id exists is not judged here: this package knows the text alone.
"""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "advice"]

MAX_PROBLEMS = 200
EXCERPT_LENGTH = 80

CATALOGUE: dict[str, tuple[Severity, str]] = {
    "raw-html": ("error", "HTML is not part of the grammar: {tag} is shown to readers as plain text."),
    "image-unsupported": ("error", "Images are not part of the text: only the alternative text is kept."),
    "link-not-allowed": (
        "error",
        "The link to {href} was removed and its text kept: use https, http, mailto, tel or article:ID.",
    ),
    "link-without-text": (
        "warning",
        "A link to {href} has no text that a reader could follow; it was removed.",
    ),
    "link-title": (
        "advice",
        "The title of a link is not shown on touch screens or by keyboard; it was left out.",
    ),
    "heading-level-one": ("warning", "Level 1 belongs to the title: this heading is shown at level 2."),
    "heading-too-deep": ("warning", "Headings go from level 2 to level 4: this one is shown at level 4."),
    "heading-level-skipped": ("advice", "This heading jumps from level {previous} to level {level}."),
    "empty-block": ("advice", "An empty {type} was left out."),
    "container-unknown": (
        "error",
        "“{name}” is no container. There are callout, claim and section; the text inside was kept.",
    ),
    "container-attribute": ("error", "In the {name} container: {reason}"),
    "container-unclosed": (
        "error",
        "This container is never closed. Close it with a line of {colons}; around another, use more colons.",
    ),
    "container-stray-fence": ("warning", "A line of colons closes no container; it was left out."),
    "citation-malformed": ("error", "This is not a citation. Write [@key], [@key, p. 12] or [@one; @two]."),
    "citation-in-link": ("error", "A citation cannot stand inside a link's text; it is shown as plain text."),
    "footnote-undefined": (
        "error",
        "The footnote “{label}” is not defined; its mark is shown as plain text.",
    ),
    "footnote-in-link": ("error", "A footnote cannot stand inside a link's text; it is shown as plain text."),
    "footnote-duplicate": ("error", "The footnote “{label}” is defined twice; only the first text is kept."),
    "footnote-unused": ("warning", "The footnote “{label}” is mentioned nowhere; it was left out."),
    "footnote-empty": ("error", "The footnote “{label}” has no text."),
    "code-language": ("warning", "After the code fence only the name of a language is kept."),
    "table-row-too-long": (
        "error",
        "This row has more cells than the header's {columns}; the rest is lost. Write \\| for a bar in a text.",
    ),
    "nesting-too-deep": (
        "error",
        "Blocks nest at most {limit} levels deep; from here on marks are plain text.",
    ),
    "control-character": ("warning", "{count} characters that cannot be shown were replaced by spaces."),
    "sanitised": ("error", "The sanitiser removed something that the grammar let through; please report it."),
    "more-problems": ("warning", "There are more problems than the {limit} listed here."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was dropped, changed or looks wrong: `line` counts from 1 and is None when unknown."""

    code: str
    severity: Severity
    message: str
    line: int | None
    excerpt: str


@dataclass(slots=True)
class ProblemLog:
    """Collects problems while a text is read, at most `MAX_PROBLEMS` and one note that there are more."""

    entries: list[Problem] = field(default_factory=list)

    def add(self, code: str, *, line: int | None = None, excerpt: str = "", **details: object) -> None:
        """Record a problem of the catalogue; `details` fill the places in its message."""
        if len(self.entries) > MAX_PROBLEMS:
            return
        if len(self.entries) == MAX_PROBLEMS:
            code, line, excerpt, details = "more-problems", None, "", {"limit": MAX_PROBLEMS}
        severity, template = CATALOGUE[code]
        shown = {name: shorten(str(value)) for name, value in details.items()}
        self.entries.append(Problem(code, severity, template.format(**shown), line, shorten(excerpt)))

    def in_order(self) -> list[Problem]:
        """Return the problems by line, those without a line last."""
        return sorted(self.entries, key=lambda problem: (problem.line is None, problem.line or 0))


def shorten(text: str) -> str:
    """Return the text on one line and at most `EXCERPT_LENGTH` code points long."""
    line = " ".join(text[: 4 * EXCERPT_LENGTH].split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"
