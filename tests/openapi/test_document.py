"""The OpenAPI document: valid, complete, and honest about how every call can fail."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from drf_spectacular.drainage import GENERATOR_STATS
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from cms.openapi import document
from cms.problem_codes import PROBLEM_CODES

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    return document.build()


def operations(openapi: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in openapi["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def test_it_is_valid_openapi_and_was_made_without_a_warning(openapi: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(openapi).validate()
    assert openapi["openapi"] == "3.1.0"
    assert not GENERATOR_STATS


def test_every_component_is_a_valid_schema_and_is_used(openapi: dict[str, Any]) -> None:
    text = str(openapi)
    for name, schema in openapi["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert f"#/components/schemas/{name}'" in text, f"{name} is used nowhere"


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    referred = set(re.findall(r"'#/components/schemas/([^']+)'", str(openapi)))
    assert referred == set(openapi["components"]["schemas"])


def test_there_are_no_components_for_null_or_blank(openapi: dict[str, Any]) -> None:
    assert not {"NullEnum", "BlankEnum"} & set(openapi["components"]["schemas"])


def test_operation_ids_are_unique_and_every_operation_says_what_it_does(openapi: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(openapi)]
    assert len(ids) == len(set(ids))
    silent = [
        operation["operationId"] for _, _, operation in operations(openapi) if not operation.get("summary")
    ]
    assert not silent


def test_the_desk_asks_who_calls_and_delivery_does_not(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        if path.startswith(("/api/v1/editorial/", "/api/v1/preview/")):
            assert operation["security"], f"{method} {path}"
            assert {"401", "403"} <= set(operation["responses"]), f"{method} {path}"
        elif not path.startswith("/api/v1/my/"):
            assert all(not scheme for scheme in operation.get("security", [{}])[:1]), f"{method} {path}"
            assert method == "POST" or not operation.get("security"), f"{method} {path}"


OF_ONE_FORM = ("/api/v1/feeds/articles.atom", "/api/v1/feeds/articles.json", "/api/v1/sitemap.xml")
"""What gives its one form whatever is asked for."""


def test_every_failure_is_a_problem_document(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        usual = {"400", "503"} if path in OF_ONE_FORM else {"400", "406", "503"}
        assert usual <= set(operation["responses"]), f"{method} {path}"
        for status, response in operation["responses"].items():
            if status >= "400":
                assert set(response["content"]) == {PROBLEM}, f"{method} {path} {status}"


def test_listed_codes_exist_and_belong_to_their_status(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        for status, response in operation["responses"].items():
            schema = response.get("content", {}).get(PROBLEM, {}).get("schema", {})
            for code in schema.get("properties", {}).get("code", {}).get("enum", []):
                assert PROBLEM_CODES[code][0] == int(status), f"{method} {path} {status} {code}"


def test_what_changes_something_existing_asks_for_its_etag(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        headers = {item["name"] for item in operation.get("parameters", ()) if item["in"] == "header"}
        if "If-Match" in headers:
            assert {"412", "428"} <= set(operation["responses"]), f"{method} {path}"
        if method == "PATCH" and path.startswith("/api/v1/editorial/"):
            assert "If-Match" in headers, f"{method} {path}"
        if method == "POST":
            assert "Idempotency-Key" in headers, f"{method} {path}"


def test_patches_are_merge_patches(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        kinds = set(operation.get("requestBody", {}).get("content", {}))
        if kinds:
            expected = {"application/json"} | (
                {"application/merge-patch+json"} if method == "PATCH" else set()
            )
            assert kinds == expected, f"{method} {path}"


def test_pages_for_people_are_no_part_of_it(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        asked = {item["name"] for item in operation.get("parameters", ())}
        kinds = {kind for answer in operation["responses"].values() for kind in answer.get("content", ())}
        assert "text/html" not in kinds or "format" in asked, f"{method} {path}"
    assert "multipart/form-data" not in str(openapi["paths"])


def test_yaml_and_json_are_the_same_document(openapi: dict[str, Any]) -> None:
    one, other = (yaml.load(text, yaml.CSafeLoader) for text in (document.as_yaml(), document.as_json()))
    assert one == other
