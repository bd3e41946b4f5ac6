"""A difference as a page: valid words for a screen reader, nothing that a text could smuggle in."""

from html.parser import HTMLParser

from articles.diffing import diff_contents, diff_page
from tests.articles.diffing.bodies import content, pair

OLD = "Sleep *often* changes.\n\nGone <b>soon</b> & away.\n"
NEW = 'Sleep *seldom* changes.\n\nA wholly new paragraph, with <script>alert(1)</script> and "quotes".\n'


class Read(HTMLParser):
    """Collects tags, and the text inside each open element; fails on elements that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.inside[tag] = self.inside.get(tag, "") + data


def page(old: dict, new: dict, **how: str) -> Read:
    difference = diff_contents(old, new, pair(old["body_markdown"], new["body_markdown"]))
    reader = Read()
    reader.feed(diff_page(difference, **{"title": "Sleep: revisions 1 and 2", "locale": "fr", **how}))
    reader.close()
    assert reader.open == []
    return reader


def test_what_went_and_came_is_said_in_words_too() -> None:
    read = page(content(OLD), content(NEW))
    assert "removed: often" in read.inside["del"]
    assert "added: seldom" in read.inside["ins"]
    assert "removed: Gone" in read.inside["del"]


def test_every_change_has_a_heading_under_one_title() -> None:
    read = page(content(OLD, title="One"), content(NEW, title="Two"))
    names = [tag for tag, _ in read.tags]
    assert names.count("h1") == names.count("main") == 1
    assert names.count("h2") == names.count("section") == 4
    assert "Title" in read.inside["h2"]
    assert "Changed: paragraph" in read.inside["h2"]


def test_texts_are_escaped_and_nothing_is_styled() -> None:
    read = page(content(OLD, title="<i>a</i>"), content(NEW, title='" onclick="x'), title="<script>")
    assert {"script", "i", "b", "style"}.isdisjoint(tag for tag, _ in read.tags)
    assert all("style" not in attributes and "onclick" not in attributes for _, attributes in read.tags)
    assert "<script>alert(1)" in read.inside["ins"]


def test_texts_are_in_their_language_and_the_words_around_them_in_english() -> None:
    read = page(content(OLD), content(NEW), locale="fr-CA")
    assert {attributes.get("lang") for tag, attributes in read.tags if tag == "p"} == {"fr-CA"}
    assert {attributes.get("lang") for tag, attributes in read.tags if tag == "span"} == {"en"}
    assert ("html", {"lang": "en"}) in read.tags


def test_nothing_that_differs_is_said_too() -> None:
    assert "Nothing differs." in page(content(OLD), content(OLD)).inside["p"]


def test_a_block_that_moved_says_from_where() -> None:
    read = page(content("Alpha is here.\n\nBeta is there.\n"), content("Beta is there.\n\nAlpha is here.\n"))
    assert "from place" in read.inside["p"]


def test_an_empty_side_is_no_empty_element() -> None:
    read = page(content(at=None, legal=[]), content(at="2026-01-01T00:00:00Z", legal=["a"]))
    assert "ins" in read.inside
    assert all("None" not in text and "null" not in text for text in read.inside.values())
