"""Headers that no proxy wrote: they change nothing that a cache keeps, no link, and nobody gets in by an origin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.models import User
from tests.builders import a_published_article, a_revision, an_entry, published
from tests.client import ApiClient
from tests.security.addresses import routes

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"
BrowserOf = Callable[[User | None], Client]


def forged(value: str) -> dict[str, str]:
    """Headers that some framework, proxy or cache somewhere believes."""
    names = (
        *(
            "x-forwarded-host",
            "x-forwarded-server",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-prefix",
        ),
        *(
            "x-forwarded-scheme",
            "x-original-url",
            "x-rewrite-url",
            "x-host",
            "forwarded",
            "x-real-ip",
            "via",
            "referer",
        ),
        *(
            "x-http-method-override",
            "x-method-override",
            "front-end-https",
            "x-script-name",
            "origin",
            "user-agent",
        ),
        *(
            "accept-language",
            "x-wap-profile",
            "max-forwards",
            "from",
            "dnt",
            "save-data",
            "if-modified-since",
        ),
    )
    return dict.fromkeys(names, value)


NO_CACHE_KEEPS = ("/sign", "/api/v1/my", "/api/v1/preview")
"""Beginnings of addresses whose answers are `no-store`, since they depend on who asks."""


@pytest.mark.parametrize(
    "value",
    ["elsewhere.example", "https://elsewhere.example/x", "/api/v1/editorial/me", "DELETE", "https", "fr"],
)
def test_no_header_outside_the_key_changes_what_a_cache_keeps(
    api: ApiClient, author: User, value: str
) -> None:
    a_published_article(slug="one", comments_policy="publish")
    a_published_article(slug="two")
    an_entry("helpline", "line")
    known = {"slug": ["one"], "number": ["1"], "key": ["line"]}
    secrets = {"authorization": "Bearer kt_x", "cookie": f"session={'a' * 32}; csrf=b"}
    for route in routes():
        if route.is_editorial or route.template.startswith(NO_CACHE_KEEPS):
            continue
        for path in route.filled(known):
            address = f"{path}?limit=1" if "limit" in route.parameters else path
            plain, other = both(address, forged(value) | secrets)
            assert other.content == plain.content or plain.status_code >= 400, address
            assert _kept(other) == _kept(plain), address
            assert b"elsewhere.example" not in other.content, address


def both(address: str, headers: dict[str, str]) -> tuple[Any, Any]:
    """The answers without and with the headers. Cursors name the second, so a pair that a second parts is asked again;
    what the headers change differs every time.
    """
    for _ in range(3):
        plain, other = Client().get(address), Client(headers=headers).get(address)
        if other.content == plain.content:
            break
    return plain, other


def _kept(response: Any) -> tuple[int, dict[str, str]]:
    """What a cache stores: everything but the request's own id, and the length of an error that names it."""
    passing = ("X-Request-Id", "Content-Length") if response.status_code >= 400 else ("X-Request-Id",)
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    return response.status_code, {name: value for name, value in response.items() if name not in passing}


def test_absolute_links_are_those_of_the_public_url(api: ApiClient) -> None:
    for number in range(3):
        a_published_article(slug=f"a{number}", comments_policy="publish")
    for host in ("localhost", "127.0.0.1"):
        listed = api.get(
            "/api/v1/articles?limit=1", headers={"host": host, "x-forwarded-host": "elsewhere.example"}
        )
        assert listed.json()["next"].startswith("http://testserver/api/v1/articles?")
        assert listed.headers["Link"].startswith("<http://testserver/api/v1/articles?")
        document = api.get("/api/v1/articles/a0", headers={"host": host}).content.decode()
        assert host not in document
        assert "testserver" in document


def test_a_slug_that_moved_leads_within_this_host(api: ApiClient, travel: Callable[[float], object]) -> None:
    article = a_published_article(slug="before")
    a_revision(article, slug="after")
    published(article)
    travel(2)
    for query in ("", "?fields=id", "?fields=id&locale=en"):
        moved = api.get(f"/api/v1/articles/before{query}", headers={"host": "localhost"})
        assert moved.status_code == 308
        assert moved["Location"].startswith("/api/v1/articles/after?")


def test_cors_lets_everybody_read_and_nobody_act(client: Client, author: User) -> None:
    a_published_article(slug="one", comments_policy="publish")
    for address in (
        "/api/v1/articles",
        "/api/v1/articles/one",
        "/api/v1/articles/one/comments",
        "/api/v1/nothing",
    ):
        for origin in ("https://elsewhere.example", "null"):
            response = client.get(address, headers={"origin": origin})
            assert response["Access-Control-Allow-Origin"] == "*", address
            assert "Access-Control-Allow-Credentials" not in response.headers
            assert "origin" not in response.headers.get("Vary", "").lower()
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    for address in (DESK, "/api/v1/editorial/me", "/sign-in"):
        asked = client.get(address, headers={"origin": "https://elsewhere.example"})
        before = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
        flown = client.options(address, headers=before)
        assert "Access-Control-Allow-Origin" not in asked.headers
        assert "Access-Control-Allow-Origin" not in flown.headers


def test_cors_of_the_desk_names_exact_origins(client: Client, settings: Any, author: User) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://desk.example"]
    settings.CORS_ALLOW_CREDENTIALS = True
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    ours = client.get("/api/v1/editorial/me", headers={"origin": "https://desk.example"})
    assert ours["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "origin" in ours["Vary"].lower()
    for origin in (
        "https://desk.example.evil",
        "https://evil.desk.example",
        "http://desk.example",
        "null",
        "https://desk.example:444",
    ):
        theirs = client.get("/api/v1/editorial/me", headers={"origin": origin})
        assert "Access-Control-Allow-Origin" not in theirs.headers, origin
