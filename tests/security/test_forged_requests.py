"""Requests that another site, a proxy in between or a thief of one value would send."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from cms.models import ApiToken, IdempotencyRecord, User
from comments.models import Comment
from tests.builders import a_published_article, a_revision, an_article, an_entry, fresh, published
from tests.client import ApiClient
from tests.comments.people import form
from tests.security.addresses import routes
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


def test_a_key_is_its_callers_own(
    as_author: ApiClient, as_author2: ApiClient, author: User, author2: User
) -> None:
    body, headers = {"title": "Mine", "slug": "mine"}, {"Idempotency-Key": "one"}
    first, other, again = (
        client.post(DESK, body, headers=headers) for client in (as_author, as_author2, as_author)
    )
    assert first.json()["id"] != other.json()["id"]
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert set(Article.objects.values_list("created_by", flat=True)) == {author.pk, author2.pk}


def test_a_key_does_not_give_away_what_somebody_else_was_told(api: ApiClient) -> None:
    """An author's token is told to whoever sends the very same reply under the same key, and to nobody else."""
    a_published_article(slug="one", comments_policy="publish")
    a_published_article(slug="two", comments_policy="publish")
    place, headers = "/api/v1/articles/one/comments", {"Idempotency-Key": "k"}
    secret = api.post(place, form(), headers=headers).json()["author_token"]
    for path, body in (
        (place, form(text="Guessed.")),
        (place, form(author_email="other@example.org")),
        ("/api/v1/articles/two/comments", form()),
        (f"{place}?locale=en", form()),
    ):
        answer = api.post(path, body, headers=headers)
        assert secret not in answer.content.decode()
        assert answer.status_code == 422
        assert answer.json()["code"] == "idempotency_key_reused"
    assert api.post(place, form(), headers=headers).json()["author_token"] == secret
    assert api.post(place, form(), headers={"Idempotency-Key": "K"}).json()["author_token"] != secret
    assert Comment.objects.count() == 2


def test_a_key_of_a_password_is_not_replayed_to_a_token(
    author: User, speaking_for: Any, browser_of: BrowserOf
) -> None:
    browser = ApiClient()
    browser.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    headers = {"Idempotency-Key": "make"}
    made = browser.post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers)
    assert made.status_code == 201
    again = speaking_for(author).post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers)
    assert again.status_code == 403
    assert made.json()["token"] not in again.content.decode()
    assert made.json()["token"].encode() not in bytes(IdempotencyRecord.objects.get().sealed)
    assert not ApiToken.objects.filter(digest=made.json()["token"]).exists()


def test_a_cursor_is_taken_as_it_was_given_and_where_it_was_given(
    api: ApiClient, as_administrator: ApiClient
) -> None:
    for number in range(3):
        a_published_article(slug=f"a{number}")
        an_entry("topic", f"t{number}")
    following = api.get("/api/v1/articles?limit=1").json()["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    for place in range(0, len(cursor), 3):
        other = "A" if cursor[place] != "A" else "B"
        spoiled = cursor[:place] + other + cursor[place + 1 :]
        answer = api.get(f"/api/v1/articles?limit=1&cursor={spoiled}")
        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid_cursor"
    for elsewhere in ("/api/v1/topics", "/api/v1/articles?ordering=title", "/api/v1/articles/a0/comments"):
        mark = "&" if "?" in elsewhere else "?"
        assert api.get(f"{elsewhere}{mark}cursor={cursor}").status_code == 400, elsewhere
    assert as_administrator.get(f"/api/v1/editorial/audit?cursor={cursor}").status_code == 400


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
            plain = Client().get(address)
            other = Client(headers=forged(value) | secrets).get(address)
            assert other.content == plain.content or plain.status_code >= 400, address
            assert _kept(other) == _kept(plain), address
            assert b"elsewhere.example" not in other.content, address


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


def test_a_client_that_changes_its_address_in_a_header_meets_the_same_limit(
    api: ApiClient, settings: Any
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (3, 600), "sign-in": (3, 600)}
    a_published_article(slug="one", comments_policy="publish")
    for scope, send in (
        ("comments", lambda headers: api.post("/api/v1/articles/one/comments", form(), headers=headers)),
        ("sign-in", lambda headers: api.post("/api/v1/editorial/tokens", {"name": "a"}, headers=headers)),
    ):
        statuses = []
        for number in range(5):
            names = (
                "x-forwarded-for",
                "x-real-ip",
                "forwarded",
                "client-ip",
                "true-client-ip",
                "x-client-ip",
            )
            basic = {"authorization": "Basic YTpi"} if scope == "sign-in" else {}
            answer = send(dict.fromkeys(names, f"203.0.113.{number}") | basic)
            statuses.append(answer.status_code)
        assert statuses[:3] == [statuses[0]] * 3
        assert statuses[3:] == [429, 429], scope


def test_an_account_is_not_guessed_from_many_addresses(settings: Any, author: User) -> None:
    """The limit by account holds for a name that is there and for one that is not."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"account": (4, 600)}
    for name in ("author", "nobody"):
        statuses = [
            Client(REMOTE_ADDR=f"203.0.113.{number}")
            .post("/sign-in", {"username": name, "password": "wrong"})
            .status_code
            for number in range(6)
        ]
        assert statuses == [200] * 4 + [429] * 2, name


def statements(send: Callable[[], Any]) -> list[str]:
    """The beginning of every statement that a request runs, without values."""
    with CaptureQueriesContext(connection) as captured:
        send()
    return [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in captured]


def test_known_and_unknown_names_and_addresses_cost_the_same(api: ApiClient, author: User) -> None:
    """The same statements are run, so that no clock tells whether somebody is known."""
    author.set_password("a-good-long-password")
    author.save()
    article = a_published_article(slug="one", comments_policy="hold")
    place = f"/api/v1/articles/{article.pk}/comments"
    api.post(place, form(author_email="known@example.org"))

    replies = [
        statements(lambda address=address: api.post(place, form(author_email=address)))
        for address in ("known@example.org", "unknown@example.org")
    ]
    assert replies[0] == replies[1]
    attempts = [
        statements(lambda name=name: Client().post("/sign-in", {"username": name, "password": "wrong"}))
        for name in ("somebody-before", "author", "nobody")
    ]
    assert attempts[1] == attempts[2]


def test_no_answer_tells_whether_an_address_is_known(api: ApiClient) -> None:
    article = a_published_article(slug="one", comments_policy="hold")
    place = f"/api/v1/articles/{article.pk}/comments"
    answers = []
    for address in ("first@example.org", "first@example.org", "second@example.org"):
        answer = api.post(place, form(author_email=address))
        body = answer.json()
        mine = {"id", "author_token", "links", "edit_until"}
        head = {name for name in answer.headers if name not in ("X-Request-Id",)}
        answers.append(
            (answer.status_code, head, json.dumps({k: v for k, v in body.items() if k not in mine}))
        )
    assert answers[0] == answers[1] == answers[2]
