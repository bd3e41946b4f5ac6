"""JSON bodies: what would crash, be read in two ways or be lost in storage is refused as malformed."""

import io

import pytest
from django.test import override_settings
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from cms.errors import Malformed, TooLarge
from cms.parsers import MergePatch, StrictJson, loads


def refused(body):
    with pytest.raises(Malformed) as caught:
        loads(body)
    assert caught.value.code == "malformed_json"
    return caught.value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, true, null, "\xc3\xa9"]}', {"a": [1, 2.5, True, None, "é"]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        (b'{"a": "[[[[ \\" {{{{"}', {"a": '[[[[ " {{{{'}),
        (b'{"n": 9007199254740991}', {"n": 2**53 - 1}),
        (b'{"a": {"b": 1}, "b": {"b": 2}}', {"a": {"b": 1}, "b": {"b": 2}}),
    ],
)
def test_plain_json_is_read(body, value):
    assert loads(body) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": 1} x',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9007199254740992}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        b'{"a": "\n"}',
        b'{"a": 1, "a": 2}',
        b'{"x": [{"a": 1, "\\u0061": 2}]}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\udc00\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"\\u0000": {}}',
        b"\xff\xfe{\x00",
        b'{"a": "\xed\xa0\x80"}',
        "{}".encode("utf-16"),
    ],
)
def test_what_is_unsafe_or_not_json_is_malformed(body):
    refused(body)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":['])
@pytest.mark.parametrize("times", [33, 990, 100_000])
def test_deep_nesting_is_refused_before_it_is_parsed(opening, times):
    assert "32 levels" in refused(opening * times).detail


def test_32_levels_are_accepted():
    assert loads(b"[" * 32 + b"]" * 32)


def test_the_place_of_an_unstorable_character_is_told():
    errors = refused(b'{"parts": [{"a/b": "ok"}, {"a/b": "\\u0000"}]}').errors
    assert [(error.pointer, error.code) for error in errors] == [("/parts/1/a~1b", "nul_character")]


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"[]," * 300_000 + b"[]",
        b'"' * 999_999,
        b'{"a":"' + b"\\" * 900_000,
        b"{" + b",".join(b'"k%d":0' % number for number in range(80_000)) + b',"k0":0}',
        b'["' + b"\xf0\x9f\x98\x80" * 240_000,
    ],
    ids=["many lists", "quotes", "backslashes", "names", "characters"],
)
def test_a_hostile_megabyte_is_refused_like_any_other(body):
    refused(body)


def parse(parser, body, **extra):
    wsgi = APIRequestFactory().post("/", body, content_type=parser.media_type, **extra)
    view = APIView()
    return parser().parse(io.BytesIO(body), parser.media_type, {"request": wsgi, "view": view})


@pytest.mark.parametrize("parser", [StrictJson, MergePatch])
@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"', b"null"])
def test_a_body_is_an_object(parser, body):
    with pytest.raises(Malformed):
        parse(parser, body)


def test_a_view_may_accept_a_list():
    view = APIView()
    view.accepts_list = True
    assert StrictJson().parse(io.BytesIO(b"[1]"), None, {"view": view}) == [1]


def test_a_body_over_the_limit_is_too_large():
    with pytest.raises(TooLarge):
        parse(StrictJson, b'{"a": "' + b"x" * 1_000_000 + b'"}')


def test_the_limit_is_a_setting():
    with override_settings(LIMITS={"json_bytes": 10, "json_depth": 32}), pytest.raises(TooLarge):
        parse(StrictJson, b'{"a": "123"}')


def test_a_compressed_body_is_not_inflated():
    with pytest.raises(UnsupportedMediaType):
        parse(StrictJson, b"\x1f\x8b", HTTP_CONTENT_ENCODING="gzip")


@pytest.mark.django_db
@pytest.mark.urls("tests.cms.urls")
@pytest.mark.parametrize(
    "body",
    [
        '{"text":' * 990 + "1" + "}" * 990,
        '{"text": "\\ud800"}',
        '{"text": "\\u0000"}',
        '{"text": 1, "text": 2}',
    ],
    ids=["deep", "surrogate", "NUL", "duplicate"],
)
def test_what_used_to_crash_a_server_is_a_problem_to_its_sender(client, body):
    answer = client.post("/api/v1/posting", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")
