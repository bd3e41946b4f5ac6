"""Everything works by plain forms: hidden fields stand for method, If-Match and key, and nothing typed is lost."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from cms.models import ApiToken, User

BrowserOf = Callable[[User | None], Client]
TOKENS = "/api/v1/editorial/tokens"
TOPICS = "/api/v1/editorial/topics"
pytestmark = pytest.mark.django_db


class Filled(HTMLParser):
    """The forms of a page as a browser would send them, untouched: name to text, one dictionary a form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.name = ""
        self.in_text = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and "name" in has and (has["type"] != "checkbox" or "checked" in has):
            self.forms[-1][has["name"]] = has.get("value", "")
        elif tag in ("textarea", "select"):
            self.name = has["name"]
            self.forms[-1][self.name] = ""
        elif tag == "option" and "selected" in has:
            self.forms[-1][self.name] = has["value"]
        self.in_text = tag == "textarea"

    def handle_data(self, data: str) -> None:
        if self.in_text:
            self.forms[-1][self.name] += data.removeprefix("\n").replace("\n", "\r\n")
            self.in_text = False


class Desk:
    """A person at a browser who fills in what a page shows, hidden fields and all."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, path: str) -> str:
        return self.client.get(path).content.decode()

    def form(self, page: str, method: str) -> dict[str, str]:
        return next(form for form in Filled(page).forms if form.get("_method") == method)

    def send(self, path: str, method: str, **typed: str) -> Any:
        return self.client.post(path, self.form(self.open(path), method) | typed)


def newer_version(page: str) -> str:
    """The value of the box that says: I have read the newer version."""
    found = re.search(r'name="_if_match_now" value="([^"]+)"', page)
    assert found
    return unescape(found[1])


@pytest.fixture
def desk(browser_of: BrowserOf, editor: User) -> Desk:
    return Desk(browser_of(editor))


@pytest.fixture
def topic(desk: Desk) -> str:
    """The address of a topic that was made by a form."""
    response = desk.send(
        TOPICS, "POST", key="ptsd", title='{"en": "PTSD"}', description='{"en": "First words."}'
    )
    assert response.status_code == 303, response.content.decode()
    address: str = response.headers["Location"]
    return address


def test_a_form_makes_something_and_leads_to_it_with_a_message(desk: Desk, topic: str) -> None:
    assert topic.startswith(f"{TOPICS}/")
    seen = desk.open(topic)
    assert "Created." in seen
    assert "First words." in seen


def test_a_form_changes_what_it_shows(desk: Desk, topic: str) -> None:
    response = desk.send(topic, "PATCH", title='{"en": "PTSD"}', description='{"en": "Second words."}')
    assert (response.status_code, response.headers["Location"]) == (303, topic)
    assert "Second words." in desk.open(topic)


def test_a_form_deletes_and_leads_to_the_list(desk: Desk, topic: str) -> None:
    response = desk.send(topic, "DELETE")
    assert (response.status_code, response.headers["Location"]) == (303, TOPICS)


def test_a_conflict_keeps_the_text_and_lets_its_writer_decide(desk: Desk, topic: str) -> None:
    old = desk.form(desk.open(topic), "PATCH")
    desk.send(topic, "PATCH", title='{"en": "PTSD"}', description='{"en": "Somebody else."}')
    mine = {"title": '{"en": "PTSD"}', "description": '{"en": "My own words."}'}
    conflict = desk.client.post(topic, old | mine)
    seen = conflict.content.decode()
    assert conflict.status_code == 412
    assert "My own words." in unescape(seen)
    again = desk.form(seen, "PATCH") | {"_if_match_now": newer_version(seen)}
    assert desk.client.post(topic, again).status_code == 303
    assert "My own words." in desk.open(topic)


def test_a_change_without_the_version_it_is_based_on_is_refused(desk: Desk, topic: str) -> None:
    hidden = desk.form(desk.open(topic), "PATCH")
    del hidden["_if_match"]
    response = desk.client.post(topic, hidden | {"title": '{"en": "X"}', "description": '{"en": "Y"}'})
    assert response.status_code == 428
    assert 'name="_if_match" type="text"' in response.content.decode()


def test_what_is_wrong_is_said_beside_the_input_and_what_was_typed_stays(desk: Desk) -> None:
    response = desk.send(TOKENS, "POST", name="A build <b>", expires_in="5")
    seen = response.content.decode()
    assert response.status_code == 422
    assert 'value="A build &lt;b&gt;"' in seen
    assert 'id="post-expires_in-errors"' in seen
    assert re.search(r'id="post-expires_in"[^>]+aria-invalid="true"', seen)


def test_json_that_cannot_be_read_is_said_beside_the_input(desk: Desk) -> None:
    response = desk.send(TOPICS, "POST", key="ptsd", title="{oops", description="")
    assert response.status_code == 422
    assert "This is not JSON" in response.content.decode()


def test_a_secret_that_is_shown_once_is_shown_on_the_page(desk: Desk) -> None:
    response = desk.send(TOKENS, "POST", name="A build", scopes="articles:read\narticles:write")
    assert response.status_code == 201
    assert "kt_" in response.content.decode()
    assert ApiToken.objects.get().scopes == ["articles:read", "articles:write"]


def test_the_same_form_sent_twice_does_its_work_once(desk: Desk) -> None:
    form = desk.form(desk.open(TOPICS), "POST") | {"key": "law", "title": '{"en": "Law"}'}
    first, second = (desk.client.post(TOPICS, form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]


def test_a_multipart_form_is_read_like_a_plain_one(desk: Desk) -> None:
    hidden = desk.form(desk.open(TOKENS), "POST")
    plain = "&".join(f"{name}={value}" for name, value in (hidden | {"name": "Plain"}).items())
    response = desk.client.post(TOKENS, plain, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 201


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_without_its_csrf_token_a_form_does_nothing(desk: Desk, topic: str, method: str) -> None:
    path = topic if method != "POST" else TOPICS
    hidden = desk.form(desk.open(path), method)
    del hidden["csrfmiddlewaretoken"]
    response = desk.client.post(path, hidden | {"key": "new", "title": '{"en": "Kept text"}'})
    assert response.status_code == 403
    assert "csrf_failed" in response.content.decode()


def test_after_an_old_csrf_token_the_page_has_the_text_and_a_fresh_token(desk: Desk) -> None:
    hidden = desk.form(desk.open(TOKENS), "POST")
    refused = desk.client.post(TOKENS, hidden | {"name": "Typed", "csrfmiddlewaretoken": "x" * 64})
    seen = refused.content.decode()
    assert refused.status_code == 403
    assert 'value="Typed"' in seen
    assert desk.client.post(TOKENS, desk.form(seen, "POST")).status_code == 201


def test_after_the_session_ended_nothing_typed_is_lost(desk: Desk, editor: User) -> None:
    form = desk.form(desk.open(TOPICS), "POST") | {"key": "law", "title": '{"en": "A long text"}'}
    cookies = desk.client.cookies.pop("session")
    response = desk.client.post(TOPICS, form)
    seen = response.content.decode()
    assert response.status_code == 401
    assert "A long text" in seen
    assert "What you typed is still here" in seen
    desk.client.cookies["session"] = cookies.value
    assert desk.client.post(TOPICS, desk.form(seen, "POST")).status_code == 303


def test_a_token_caller_cannot_use_a_form(editor: User, token_for: Callable[..., str]) -> None:
    client = APIClient(headers={"authorization": f"Bearer {token_for(editor)}"})
    response: Any = client.post(TOPICS, {"key": "law", "_method": "PATCH"}, format="multipart")
    assert response.status_code == 415
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_method_of_its_own_making_is_refused(desk: Desk) -> None:
    hidden = desk.form(desk.open(TOKENS), "POST")
    assert desk.client.post(TOKENS, hidden | {"_method": "TRACE"}).status_code == 400


def test_readers_addresses_take_no_forms(api: APIClient) -> None:
    response: Any = Client().post("/api/v1/site", {"_method": "PATCH"})
    assert response.status_code == 405


def test_a_form_over_the_limit_is_refused_as_too_large(desk: Desk) -> None:
    hidden = desk.form(desk.open(TOKENS), "POST")
    assert desk.client.post(TOKENS, hidden | {"name": "x" * 1_100_000}).status_code == 413


def test_an_action_stands_on_the_version_of_what_is_above_it(desk: Desk, editor: User) -> None:
    made = desk.send(
        "/api/v1/editorial/articles", "POST", title="A first appointment", slug="a-first-appointment"
    )
    article: str = made.headers["Location"]
    hidden = desk.form(desk.open(f"{article}/take-down"), "POST")
    assert hidden["_if_match"] == desk.form(desk.open(article), "PATCH")["_if_match"]
    response = desk.send(f"{article}/review-requests", "POST", revision="1")
    assert response.status_code == 303
    assert response.headers["Location"].startswith(f"{article}/review-requests/")


def test_putting_ones_own_in_place_leaves_what_somebody_else_changed_elsewhere(desk: Desk) -> None:
    made = desk.send(
        "/api/v1/editorial/articles", "POST", title="First", slug="first", summary="First summary"
    )
    article: str = made.headers["Location"]
    old = desk.form(desk.open(article), "PATCH")
    desk.client.post(article, old | {"summary": "Their summary"})
    conflict = desk.client.post(article, old | {"title": "My title"}).content.decode()
    assert desk.client.post(article, desk.form(conflict, "PATCH")).status_code == 412
    again = desk.form(conflict, "PATCH") | {"_if_match_now": newer_version(conflict)}
    assert desk.client.post(article, again).status_code == 303
    seen = unescape(desk.open(article))
    assert '"title": "My title"' in seen
    assert "Their summary" in seen
