"""Where a page is, from the URL map, and the same call for a terminal."""

import shlex

import pytest
from django.test import RequestFactory

from cms.browsable.place import as_curl, beneath, name_of, title_of, way_to

ARTICLE = "/api/v1/editorial/articles/01890000-0000-7000-8000-000000000000"


def test_the_way_names_every_step_and_links_those_that_answer() -> None:
    steps = [(step.name, bool(step.href)) for step in way_to(f"{ARTICLE}/reviews")]
    assert steps == [
        ("API", True),
        ("Editorial", False),
        ("Articles", True),
        ("01890000-0000-7000-8000-000000000000", True),
        ("Reviews", True),
    ]


def test_the_root_is_its_own_way() -> None:
    assert [step.name for step in way_to("/api/v1/")] == ["API"]


def test_what_lies_beneath_is_one_fixed_step_further() -> None:
    found = {step.name: step.href for step in beneath(ARTICLE)}
    assert found["Take down"] == f"{ARTICLE}/take-down"
    assert all(href.count("/") == ARTICLE.count("/") + 1 for href in found.values())
    assert beneath("/nowhere") == []


@pytest.mark.parametrize(
    ("segment", "name"),
    [("review-requests", "Review requests"), ("preview_markdown", "Preview markdown"), ("2026-a", "2026-a")],
)
def test_a_segment_is_named_in_words(segment: str, name: str) -> None:
    assert name_of(segment) == name


def test_a_page_is_called_after_its_document_or_its_address() -> None:
    assert title_of({"title": "PTSD"}, "/api/v1/articles/ptsd") == "PTSD"
    assert title_of({"title": 7, "name": "Ines"}, "/api/v1/people/ines") == "Ines"
    assert title_of(None, "/api/v1/legal-statuses") == "Legal statuses"


def test_the_terminal_call_is_quoted_and_names_no_secret() -> None:
    request = RequestFactory().get(
        "/api/v1/articles?q=it's;rm", headers={"authorization": "Bearer kt_secret"}
    )
    words = shlex.split(
        as_curl(request, "PATCH", signed_in=True, if_match='"r1-2"', body='{"title": "it\'s"}')
    )
    assert words[0:3] == ["curl", "-X", "PATCH"]
    assert 'If-Match: "r1-2"' in words
    assert "Content-Type: application/merge-patch+json" in words
    assert '{"title": "it\'s"}' in words
    assert words[-1] == "http://testserver/api/v1/articles?q=it's;rm"
    assert "kt_secret" not in " ".join(words)
