"""Signing in and out at a browser: equal for known and unknown names, limited, and not to be led elsewhere."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.models import User

BrowserOf = Callable[[User | None], Client]
PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_with_password(editor: User) -> User:
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def sign_in(client: Client, name: str, password: str, **more: str) -> Any:
    page = client.get("/sign-in").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    return client.post(
        "/sign-in", {"username": name, "password": password, "csrfmiddlewaretoken": token, **more}
    )


def test_an_editor_signs_in_and_out(browser_of: BrowserOf, editor_with_password: User) -> None:
    client = browser_of(None)
    entered = sign_in(client, "editor", PASSWORD)
    assert (entered.status_code, entered.headers["Location"]) == (302, "/api/v1/editorial/me")
    page = client.get("/api/v1/editorial/me").content.decode()
    assert "Signed in as <strong>editor</strong>" in page
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    left = client.post("/sign-out", {"csrfmiddlewaretoken": token})
    assert left.status_code == 302
    assert client.get("/api/v1/editorial/me").status_code == 401


def test_an_unknown_name_and_a_wrong_password_get_the_same_page(
    browser_of: BrowserOf, editor_with_password: User
) -> None:
    def answer(name: str) -> str:
        page = sign_in(browser_of(None), name, "wrong").content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert answer("editor") == answer("nobody-here")


def test_somebody_disabled_gets_the_same_page_too(browser_of: BrowserOf, editor_with_password: User) -> None:
    User.objects.update(is_active=False)
    assert "correct" in sign_in(browser_of(None), "editor", PASSWORD).content.decode()


def test_the_password_is_not_shown_again(browser_of: BrowserOf) -> None:
    assert "planted-secret" not in sign_in(browser_of(None), "editor", "planted-secret").content.decode()


def test_one_is_led_back_to_where_one_came_from_and_nowhere_else(
    browser_of: BrowserOf, editor_with_password: User
) -> None:
    back = sign_in(browser_of(None), "editor", PASSWORD, next="/api/v1/editorial/tokens")
    assert back.headers["Location"] == "/api/v1/editorial/tokens"
    away = sign_in(browser_of(None), "editor", PASSWORD, next="https://evil.example/")
    assert away.headers["Location"] == "/api/v1/editorial/me"


def test_too_many_wrong_passwords_for_a_name_are_stopped(
    browser_of: BrowserOf, editor_with_password: User
) -> None:
    client = browser_of(None)
    answers = [sign_in(client, "editor", "wrong") for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert sign_in(client, "editor", PASSWORD).status_code == 429


def test_an_unknown_name_is_stopped_alike(browser_of: BrowserOf) -> None:
    client = browser_of(None)
    answers = [sign_in(client, "nobody-here", "wrong") for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[-1].status_code == 429


def test_one_address_cannot_try_many_names(browser_of: BrowserOf) -> None:
    client = browser_of(None)
    limit, _ = settings.RATE_LIMITS["sign-in"]
    answers = [sign_in(client, f"name-{number}", "wrong").status_code for number in range(limit + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


def test_signing_in_without_the_csrf_token_is_refused(
    browser_of: BrowserOf, editor_with_password: User
) -> None:
    response = browser_of(None).post("/sign-in", {"username": "editor", "password": PASSWORD})
    assert response.status_code == 403


def test_a_link_cannot_sign_anybody_out(browser_of: BrowserOf, editor: User) -> None:
    client = browser_of(editor)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/api/v1/editorial/me").status_code == 200


def test_a_form_may_say_where_it_comes_from(browser_of: BrowserOf) -> None:
    """Under the site-wide no-referrer a browser would call its own forms' origin null, and no CSRF check passes."""
    assert '<meta name="referrer" content="same-origin">' in browser_of(None).get("/sign-in").content.decode()
