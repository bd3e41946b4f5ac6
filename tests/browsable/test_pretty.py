"""JSON laid out for reading: addresses are links, everything else is text."""

import json

import pytest

from cms.browsable.pretty import LIMIT, is_cut, pieces, value_of


def links(value: object) -> list[str]:
    return [piece.href for piece in pieces(value) if piece.href]


def test_the_pieces_together_are_the_json() -> None:
    value = {"href": "/api/v1/articles", "é": ['a"b', "\\", {"x": None}], "n": 1.5}
    assert json.loads("".join(piece.text for piece in pieces(value))) == value


def test_addresses_on_this_host_and_on_the_web_are_links() -> None:
    value = {
        "href": "/api/v1/articles/a-b?at=2026-01-01T00:00:00Z",
        "web": "https://example.org/a",
        "root": "/",
    }
    assert links(value) == ["/api/v1/articles/a-b?at=2026-01-01T00:00:00Z", "https://example.org/a", "/"]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "//evil.example/a",
        "/\\evil.example",
        "data:text/html,x",
        "see https://example.org",
        "/a b",
        'https://example.org/"onclick=',
        "",
    ],
)
def test_nothing_else_is_a_link(text: str) -> None:
    assert links({"x": text}) == []


def test_names_of_members_are_no_links() -> None:
    assert links({"/api/v1/": 1, "https://example.org": 2}) == []


def test_a_link_outside_says_that_it_leads_away() -> None:
    assert [piece.leads_away for piece in pieces(["/a", "https://example.org"]) if piece.href] == [
        False,
        True,
    ]


def test_a_very_long_answer_is_cut_and_says_so() -> None:
    value = ["x" * 100] * 5000
    assert is_cut(value)
    assert sum(len(piece.text) for piece in pieces(value)) == LIMIT


def test_bytes_are_read_as_the_json_they_hold() -> None:
    assert value_of(b'{"a":1}') == {"a": 1}
    assert value_of(b"not json") is None
