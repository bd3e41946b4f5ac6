"""Whatever is wrong with a request that writes: a 4xx that says what, and not one row is lost or changed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.client import ApiClient
from tests.security.addresses import routes
from tests.security.rows import contents
from tests.security.writes import Write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("leaping_clock")]

PROBLEM = "application/problem+json"
BODIES = {
    # name: (bytes, status, code)
    "no JSON": (b'{"a": ', 400, "malformed_json"),
    "a list": (b"[]", 400, "malformed_json"),
    "a text": (b'"words"', 400, "malformed_json"),
    "null": (b"null", 400, "malformed_json"),
    "two values": (b"{} {}", 400, "malformed_json"),
    "no UTF-8": (b'{"a": "\xff"}', 400, "malformed_json"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), 400, "malformed_json"),
    "3 MB": (b'{"a": "' + b"x" * 3_000_000 + b'"}', 413, "too_large"),
    "lists 1000 deep": (b'{"a": ' + b"[" * 1000 + b"]" * 1000 + b"}", 400, "malformed_json"),
    "objects 1000 deep": (b'{"a":' * 1000 + b"1" + b"}" * 1000, 400, "malformed_json"),
    "open brackets": (b'{"a": ' + b"[" * 100_000, 400, "malformed_json"),
    "a member twice": (b'{"a": 1, "a": 2}', 400, "malformed_json"),
    "a member twice, deep": (b'{"a": [{"b": 1, "\\u0062": 2}]}', 400, "malformed_json"),
    "a lone surrogate": (b'{"a": "\\ud800"}', 400, "malformed_json"),
    "a lone surrogate for a name": (b'{"\\udfff": 1}', 400, "malformed_json"),
    "NUL": (b'{"a": "\\u0000"}', 400, "malformed_json"),
    "NUL for a name": (b'{"\\u0000": 1}', 400, "malformed_json"),
    "NaN": (b'{"a": NaN}', 400, "malformed_json"),
    "infinity": (b'{"a": -Infinity}', 400, "malformed_json"),
    "a number beyond any float": (b'{"a": 1e999}', 400, "malformed_json"),
    "2^63": (b'{"a": 9223372036854775808}', 400, "malformed_json"),
    "2^56 as a fraction": (b'{"a": [7.205759403792794e16]}', 400, "malformed_json"),
    "an integer of 5000 digits": (b'{"a": ' + b"9" * 5000 + b"}", 400, "malformed_json"),
    "an unknown field": (b'{"no_such_field": 1}', 422, "invalid"),
    "a field of the database": (b'{"id": "x", "pk": 1, "is_staff": true}', 422, "invalid"),
    "the prototype": (b'{"__proto__": {"a": 1}, "constructor": {}}', 422, "invalid"),
}
OTHERWISE = {"a list": (422, "invalid")}
"""What becomes of them where a body is a list."""

WRONG: tuple[Any, ...] = (
    *(True, 0, -1, 1.5, 2**53 - 1, "", "x" * 20_000, "\u202e\u2066"),
    *([], [[]], [None], [{}], ["x", "x"], {}, {"a": {"b": []}}, {"": ""}, None),
)
"""Values of every JSON type, most of them of the wrong one wherever they stand."""


@pytest.fixture
def with_body(writes: list[Write]) -> list[Write]:
    return [write for write in writes if write.body is not None]


def refused(response: Any, status: int, code: str, what: str) -> dict[str, Any]:
    """The problem document. That it is as the schema says, the client has seen to."""
    assert response.status_code == status, f"{what}: {response.status_code} {response.content[:300]}"
    assert response["Content-Type"] == PROBLEM
    problem: dict[str, Any] = response.json()
    assert problem["code"] == code, f"{what}: {problem}"
    assert problem["detail"].endswith((".", "?")), f"{what}: {problem['detail']}"
    return problem


def test_every_way_to_write_is_in_the_list(writes: list[Write]) -> None:
    methods = ("POST", "PUT", "PATCH", "DELETE")
    outside = ("/sign-in", "/sign-out", "/")
    there = {
        f"{method} {route.template}"
        for route in routes()
        for method in methods
        if route.template not in outside and hasattr(route.view, method.lower())
    }
    assert {str(write) for write in writes} == there


def test_the_right_requests_are_right(writes: list[Write]) -> None:
    """Else the others would prove nothing. Each once; later ones may find the state changed by earlier ones."""
    for write in writes:
        response = write.send()
        assert response.status_code < 300 or response.json()["status"] in (404, 409, 412), (
            f"{write}: {response.content!r}"
        )


def test_bodies_that_cannot_be_understood_change_nothing(with_body: list[Write]) -> None:
    before = contents()
    for write in with_body:
        for name, (body, status, code) in BODIES.items():
            if isinstance(write.body, list) and name in OTHERWISE:
                status, code = OTHERWISE[name]
            problem = refused(write.send(body), status, code, f"{write} with {name}")
            assert status != 422 or all("pointer" in error for error in problem["errors"])
    assert contents() == before


def test_a_body_that_is_not_there_is_an_empty_one(with_body: list[Write]) -> None:
    for write in with_body:
        before = contents()
        response = write.send(b"")
        assert response.status_code in (200, 201, 422), str(write)
        assert response.status_code == 201 or contents() == before, str(write)


def test_values_of_the_wrong_type_are_refused_where_they_stand(with_body: list[Write]) -> None:
    before = contents()
    for write in with_body:
        for path in _paths(write.body):
            done = False
            for value in WRONG:
                response = write.send(_spoiled(write.body, path, value))
                done |= _done(response, f"{write} with {path} = {str(value)[:40]!r}")
            after = contents()
            assert done or after == before, f"{write}: {path}"
            before = after


def _done(response: Any, what: str) -> bool:
    """Whether it was done after all: some of the values are right in some places."""
    if response.status_code < 300:
        return True
    problem = response.json()
    assert response.status_code in (404, 409, 410, 412, 422), f"{what}: {problem}"
    assert response.status_code != 422 or problem["errors"], f"{what}: {problem}"
    return False


def _spoiled(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The body with one of its members, at any depth, replaced."""
    spoiled = inner = json.loads(json.dumps(body))
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return spoiled


