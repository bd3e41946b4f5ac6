"""What a person sees: one page for everybody on delivery addresses, one's own on the desk's."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cms.models import Site, User

BrowserOf = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


class Elements(HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def page(client: Client, path: str, status: int = 200) -> str:
    response: Any = client.get(path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    return response.content.decode()


@pytest.fixture
def browsable_places(
    browser_of: BrowserOf, editor: User, moderator: User, stranger: User
) -> dict[str, list[str]]:
    """What the top of the page offers to each, after what it offers to everybody."""

    def offered(user: User | None) -> list[str]:
        seen = browser_of(user).get("/api/v1/editorial/me").content.decode()
        names = re.findall(r'<li><a href="[^"]+">([^<]+)</a></li>', seen[: seen.index("</nav>")])
        return [name for name in names if name not in ("Articles", "Documentation")]

    people = {user.username: user for user in (editor, moderator, stranger)}
    return {name: offered(user) for name, user in people.items()} | {"nobody": offered(None)}


def test_a_delivery_page_is_the_same_signed_in_or_not(browser_of: BrowserOf, editor: User) -> None:
    seen = [browser_of(who).get("/api/v1/site") for who in (None, editor)]
    assert seen[0].content == seen[1].content
    assert "Sign out" not in seen[0].content.decode()
    assert not seen[1].cookies
    assert "Cookie" not in seen[1].headers.get("Vary", "")


def test_a_delivery_page_has_no_form_and_is_not_stored(browser_of: BrowserOf) -> None:
    response = browser_of(None).get("/api/v1/site")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert not Elements(response.content.decode()).named("form")


def test_markup_in_content_is_shown_as_text(browser_of: BrowserOf) -> None:
    Site.objects.create(name="<script>alert(1)</script>", description='"><img src=x onerror=alert(1)>')
    elements = Elements(page(browser_of(None), "/api/v1/site"))
    assert not elements.named("script")
    assert not elements.named("img")


def test_pages_hold_no_inline_script_or_style_and_say_so_by_policy(
    browser_of: BrowserOf, editor: User
) -> None:
    for client, path in (
        (browser_of(None), "/api/v1/"),
        (browser_of(editor), "/api/v1/editorial/tokens"),
        (browser_of(None), "/sign-in"),
    ):
        response: Any = client.get(path)
        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
        elements = Elements(response.content.decode())
        assert not elements.named("style")
        assert all("src" in script for script in elements.named("script"))
        assert not [
            attrs for _, attrs in elements.found if "style" in attrs or any(a.startswith("on") for a in attrs)
        ]


def test_links_lead_on_and_the_way_back_is_shown(browser_of: BrowserOf) -> None:
    seen = page(browser_of(None), "/api/v1/")
    assert '<a href="/api/v1/site">/api/v1/site</a>' in seen
    assert '<a href="/api/v1/">API</a>' in page(browser_of(None), "/api/v1/site")


def test_the_same_call_is_given_for_a_terminal_under_the_public_address(browser_of: BrowserOf) -> None:
    assert "curl http://testserver/api/v1/site" in page(browser_of(None), "/api/v1/site")


def test_every_input_has_a_label_and_ids_are_unique(browser_of: BrowserOf, editor: User) -> None:
    for path in ("/api/v1/editorial/tokens", "/api/v1/editorial/articles", "/api/v1/editorial/topics"):
        elements = Elements(page(browser_of(editor), path))
        ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
        assert len(ids) == len(set(ids))
        labelled = {label["for"] for label in elements.named("label")}
        inputs = [*elements.named("input"), *elements.named("select"), *elements.named("textarea")]
        shown = {item["id"] for item in inputs if item.get("type") != "hidden"}
        assert shown <= labelled
        described = {name for item in inputs for name in (item.get("aria-describedby") or "").split()}
        assert described <= set(ids)


def test_a_page_has_landmarks_one_heading_and_a_way_past_the_top(browser_of: BrowserOf, editor: User) -> None:
    elements = Elements(page(browser_of(editor), "/api/v1/editorial/me"))
    assert len(elements.named("h1")) == len(elements.named("main")) == 1
    assert {nav["aria-label"] for nav in elements.named("nav")} >= {"Site", "The way here"}
    assert elements.named("a")[0] == {"class": "skip", "href": "#main"}
    assert elements.named("html") == [{"lang": "en"}]


def test_the_desk_asks_a_stranger_to_sign_in_and_brings_them_back(browser_of: BrowserOf) -> None:
    seen = page(browser_of(None), "/api/v1/editorial/tokens?limit=5", 401)
    assert 'href="/sign-in?next=%2Fapi%2Fv1%2Feditorial%2Ftokens%3Flimit%3D5"' in seen
    assert "not_authenticated" in seen


def test_only_what_the_caller_may_do_is_offered(browser_of: BrowserOf, editor: User, moderator: User) -> None:
    titled = 'id="form-post"'
    assert titled in page(browser_of(editor), "/api/v1/editorial/topics")
    assert titled not in page(browser_of(moderator), "/api/v1/editorial/topics")


def test_the_top_leads_to_where_one_works(browsable_places: Any) -> None:
    assert browsable_places == {
        "editor": ["Desk", "You"],
        "moderator": ["Replies", "You"],
        "stranger": ["You"],
        "nobody": ["Editorial"],
    }


def test_an_address_that_only_acts_shows_its_form(browser_of: BrowserOf, editor: User) -> None:
    seen = page(browser_of(editor), "/api/v1/editorial/preview-markdown", 405)
    assert '<textarea id="post-body_markdown"' in seen
    assert "<h1>Preview markdown</h1>" in seen


def test_a_page_costs_the_session_the_user_and_the_roles(
    browser_of: BrowserOf, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(editor)
    with django_assert_num_queries(4):  # session, user, roles, tokens
        page(client, "/api/v1/editorial/tokens")


def test_a_delivery_page_asks_no_more_than_the_json_does(
    browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # the site
        page(browser_of(None), "/api/v1/site")


def test_lists_are_lines_with_links_and_say_when_they_are_empty(browser_of: BrowserOf, editor: User) -> None:
    client = browser_of(editor)
    assert "Nothing here yet" in page(client, "/api/v1/editorial/tokens")
    assert "Show everything" in page(client, "/api/v1/editorial/articles?state=live")


def test_a_list_offers_its_fixed_choices_and_a_search(browser_of: BrowserOf, editor: User) -> None:
    seen = page(browser_of(editor), "/api/v1/editorial/articles?state=draft&locale=en")
    assert '<a href="?locale=en&amp;state=live">live</a>' in seen
    assert (
        '<a href="?state=draft&amp;locale=en" aria-current="true">draft</a>' in seen or "aria-current" in seen
    )
    assert '<input id="q" name="q" type="search"' in seen
    assert '<input type="hidden" name="locale" value="en">' in seen


def test_an_unknown_address_beneath_the_api_is_a_page_too(browser_of: BrowserOf) -> None:
    page(browser_of(None), "/api/v1/nothing-here", 404)
