"""Addresses, parameters, headers and cookies that no honest program sends: a 4xx problem, never a 5xx or a page."""

import base64
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cms.models import User
from tests.builders import a_published_article, an_entry
from tests.client import ApiClient
from tests.security.addresses import Route, routes

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"
IN_PATHS = (
    *(
        "%00",
        "a%00b",
        "%0d%0aX-Injected:%201",
        "%ff%fe",
        "%ED%A0%80",
        "%zz",
        "%",
        "%2e%2e",
        "..%2f..",
        "%252e",
    ),
    *("٣", "１", "0", "-1", "1.0", "1e3", "0x1", "+1", "%201", "0001", "9" * 10, "9" * 19, "9" * 5000),
    *(
        "a" * 8000,
        "'%20OR%201=1--",
        "\u202e",
        "é",
        "E\u0301",
        "null",
        "undefined",
        "[object%20Object]",
        "*",
        "{slug}",
    ),
    *("00000000-0000-0000-0000-000000000000", "0190E0A0-0000-7000-8000-000000000000"),
    "0190e0a0-0000-7000-8000-00000000000٣",
)
IN_PARAMETERS = (
    *(
        "",
        "%00",
        "%ff",
        "%ED%A0%80",
        "%0d%0aSet-Cookie:%20a=1",
        "٣",
        "-1",
        "1e3",
        "9223372036854775808",
        "9" * 5000,
    ),
    *(
        "x" * 20_000,
        "[]",
        "a[]=1",
        "null",
        "true,false",
        ",",
        "en,en",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
    ),
    *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00%2B23:59", "2026-01-01", "2026-01-01T00:00:00", "now"),
    *("2016-12-31T23:59:60Z", "AAAA", "eyJvIjoiLWlkIn0", "é", "' OR 1=1", "%2A", "$ne"),
)


@pytest.fixture
def known() -> dict[str, list[str]]:
    live = a_published_article(slug="live")
    an_entry("topic", "sleep")
    return {"slug": ["live", str(live.pk)], "key": ["sleep"], "number": ["1"]}


def require_problem(response: Any, what: str) -> None:
    assert response.status_code < 500, f"{what}: {response.status_code}"
    assert "X-Injected" not in response.headers, what
    assert not response.cookies, what
    if response.status_code >= 400:
        assert response["Content-Type"] == PROBLEM, f"{what}: {response.content[:200]!r}"
        assert response["Cache-Control"] == "no-store", what


def for_programs() -> Iterator[Route]:
    """All but the pages of signing in and out."""
    return (route for route in routes() if not route.template.startswith("/sign-"))


def test_parts_of_addresses_that_name_nothing(api: ApiClient, as_administrator: ApiClient) -> None:
    for route in for_programs():
        client = as_administrator if route.is_editorial else api
        for name in route.names:
            for value in IN_PATHS:
                others = {other: ["1"] for other in route.names}
                (path,) = route.filled(others | {name: [value]})
                require_problem(client.get(path), f"GET {path[:90]}")


def test_parameters_that_cannot_be_read(
    api: ApiClient, as_administrator: ApiClient, known: dict[str, list[str]]
) -> None:
    """Each parameter once: those that several addresses declare alike are read by the same code."""
    done = set()
    for route in for_programs():
        client = as_administrator if route.is_editorial else api
        path = next(route.filled(known))
        for name in [*route.parameters, "no_such"]:
            declared = (name, str(getattr(route.parameters.get(name), "schema", "")))
            values = IN_PARAMETERS if declared not in done else ()
            done.add(declared)
            for value in values:
                require_problem(client.get(f"{path}?{name}={value}"), f"GET {path}?{name}={value[:40]}")
            if name in route.parameters:
                twice = client.get(f"{path}?{name}=1&{name}=2")
                assert twice.status_code in (400, 401, 404, 405), path


def test_more_parameters_than_anybody_needs(api: ApiClient) -> None:
    for query in (
        "&".join(f"a{number}=1" for number in range(2000)),
        "a" * 20_000,
        "&" * 20_000,
        "=" * 20_000,
    ):
        require_problem(api.get(f"/api/v1/articles?{query}"), query[:20])