def _paths(value: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if so_far:
        yield so_far
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from _paths(inner, (*so_far, step))


def test_bodies_of_another_kind_change_nothing(with_body: list[Write]) -> None:
    before = contents()
    for write in with_body:
        body = json.dumps(write.body).encode()
        kinds = (
            "text/plain",
            "application/xml",
            "text/html",
            "application/x-www-form-urlencoded",
            "image/svg+xml",
            "x",
        )
        for kind in kinds:
            form_in_session = kind.endswith("urlencoded") and "tokens" in write.path
            if not form_in_session:
                refused(
                    write.send(body, content_type=kind), 415, "unsupported_media_type", f"{write} as {kind}"
                )
        gzipped = write.send(body, Content_Encoding="gzip")
        refused(gzipped, 415, "unsupported_media_type", f"{write} compressed")
        if write.method == "POST":
            patch = write.send(body, content_type="application/merge-patch+json")
            refused(patch, 415, "unsupported_media_type", f"{write} as a patch")
    assert contents() == before


def test_without_the_right_etag_nothing_changes(writes: list[Write]) -> None:
    before = contents()
    for write in writes:
        if not write.etag:
            continue
        for tag, status, code in (
            ("", 428, "precondition_required"),
            ('"r0-0"', 412, "stale"),
            ('W/"r0-0"', 412, "stale"),
            ("*", 400, "if_match_star"),
            ('W/"*"', 412, "stale"),
            ("r1-1", 400, "if_match_invalid"),
            (write.etag + " x", 400, "if_match_invalid"),
            (write.etag.upper().replace("R", "Z"), 412, "stale"),
            (",".join(['"x"'] * 2000), 412, "stale"),
            ('"' + "x" * 20_000, 400, "if_match_invalid"),
        ):
            refused(write.send(If_Match=tag), status, code, f"{write} with If-Match {tag[:30]}")
    assert contents() == before


def test_parameters_that_are_not_there_are_refused(writes: list[Write]) -> None:
    before = contents()
    for write in writes:
        refused(write.send(query="?no_such=1"), 400, "unknown_parameter", f"{write}")
        refused(write.send(query="?" + "a" * 20_000), 400, "unknown_parameter", f"{write}")
        refused(write.send(query="?_method=DELETE"), 400, "unknown_parameter", f"{write}")
    assert contents() == before


def test_keys_of_another_form_are_refused(writes: list[Write]) -> None:
    before = contents()
    for write in writes:
        if write.method == "POST" and not write.path.endswith("preview-markdown"):
            for key in (" ", "a b", "x" * 256, "é"):
                refused(write.send(Idempotency_Key=key), 400, "invalid_idempotency_key", f"{write} {key[:9]}")
    assert contents() == before


def test_numbers_that_are_taken_can_be_saved_again(as_author: ApiClient) -> None:
    """A number of 17 digits was taken in one form, stored in another, and the text could never be saved again."""
    body = {"title": "Numbers", "slug": "numbers"}
    made = as_author.post("/api/v1/editorial/articles", body, format="json")
    place, etag = made.headers["Location"], made.headers["ETag"]
    for number in (
        "1.5",
        "-0.0",
        "9007199254740991",
        "9007199254740991.0",
        "1e21",
        "1e300",
        "5e-324",
        "0.1e1",
    ):
        sent = f'{{"extra": {{"n": {number}}}}}'.encode()
        kind = "application/merge-patch+json"
        saved = as_author.patch(place, sent, content_type=kind, headers={"If-Match": etag})
        assert saved.status_code == 200, number
        assert saved.json()["content"]["extra"]["n"] == json.loads(number)
        etag = saved.headers["ETag"]
