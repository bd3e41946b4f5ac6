"""Every page, whoever asks and whatever went wrong, goes out under the strict policy and needs nothing that it forbids."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from cms.models import User
from tests.builders import a_published_article, an_article, an_entry
from tests.security.addresses import routes
from tests.security.markup import Page

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def require_strict(response: Any, what: str) -> None:
    policy = {part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";")}
    assert policy == POLICY, what
    assert response.headers.get("X-Content-Type-Options") == "nosniff", what
    assert response.headers.get("X-Frame-Options") == "DENY", what
    assert response.headers.get("Referrer-Policy") == "no-referrer", what
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert Page(response.content.decode()).problems == [], what


@pytest.fixture
def known(author: User) -> dict[str, list[str]]:
    live: Article = a_published_article(slug="live")
    draft = an_article(by=author, slug="draft")
    entry = an_entry("topic", "sleep")
    return {
        "slug": ["live", "nothing-here"],
        "number": ["1", "7"],
        "key": ["sleep"],
        "article_id": [str(live.pk), str(draft.pk)],
        "item_id": [str(entry.pk)],
    }


def addresses(known: dict[str, list[str]]) -> Iterator[str]:
    for route in routes():
        yield from route.filled(known)
        yield from (f"{path}?no_such_parameter=1" for path in route.filled(known))


def test_every_page_is_strict_for_everybody(
    browser_of: Callable[[User | None], Client],
    administrator: User,
    author: User,
    known: dict[str, list[str]],
) -> None:
    for user in (None, author, administrator):
        browser = browser_of(user)
        for address in addresses(known):
            require_strict(browser.get(address), f"{user}: {address}")
            require_strict(browser.post(address), f"{user}: POST {address}")


@pytest.mark.parametrize(
    ("what", "request_of"),
    [
        ("an unknown host", lambda client: client.get("/api/v1/", headers={"host": "elsewhere.example"})),
        ("an unknown address", lambda client: client.get("/nothing")),
        ("an address with U+0000", lambda client: client.get("/%00")),
        ("a wrong method", lambda client: client.put("/api/v1/articles")),
        ("the documentation, by a wrong method", lambda client: client.post("/api/docs")),
        ("no length", lambda client: client.get("/api/v1/", headers={"transfer-encoding": "chunked"})),
        ("a static file", lambda client: client.get("/static/kintsugi/page.css")),
        ("a static file, by a wrong method", lambda client: client.post("/static/kintsugi/page.css")),
        ("a static file that is none", lambda client: client.get("/static/../cms/settings.py")),
        ("a form without its token", lambda client: client.post("/sign-in", {"username": "a"})),
        ("a redirect", lambda client: client.get("/api/v1/articles/")),
        ("the start page", lambda client: client.get("/")),
    ],
)
def test_what_answers_before_any_view_is_strict_too(
    browser_of: Callable[[User | None], Client], what: str, request_of: Callable[[Client], Any]
) -> None:
    response = request_of(browser_of(None))
    require_strict(response, what)
    response.close()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address", ["/api/docs", "/api/docs/problems", "/api/schema", "/healthz", "/static/kintsugi/page.css"]
)
def test_a_program_never_gets_a_page_for_an_error(client: Client, method: str, address: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code in (403, 405)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code


def test_data_is_never_sniffed_or_framed(client: Client, known: dict[str, list[str]]) -> None:
    for address in addresses(known):
        response = client.get(address)
        assert response.headers["X-Content-Type-Options"] == "nosniff", address
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], address
