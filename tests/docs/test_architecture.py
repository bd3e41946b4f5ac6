"""docs/architecture.md shows the rooms that there are, and every station of the data's way."""

import re

import pytest

from tests.docs.pages import ROOT, fenced, text_of

PAGE = "docs/architecture.md"
TWINS = ("articles/", "comments/")
STATIONS = (
    "revision review publish stamp commit publication look-up reply gate queue decision thread log".split()
)
_NAMES = re.compile(r"\s*([\w/.]+(?:, [\w/.]+)*)")


def rooms():
    """Every file and folder of the tree on the page, relative to the repository."""
    (tree,) = fenced(text_of(PAGE), "")
    found: list[str] = []
    houses: tuple[str, ...] = ()
    for line in tree.splitlines():
        names = _NAMES.match(line)[1].split(", ")
        if line.startswith(" "):
            found += [house + name for house in houses for name in names]
        else:
            houses = TWINS if "alike" in line else tuple(names)
            found += houses
    return sorted(set(found))


@pytest.mark.parametrize("room", rooms())
def test_every_room_on_the_page_exists(room):
    assert (ROOT / room).exists()


def test_the_picture_shows_every_station():
    (picture,) = fenced(text_of(PAGE), "mermaid")
    for station in STATIONS:
        assert station in picture
