"""Log lines are JSON, know their request, and hold nobody's secrets."""

import json
import logging
import sys

import pytest

from cms.logs import JsonLines, redacted, request_context

SECRETS = {
    "token": "kt_0123456789abcdef0123456789abcdef",
    "author token": "ka_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6",
    "address": "planted.reader+x@example.org",
    "password": "correct-horse-battery",
}


def line(message, *arguments, exc_info=None, **extra):
    record = logging.LogRecord("kintsugi", logging.INFO, "x.py", 1, message, arguments, exc_info)
    vars(record).update(extra)
    return json.loads(JsonLines().format(record))


def test_a_line_tells_when_where_and_how_grave():
    written = line("published %s", "a", version=3)
    assert written["message"] == "published a"
    assert written["level"] == "info"
    assert written["logger"] == "kintsugi"
    assert written["version"] == 3
    assert written["at"].endswith("+00:00")


def test_every_line_of_a_request_names_it():
    reset = request_context.set({"request_id": "r-1", "traceparent": "00-a-b-01"})
    try:
        assert line("x")["request_id"] == "r-1"
        assert line("x")["traceparent"] == "00-a-b-01"
    finally:
        request_context.reset(reset)
    assert "request_id" not in line("x")


def test_what_django_logs_after_the_answer_names_the_request_too(rf):
    request = rf.get("/")
    request.request_id = "r-2"
    assert line("Not Found: /x", request=request)["request_id"] == "r-2"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {token}",
        "authorization=Basic dXNlcjpjb3JyZWN0LWhvcnNlLWJhdHRlcnk=",
        "sent {token}.",
        "GET /api/v1/my/comments/1?author_token={author token}&x=1",
        "GET /api/v1/articles/a/comments?email=planted.reader%2Bx%40example.org",
        "failed for {address}, twice",
        "to=<{address}>",
        '{{"author_email": "{address}", "password": "{password}"}}',
        "password={password}&next=/",
        "{{'password': '{password}', 'token': '{token}'}}",
        "Set-Cookie: session=abc; Cookie: sessionid={password}",
        "duplicate key\nDETAIL:  Key (email)=({address}) {password} already exists.\nCONTEXT: x",
        "DETAIL:  Failing row contains (1, {password}, held text of a reader).",
    ],
)
def test_planted_secrets_appear_in_no_line(text):
    written = json.dumps(line(text.format(**SECRETS), note=text.format(**SECRETS)))
    for secret in (*SECRETS.values(), "planted.reader", "dXNlcjpjb3", "held text"):
        assert secret not in written


def test_a_traceback_is_kept_and_redacted():
    try:
        raise ValueError(f"no account {SECRETS['address']}")
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())
    assert "ValueError: no account [address]" in written["traceback"]
    assert "test_logs.py" in written["traceback"]


def test_ordinary_words_stay():
    sentence = "revision 7 of article 0190e0a0-0000-7000-8000-000000000000 at 2026-03-01T12:00:00Z"
    assert redacted(sentence) == sentence


@pytest.mark.parametrize("text", ["a", "@", "a@", "/", "?", "/?", "k_", "token=", '"password": "'])
def test_a_line_of_any_length_can_be_redacted(text):
    assert line(text * 50_000)["level"] == "info"
