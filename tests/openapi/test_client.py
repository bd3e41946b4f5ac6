"""The client of these tests refuses whatever the document does not allow."""

import json
from typing import Any

import pytest
from django.http import HttpResponse

from cms.renderers import encode
from cms.root import site_document
from tests.client import ApiClient, Undocumented, check

SITE = "/api/v1/site"


def answer(body: Any, status: int = 200, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(encode(body), status=status, content_type=kind)


def site(**changed: Any) -> dict[str, Any]:
    return json.loads(encode(site_document(None))) | changed


def problem(**changed: Any) -> dict[str, Any]:
    document = {
        "type": "/api/docs/problems#not_found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing here.",
        "code": "not_found",
        "instance": "/api/v1/nothing",
        "request_id": "1",
        "retryable": False,
    }
    return document | changed


def test_what_is_documented_passes() -> None:
    check("GET", SITE, answer(site()))
    check("GET", SITE, HttpResponse(status=304))
    check("HEAD", SITE, HttpResponse(content_type="application/json"))
    check("GET", "/api/v1/nothing", answer(problem(), 404, "application/problem+json"))


@pytest.mark.parametrize(
    "response",
    [
        answer(site(), 201),
        answer(site(name=7)),
        answer(site(), kind="text/plain"),
        answer({"name": "Kintsugi"}),
        HttpResponse(b"", content_type="application/json"),
        answer(problem(code=7), 400, "application/problem+json"),
        answer(problem(), 400),
        answer({}, 500, "application/problem+json"),
    ],
)
def test_what_is_not_documented_fails(response: HttpResponse) -> None:
    with pytest.raises(Undocumented):
        check("GET", SITE, response)


@pytest.mark.parametrize(
    ("method", "path", "response"),
    [
        ("GET", "/api/v1/nothing", answer({})),
        ("GET", "/api/v1/nothing", answer(problem(status="404"), 404, "application/problem+json")),
        ("POST", SITE, answer(site())),
        ("POST", SITE, answer({}, 405, "application/json")),
    ],
)
def test_what_has_no_operation_is_a_problem_or_fails(method: str, path: str, response: HttpResponse) -> None:
    with pytest.raises(Undocumented):
        check(method, path, response)


@pytest.mark.django_db
def test_real_answers_are_checked(api: ApiClient) -> None:
    assert api.get(SITE).status_code == 200
    assert api.head(SITE).status_code == 200
    assert api.options(SITE).status_code == 204
    assert api.delete(SITE).status_code == 405
    assert api.get("/api/v1/nothing").status_code == 404
    assert api.get(f"{SITE}?nothing=1").status_code == 400
    assert api.get(SITE, headers={"accept": "image/png"}).status_code == 406
    assert api.get(f"{SITE}/").status_code == 308
