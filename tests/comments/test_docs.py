"""`docs/replies.md` draws the life of a reply as the code knows it."""

import re

from comments.gate import GRADES
from comments.transitions import TRANSITIONS
from tests.docs.pages import text_of

ARROW = re.compile(r"^  (\w+) --> (\w+): (publish|hold|reject|spam|remove)$", re.MULTILINE)
PAGE = text_of("docs/replies.md")


def test_the_picture_is_the_table() -> None:
    drawn = {(old, way, new) for old, new, way in ARROW.findall(PAGE)}
    known = {
        (old, way, new) for old, ways in TRANSITIONS.items() if old != "edited" for way, new in ways.items()
    }
    assert drawn == known


def test_every_rule_and_grade_is_described(settings) -> None:
    for check in settings.COMMENT_GATE:
        assert f"| `{check.split('.')[-2]}` |" in PAGE
    for grade in GRADES:
        assert f"`{grade}`" in PAGE
