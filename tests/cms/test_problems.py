"""Every failure becomes a problem document, of the right status, that gives nothing away."""

import jsonschema
import pytest

from cms.errors import DomainError
from cms.openapi.components import COMPONENTS
from cms.problem_codes import PROBLEM_CODES, register_codes
from tests.cms.views import RAISED, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]

SCHEMA = {
    **COMPONENTS["Problem"],
    "components": {"schemas": COMPONENTS},
}
EXPECTED = {
    "malformed": (400, "malformed"),
    "invalid": (422, "invalid"),
    "missing": (404, "not_found"),
    "forbidden": (403, "not_allowed"),
    "state": (409, "wrong_state"),
    "busy": (409, "busy"),
    "stale": (412, "stale"),
    "gone": (410, "gone"),
    "legal": (451, "unavailable_for_legal_reasons"),
    "limit": (429, "too_many_requests"),
    "large": (413, "too_large"),
    "away": (503, "unavailable"),
    "unregistered": (409, "wrong_state"),
    "http404": (404, "not_found"),
    "django403": (403, "not_allowed"),
    "suspicious": (400, "malformed"),
    "parse": (400, "malformed"),
    "throttled": (429, "too_many_requests"),
    "fields": (422, "invalid"),
    "down": (503, "unavailable"),
    "locked": (409, "busy"),
    "unknown_constraint": (500, "internal"),
    "database": (500, "internal"),
    "bug": (500, "internal"),
}


def failing(client, name, **headers):
    client.raise_request_exception = False
    return client.get("/api/v1/reading", {"raise": name}, headers=headers)


@pytest.mark.parametrize("name", RAISED)
def test_every_exception_has_its_status_code_and_document(client, name):
    answer = failing(client, name)
    status, code = EXPECTED[name]
    document = answer.json()
    assert answer.status_code == document["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert document["code"] == code
    assert document["type"] == f"/api/docs/problems#{code}"
    assert document["instance"] == "/api/v1/reading"
    assert document["request_id"] == answer["X-Request-Id"]
    jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize("name", RAISED)
def test_no_answer_repeats_what_only_the_log_may_know(client, name):
    answer = failing(client, name)
    assert SECRET.encode() not in answer.content
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize("name", ["busy", "limit", "away", "down", "locked", "throttled"])
def test_what_may_be_tried_again_says_when(client, name):
    assert int(failing(client, name)["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("name", "retryable"), [("busy", True), ("away", True), ("state", False), ("bug", False)]
)
def test_programs_learn_whether_to_try_again(client, name, retryable):
    assert failing(client, name).json()["retryable"] is retryable


def test_nested_field_errors_become_pointers(client):
    found = {(error["pointer"], error["detail"]) for error in failing(client, "fields").json()["errors"]}
    assert found == {("/tags/1/name", "Too long."), ("/a~1b~0c", "No."), ("", "Neither.")}


def test_what_an_error_adds_is_a_member(client):
    assert failing(client, "stale").json()["current_etag"] == '"r7-31"'
    assert failing(client, "gone").json()["reason"] == "outdated"


def test_a_failure_of_ours_is_logged_with_its_traceback(client, caplog):
    failing(client, "bug")
    records = [record for record in caplog.records if record.name == "kintsugi.problems"]
    assert records[0].exc_info[0] is ZeroDivisionError


def test_an_unregistered_code_is_reported_in_the_log(client, caplog):
    failing(client, "unregistered")
    assert "nobody-registered-this" in caplog.text


def test_a_browser_gets_the_same_as_a_page(client):
    answer = client.get("/nowhere", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert b"<h1>Not found</h1>" in answer.content
    assert b"script" not in answer.content


@pytest.mark.parametrize(
    "accept", ["*/*", "", "text/*", "application/json, text/html;q=0.5", "text/html;q=0", "x"]
)
def test_nobody_else_ever_gets_a_page(client, accept):
    assert client.get("/nowhere", headers={"accept": accept})["Content-Type"] == "application/problem+json"


def test_what_cannot_be_given_in_the_form_asked_for_is_406(client):
    answer = client.get("/api/v1/reading", headers={"accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_405_names_what_is_allowed(client, accept):
    answer = client.delete("/api/v1/reading", headers={"accept": accept})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_body_of_another_kind_is_415(client):
    answer = client.post("/api/v1/posting", "a=1", content_type="text/csv")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_page_of_hostile_words_is_escaped(client):
    answer = client.get("/<script>alert(1)</script>", headers={"accept": "text/html"})
    assert b"<script>" not in answer.content


def test_every_code_has_a_status_a_title_and_a_sentence():
    for code, entry in PROBLEM_CODES.items():
        assert 400 <= entry.status < 600, code
        assert entry.title, code
        assert entry.sentence.endswith("."), code


def test_every_error_of_the_domain_has_a_registered_code():
    kinds = [DomainError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert {kind.code for kind in kinds} - {"error"} <= set(PROBLEM_CODES)


def test_a_code_cannot_get_a_second_meaning():
    register_codes({"gone": PROBLEM_CODES["gone"]})
    with pytest.raises(ValueError, match="gone"):
        register_codes({"gone": (404, "Gone", "Away.")})
