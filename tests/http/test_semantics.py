"""The linter itself: each rule finds what breaks it, and nothing in an answer that is right."""

import gzip

import pytest

from tests.http.semantics import Exchange, faults

RIGHT = {
    "Content-Type": "application/json",
    "Content-Length": "2",
    "ETag": '"abc"',
    "Cache-Control": "public, max-age=60, stale-while-revalidate=300",
    "Vary": "Accept-Encoding",
    "Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT",
    "Link": '</a>; rel="next", <https://example.org/b>; rel=canonical; title="A; \\"b\\", c"',
}


def exchange(method="GET", status=200, body=b"{}", without=(), **changed):
    headers = RIGHT | {name.replace("_", "-").title(): value for name, value in changed.items()}
    headers = {"ETag" if name == "Etag" else name: value for name, value in headers.items()}
    return Exchange(
        method, status, tuple((name, value) for name, value in headers.items() if name not in without), body
    )


def test_an_answer_that_is_right_has_no_fault():
    assert faults(exchange()) == []
    assert faults(exchange(method="HEAD", body=b"")) == []
    assert faults(exchange(status=304, body=b"", without=("Content-Type", "Content-Length"))) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (exchange(connection="close"), "connection's own"),
        (exchange(x_name="a\r\nSet-Cookie: b"), "no field may have"),
        (exchange(content_length="3"), "the body has 2 bytes"),
        (exchange(without=("Content-Length",)), "Content-Length is missing"),
        (exchange(method="HEAD"), "HEAD has a body"),
        (exchange(status=304), "may have none"),
        (exchange(status=304, body=b"", without=("ETag",)), "304 without etag"),
        (exchange(without=("Content-Type",)), "without Content-Type"),
        (exchange(content_type="application/json; charset=utf-8"), "no charset"),
        (exchange(etag="abc"), "ETag is"),
        (exchange(content_encoding="gzip"), "one strong tag"),
        (exchange(content_encoding="gzip", etag='"abc-gzip"'), "the body is none"),
        (exchange(content_encoding="gzip", vary="Origin"), "Vary does not say so"),
        (exchange(last_modified="Sun, 1 Mar 2026 12:00:00 GMT"), "not the form"),
        (exchange(last_modified="yesterday"), "no date"),
        (exchange(last_modified="Fri, 01 Mar 2999 12:00:00 GMT"), "lies ahead"),
        (exchange(cache_control="no-store, max-age=60"), "kept and not kept"),
        (exchange(cache_control="max-age=-1"), "max-age=-1"),
        (exchange(cache_control="public max-age=1"), "RFC 9111"),
        (exchange(cache_control="public, public"), "there twice"),
        (exchange(set_cookie="a=b"), "to everybody"),
        (exchange(without=("Cache-Control",)), "how long"),
        (exchange(link="/a; rel=next"), "RFC 8288"),
        (exchange(link="</a>; title=next"), "without rel"),
        (exchange(status=401), "WWW-Authenticate"),
        (exchange(status=405), "without Allow"),
        (exchange(status=308, location="/a b"), "leads to"),
        (exchange(status=503), "try again"),
        (exchange(retry_after="soon"), "Retry-After"),
        (exchange(status=404), "an error as application/json"),
        (exchange(content_type="application/problem+json"), "that is none"),
        (exchange(content_language="english!"), "Content-Language"),
        (exchange(content_range="bytes 0-1/2"), "ranges"),
    ],
)
def test_what_is_wrong_is_told(wrong, told):
    assert any(told in fault for fault in faults(wrong)), faults(wrong)


def test_a_header_twice_and_a_compressed_body_are_judged_as_they_were_written():
    twice = Exchange("GET", 200, (*exchange().written, ("etag", '"b"')), b"{}")
    assert any("2 times" in fault for fault in faults(twice))
    packed = gzip.compress(b"{}", mtime=0)
    right = exchange(body=packed, content_encoding="gzip", etag='"abc-gzip"', content_length=str(len(packed)))
    assert faults(right) == []