@pytest.mark.parametrize(
    "cookie",
    [
        'session="\\000abcdefghijklmnopqrstuvwxyz01234"',
        'session="\\012abcdefghijklmnopqrstuvwxyz01234"',
        "session=" + "x" * 7000,
        "session=é",
        'csrf="\\000"',
        'messages="\\000"',
        "messages=" + "W10:" * 500,
        "=;=;=" * 100,
        'a="' + "\\" * 999,
    ],
)
def test_cookies_that_nobody_was_given(cookie: str) -> None:
    for address in ("/sign-in", "/api/v1/editorial/me", "/api/v1/articles"):
        response = Client(headers={"cookie": cookie}).get(address)
        assert response.status_code in (200, 401), f"{address}: {response.content[:200]!r}"
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "credentials",
    [
        *(
            "Basic",
            "Basic !!!!",
            "Basic Og==",
            "Bearer",
            "Bearer kt_",
            "Bearer a b",
            "Digest a",
            "bearer kt_x",
            "é",
        ),
        "Bearer kt_" + "a" * 5000,
        "Bearer ka_" + "a" * 5000,
        *(
            "Basic " + base64.b64encode(text.encode(encoding)).decode()
            for text, encoding in (
                ("a\0b:password", "utf-8"),
                ("a" * 5000 + ":password", "utf-8"),
                ("author:" + "p" * 5000, "utf-8"),
                ("author:\0", "utf-8"),
                ("no colon", "utf-8"),
                ("é:ÿ", "latin-1"),
                ("\u202e:\U0001f4a5", "utf-16"),
            )
        ),
    ],
)
def test_credentials_that_are_none(api: ApiClient, author: User, credentials: str) -> None:
    headers = {"Authorization": credentials}
    for answer in (
        api.post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers),
        api.get("/api/v1/editorial/me", headers=headers),
        api.get(f"/api/v1/my/comments/{author.pk}", headers=headers),
    ):
        assert answer.status_code in (401, 404), answer.content
        assert answer.status_code == 404 or "WWW-Authenticate" in answer.headers
    assert api.get("/api/v1/articles", headers=headers).status_code == 200


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "\u202e", "' OR 1=1", "", "é" * 151])
def test_names_that_nobody_has_do_not_sign_in(client: Client, name: str) -> None:
    response = client.post("/sign-in", {"username": name, "password": "wrong"})
    assert response.status_code == 200
    assert "Sign in" in response.content.decode()


@pytest.mark.parametrize(
    ("header", "value", "statuses"),
    [
        ("Accept", "x" * 5000, {406}),
        ("Accept", "application/xml", {406}),
        ("Accept", "*/*;q=0", {406}),
        ("Accept", ",;=/" * 500, {200, 406}),
        ("Accept", "application/json;q=é", {200, 406}),
        ("Accept-Language", "x" * 5000, {200}),
        ("If-None-Match", '"' * 5000, {200}),
        ("If-Modified-Since", "not a day", {200}),
        ("Range", "bytes=0-0,-1,5-2", {200}),
        ("X-Request-Id", "a b\tc" * 500, {200}),
        ("traceparent", "00-zz", {200}),
        ("Content-Length", "-1", {200, 400}),
        ("Content-Length", "x", {200, 400}),
        ("Content-Type", "x" * 5000, {200}),
        ("Expect", "200-maybe", {200}),
        ("X-HTTP-Method-Override", "DELETE", {200}),
        ("User-Agent", "\u00ff" * 5000, {200}),
    ],
)
def test_headers_that_say_nothing(
    api: ApiClient, known: dict[str, list[str]], header: str, value: str, statuses: set[int]
) -> None:
    for address in ("/api/v1/articles", "/api/v1/articles/live", "/api/v1/articles/live/comments"):
        response = api.get(address, headers={header: value})
        require_problem(response, f"{header}: {value[:40]}")
        assert response.status_code in statuses


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "testserver:abc",
        "[::1",
        "a b",
        "localhost@elsewhere",
        "",
        "x" * 300,
        "testserver, a",
    ],
)
def test_a_host_that_is_not_ours(api: ApiClient, host: str) -> None:
    for address in (
        "/",
        "/api/v1/",
        "/api/v1/articles",
        "/sign-in",
        "/nothing",
        "/api/v1/editorial/me",
        "/static/a",
    ):
        response = api.get(address, headers={"Host": host})
        require_problem(response, host)
        assert response.json()["code"] == "bad_host"


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/", "/%5Celsewhere.example/", "/%2F%2Felsewhere.example/", "/\\e.example/"]
)
def test_no_redirect_leads_to_another_host(api: ApiClient, path: str) -> None:
    for query in ("", "?a=%0d%0aX-Injected:1", "?next=//elsewhere.example"):
        response = api.generic("GET", f"http://testserver{path}{query}")
        place = response.headers.get("Location", "/")
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))
        assert "\r" not in place
        assert "\n" not in place


@pytest.mark.parametrize(
    "place",
    ["//elsewhere.example", "https://elsewhere.example", "javascript:alert(1)", "/\\e.example", "\thttps:e"],
)
def test_signing_in_leads_to_no_other_host(
    browser_of: Callable[[User | None], Client], author: User, place: str
) -> None:
    response = browser_of(author).get(f"/sign-in?next={quote(place)}")
    assert response["Location"] == "/api/v1/editorial/me"


def test_one_thing_has_one_address(api: ApiClient, known: dict[str, list[str]]) -> None:
    """Else caches hold it twice, and a purge reaches one of them only."""
    live = known["slug"][1]
    assert api.get(f"/api/v1/articles/{live}/versions/1").status_code == 200
    for other in (
        f"/api/v1/articles/{live}/versions/01",
        f"/api/v1/articles/{live.upper()}",
        f"/api/v1/articles/{live.replace('-', '')}",
        f"/api/v1/articles/{{{live}}}",
        "/api/v1/articles/LIVE",
        "/api/v1/articles/live%20",
        "/api/v1//articles",
        "/api/v1/./articles",
        "/API/v1/articles",
        "/api/v1/topics/Sleep",
        "/api/v1/articles/live;a=1",
    ):
        assert api.get(other).status_code == 404, other
