"""Requests that another site would send with a visitor's session, and forms that pretend to be other calls."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article
from cms.models import User
from tests.builders import an_article, fresh
from tests.client import ApiClient
from tests.security.rows import contents

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"
BrowserOf = Callable[[User | None], Client]
FORMS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/json",
)


def csrf_of(browser: Client, page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).content.decode())
    assert found, page
    return found[1]


@pytest.fixture
def draft(author: User) -> Article:
    return an_article(by=author, slug="draft")


def test_another_site_cannot_write_with_a_visitors_session(
    browser_of: BrowserOf, author: User, draft: Article
) -> None:
    browser, place = browser_of(author), f"{DESK}/{draft.pk}"
    browser.get(place)
    before = contents()
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for kind in FORMS:
            for body in (f"_method={method}&_if_match={draft.etag}&title=Taken", '{"title": "Taken"}', ""):
                for origin in ("https://elsewhere.example", "null", None):
                    headers = {"origin": origin} if origin else {}
                    answer = browser.generic("POST", place, body, content_type=kind, headers=headers)
                    assert answer.status_code in (403, 400, 405, 415), f"{kind} {body}"
        answer = browser.generic(method, place, '{"title": "T"}', content_type="application/json")
        assert answer.status_code in (403, 405)
    assert contents() == before


def test_a_csrf_token_is_its_own_browsers(
    browser_of: BrowserOf, author: User, author2: User, draft: Article
) -> None:
    mine, theirs = browser_of(author), browser_of(author2)
    place = f"{DESK}/{draft.pk}"
    mine.get(place)
    stolen = csrf_of(theirs, DESK)
    typed = {"_method": "PATCH", "_if_match": draft.etag, "title": "Taken", "csrfmiddlewaretoken": stolen}
    assert mine.post(place, typed).status_code == 403
    assert fresh(draft).head_number == 1


def test_a_form_with_its_own_token_but_from_elsewhere_is_refused(
    browser_of: BrowserOf, author: User, draft: Article
) -> None:
    browser, place = browser_of(author), f"{DESK}/{draft.pk}"
    typed = {
        "_method": "PATCH",
        "_if_match": draft.etag,
        "title": "T",
        "csrfmiddlewaretoken": csrf_of(browser, place),
    }
    assert browser.post(place, typed, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert fresh(draft).head_number == 1
    assert browser.post(place, typed).status_code == 303
    assert fresh(draft).head_number == 2


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "GET", "OPTIONS", "CONNECT", "TRACE", "__class__", ""])
def test_no_program_overrides_its_method(as_author: ApiClient, draft: Article, method: str) -> None:
    place, headers = f"{DESK}/{draft.pk}", {"If-Match": draft.etag}
    for answer in (
        as_author.post(f"{place}?_method={method}", {}, headers=headers),
        as_author.post(place, {"_method": method, "_if_match": draft.etag}, headers=headers),
        as_author.post(place, {}, headers=headers | {"X-HTTP-Method-Override": method or "x"}),
        as_author.generic("POST", place, f"_method={method}", FORMS[0], headers=headers),
    ):
        assert answer.status_code in (400, 405, 415)
    assert Article.objects.get(pk=draft.pk).binned_at is None


def test_a_form_stands_for_nothing_but_a_write(browser_of: BrowserOf, author: User, draft: Article) -> None:
    browser, place = browser_of(author), f"{DESK}/{draft.pk}"
    token = csrf_of(browser, place)
    for method in ("GET", "OPTIONS", "TRACE", "POST\r\nX: 1", "\0"):
        typed = {
            "_method": method,
            "csrfmiddlewaretoken": token,
            "_if_match": "a\r\nb",
            "_idempotency_key": "\0",
        }
        assert browser.post(place, typed).status_code in (400, 405)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("extra", '{"a": NaN}'),
        ("extra", '{"a": "\\ud800"}'),
        ("extra", '{"a": "\\u0000"}'),
        ("extra", '{"a": 1, "a": 2}'),
        ("extra", '{"a": 9223372036854775808}'),
        ("extra", '{"a":' * 1000),
        ("extra", '{"a": ' + "[" * 100 + "]" * 100 + "}"),
        ("urgency", "[1e999]"),
        ("topics", '["\\u0000"]'),
        ("title", "a\0b"),
        ("title", "x" * 500_000),
        ("no_such_field", "1"),
        ("csl", "{}"),
    ],
)
def test_what_a_program_may_not_send_a_form_may_not_either(
    browser_of: BrowserOf, author: User, draft: Article, field: str, text: str
) -> None:
    browser, place = browser_of(author), f"{DESK}/{draft.pk}"
    typed = {
        "_method": "PATCH",
        "_if_match": draft.etag,
        "csrfmiddlewaretoken": csrf_of(browser, place),
        field: text,
    }
    answer = browser.post(place, typed)
    assert answer.status_code == 422, answer.content[:400]
    assert fresh(draft).head_number == 1


def test_a_form_is_as_bounded_as_any_body(browser_of: BrowserOf, author: User, draft: Article) -> None:
    browser, place = browser_of(author), f"{DESK}/{draft.pk}"
    token = csrf_of(browser, place)
    large = browser.post(
        place, {"csrfmiddlewaretoken": token, "_method": "PATCH", "body_markdown": "x" * 3_000_000}
    )
    assert large.status_code == 413
    many = browser.post(place, {"csrfmiddlewaretoken": token} | {f"a{number}": "1" for number in range(2000)})
    assert many.status_code == 400
    broken = browser.generic("POST", place, "--x\r\nbroken", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 403)
    assert fresh(draft).head_number == 1
