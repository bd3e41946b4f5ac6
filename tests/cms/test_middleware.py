"""What every request passes, whichever view it is for."""

import pytest

from tests.cms.views import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def is_problem(answer, status, code):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    return True


@pytest.mark.parametrize("sent", ["r-1", "0190e0a0-0000-7000-8000-000000000000", "A.b_c-" + "9" * 58])
def test_a_sane_request_id_is_echoed(client, sent):
    assert client.get("/api/v1/reading", headers={"x-request-id": sent})["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "é", "<script>", 'a"b'])
def test_another_request_id_is_replaced(client, sent):
    made = client.get("/api/v1/reading", headers={"x-request-id": sent})["X-Request-Id"]
    assert made != sent
    assert len(made) == 36


def test_problems_are_told_the_same_identity(client):
    answer = client.get("/nowhere", headers={"x-request-id": "r-1", "traceparent": TRACE})
    assert answer.json()["request_id"] == answer["X-Request-Id"] == "r-1"


def test_writes_are_logged_without_their_query(client, caplog):
    caplog.set_level("INFO", "kintsugi.requests")
    client.post(f"/api/v1/posting?x={SECRET}", {"text": SECRET}, format="json")
    (record,) = [record for record in caplog.records if record.name == "kintsugi.requests"]
    assert (record.method, record.path, record.status) == ("POST", "/api/v1/posting", 400)
    assert SECRET not in str(vars(record))


def test_an_unknown_url_is_a_problem(client):
    assert is_problem(client.get("/api/v1/nowhere"), 404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/%00", "/api/v1/posting/%00", "/%0A", "/%1F/"])
def test_a_control_character_in_an_address_finds_nothing(client, path):
    assert is_problem(client.get(path), 404, "not_found")


def test_a_bad_host_is_a_problem(client):
    assert is_problem(client.get("/api/v1/reading", HTTP_HOST="evil.example"), 400, "bad_host")
    assert is_problem(client.get("/api/v1/reading", HTTP_HOST="a b"), 400, "bad_host")


def test_a_json_body_over_the_limit_is_413(client):
    body = b'{"text": "' + b"x" * 1_000_001 + b'"}'
    assert is_problem(client.post("/api/v1/posting", body, content_type="application/json"), 413, "too_large")


def test_a_form_over_the_limit_is_413(client):
    body = b"x=" + b"y" * 1_000_001
    answer = client.post("/plain", body, content_type="application/x-www-form-urlencoded")
    assert is_problem(answer, 413, "too_large")


def test_a_body_of_unknown_length_is_not_taken_for_none(client):
    answer = client.generic(
        "POST", "/api/v1/posting", b"", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH=""
    )
    assert is_problem(answer, 411, "length_required")


def test_a_broken_multipart_form_is_a_problem(client):
    answer = client.post("/plain", b"x", content_type="multipart/form-data; boundary=")
    assert is_problem(answer, 400, "malformed")


def test_a_plain_view_that_fails_is_a_problem_without_detail(client):
    client.raise_request_exception = False
    answer = client.get("/plain?bug")
    assert is_problem(answer, 500, "internal")
    assert SECRET.encode() not in answer.content


def test_a_plain_view_s_own_refusal_is_a_problem_with_its_headers(client):
    answer = client.get("/plain?refuse")
    assert is_problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "GET"


def test_a_missing_csrf_token_is_a_problem():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/plain", {"x": "1"})
    assert is_problem(answer, 403, "csrf_failed")


def test_a_page_of_a_view_s_own_stays_for_whoever_asked_for_one(client):
    answer = client.get("/plain?refuse", headers={"accept": "text/html"})
    assert (answer.status_code, answer.content) == (405, b"no")


@pytest.mark.parametrize("status", ["preflight", "moved", "not modified"])
def test_an_answer_without_a_body_claims_no_kind_of_body(client, status):
    tag = client.get("/api/v1/reading")["ETag"]
    answer = {
        "preflight": lambda: client.options("/api/v1/reading"),
        "moved": lambda: client.get("/api/v1/reading/"),
        "not modified": lambda: client.get("/api/v1/reading", headers={"if-none-match": tag}),
    }[status]()
    assert "Content-Type" not in answer


@pytest.mark.parametrize("path", ["/api/v1/reading", "/nowhere", "/plain"])
def test_head_is_get_without_its_body(client, path):
    get, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == get.status_code
    assert head["Content-Length"] == get["Content-Length"] == str(len(get.content))


def test_delivery_is_open_to_every_origin_and_never_varies_by_it(client):
    for headers in ({"origin": "https://site.example"}, {}):
        answer = client.get("/api/v1/reading", headers=headers)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer
        assert answer["Vary"] == "Accept-Encoding"


def test_problems_of_delivery_can_be_read_from_every_origin(client):
    assert client.get("/api/v1/nowhere")["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_is_answered_for_what_readers_may_do(client):
    answer = client.options(
        "/api/v1/posting",
        headers={"origin": "https://site.example", "access-control-request-method": "POST"},
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "idempotency-key" in answer["Access-Control-Allow-Headers"]


def test_the_editorial_api_is_open_to_exact_origins_only(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://desk.example"]
    ours = client.get("/api/v1/editorial/writing", headers={"origin": "https://desk.example"})
    other = client.get("/api/v1/editorial/writing", headers={"origin": "https://evil.example"})
    assert ours["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "Access-Control-Allow-Origin" not in other


@pytest.mark.parametrize(
    ("sent", "canonical"),
    [
        ("/api/v1/reading/?limit=5&kind=guide", "/api/v1/reading?limit=5&kind=guide"),
        ("/api/v1/reading///", "/api/v1/reading"),
        ("/api/v1", "/api/v1/"),
        ("/api/v1//", "/api/v1/"),
        ("/caf%C3%A9/", "/caf%C3%A9"),
        ("/a%3Fb/", "/a%3Fb"),
    ],
)
def test_an_address_has_one_form(client, sent, canonical):
    answer = client.get(sent)
    assert answer.status_code == 308
    assert answer["Location"] == canonical


def test_a_write_to_the_other_form_is_sent_on_with_its_method(client):
    assert client.post("/api/v1/posting/", {}, format="json").status_code == 308


def test_no_redirect_leads_to_another_host(client):
    answer = client.generic("GET", "//evil.example/")
    assert not answer.get("Location", "").startswith("//")


def test_the_root_alone_keeps_its_slash(client):
    assert (
        client.get("/api/v1/").status_code == 404
    )  # this map has no root; what matters is that it is not moved
