"""Texts at the limits: what is too much is refused by name, and what is not is kept whole."""

import pytest

from articles.serializers.fields import MOST_LINES

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"


@pytest.mark.parametrize("address", [DESK, "/api/v1/editorial/preview-markdown"])
def test_a_text_of_too_many_lines_is_refused(as_editor, address):
    response = as_editor.post(
        address,
        {"title": "x", "body_markdown": "a\n" * MOST_LINES}
        if address == DESK
        else {"body_markdown": "a\n" * MOST_LINES},
        format="json",
    )
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/body_markdown", "too_many_lines")


def test_a_long_text_is_kept_as_it_is(as_editor):
    body = "A line of a poem.\n" * (MOST_LINES - 1)
    made = as_editor.post(DESK, {"title": "A long poem", "body_markdown": body}, format="json")
    assert made.status_code == 201
    assert made.json()["content"]["body_markdown"] == body
