"""What changed between two contents, and how two changes of one content go together. Pure: no database, no clock."""

from articles.diffing.blame import Lived, blame
from articles.diffing.blocks import Block, as_source, as_text, blocks_of, paired_by_type
from articles.diffing.contents import diff_contents
from articles.diffing.merging import Conflict, Merged, merge_contents
from articles.diffing.pages import diff_page
from articles.diffing.patching import json_patch, pointer
from articles.diffing.sequences import Budget
from articles.diffing.words import diff_words

__all__ = [
    "Block",
    "Budget",
    "Conflict",
    "Lived",
    "Merged",
    "as_source",
    "as_text",
    "blame",
    "blocks_of",
    "diff_contents",
    "diff_page",
    "diff_words",
    "json_patch",
    "merge_contents",
    "paired_by_type",
    "pointer",
]
