"""From Markdown source to blocks, HTML and text, and back: pure functions that know no database and no settings.

The grammar is described for editors in docs/markdown.md.
"""

from articles.markdown.directives import CALLOUT_VARIANTS, CERTAINTIES, CONTENT_NOTE_TYPES
from articles.markdown.identity import carry_ids
from articles.markdown.labels import ENGLISH, FRENCH, Labels, labels_for
from articles.markdown.problems import CATALOGUE, Problem
from articles.markdown.rendering import Rendered, render
from articles.markdown.schema import BLOCK_COMPONENTS
from articles.markdown.syntax import MAX_LENGTH, MAX_NESTING, BodyTooLongError
from articles.markdown.writer import to_markdown

__all__ = [
    "BLOCK_COMPONENTS",
    "CALLOUT_VARIANTS",
    "CATALOGUE",
    "CERTAINTIES",
    "CONTENT_NOTE_TYPES",
    "ENGLISH",
    "FRENCH",
    "MAX_LENGTH",
    "MAX_NESTING",
    "BodyTooLongError",
    "Labels",
    "Problem",
    "Rendered",
    "carry_ids",
    "labels_for",
    "render",
    "to_markdown",
]
