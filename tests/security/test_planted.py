"""No public answer, log line or stored record holds a word of what readers must not see (drafts, replies, addresses)."""

import base64
import binascii
import json
import logging
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import HttpResponseBase
from django.test import Client

from cms.logs import JsonLines
from cms.models import AuditEntry, Change, IdempotencyRecord, PendingChange, User
from tests.client import ApiClient
from tests.comments.forms import a_token
from tests.security.addresses import UNKNOWN, Route, queries, routes
from tests.security.planting import PLANTED, Planted, mark, own, plant_articles, plant_people, plant_replies
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db

CURSOR = re.compile(r"cursor=([A-Za-z0-9_-]+)")
PATIENCE = 60
"""Pages: no list of this site has more."""


class Lines(logging.Handler):
    """Every record of the process as production would write it, at every level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The log at DEBUG while the test runs: each line once, and none to standard error."""
    handler = Lines()
    loggers = [logging.getLogger(name) for name in ("", "django", "axes", "kintsugi", "comments", "articles")]
    before = [(logger.level, logger.handlers) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.handlers = [] if logger.parent and logger.propagate else [handler]
    yield handler.lines
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers = handlers


@pytest.fixture
def site(
    lines: list[str],
    author: User,
    author2: User,
    editor: User,
    reviewer: User,
    moderator: User,
    administrator: User,
    as_moderator: ApiClient,
    travel: Callable[[float], object],
) -> Planted:
    planted = Planted()
    plant_articles(planted, author, editor, reviewer)
    travel(2)  # until what was taken down is gone
    plant_replies(planted, ApiClient(), as_moderator)
    plant_people(planted, [author, author2, editor, reviewer, moderator, administrator])
    return planted


@pytest.fixture
def known(site: Planted) -> dict[str, list[str]]:
    """Values for the variable parts of addresses, and for parameters. None of them holds a planted word."""
    articles = [*(str(article.pk) for article in site.articles.values()), UNKNOWN[0]]
    public = ["public", "changed", "rescheduled", "gone"]
    replies = list(site.replies.values())
    entries = ["ines-halloran", "verified-line", "unverified-line"]
    return {
        "slug": [*articles, *public, UNKNOWN[1]],
        "key": [*entries, UNKNOWN[1]],
        "number": ["1", "2", "3", "4"],
        "comment_id": [*replies, *articles[:3]],
        "article_id": articles,
        "publication_id": site.publications,
        "author": ["ines-halloran"],
        "parent": replies,
        "around": replies,
        "article": articles,
        "country": ["CA"],
    }


def everything_in(response: HttpResponseBase) -> str:
    """Head and body as one text, with what its cursors hold laid open, in one case."""
    head = " ".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = f"{head} {cookies} {body.decode(errors='replace')}"
    return f"{text} {' '.join(_opened(cursor) for cursor in CURSOR.findall(text))}".casefold()


def _opened(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("latin-1")
    except (ValueError, binascii.Error):
        return ""


def found(words: set[str], text: str) -> list[str]:
    """The places at which a word stands, with what is around it."""
    spots = (text.find(word.casefold()) for word in words)
    return [text[max(0, spot - 80) : spot + 80] for spot in spots if spot >= 0]


class Reader:
    """Asks for whatever can be asked for and keeps every place at which a word came back."""

    def __init__(self, client: Client, words: set[str]) -> None:
        self.client, self.words = client, words
        self.leaks: list[str] = []
        self.asked = 0

    def ask(self, method: str, address: str, body: object = None, **headers: str) -> HttpResponseBase:
        kind = {"content_type": "application/json"} if body is not None else {}
        data = json.dumps(body) if body is not None else ""
        response = self.client.generic(method, address, data, headers=headers, **kind)
        self.asked += 1
        self.leaks += [
            f"{method} {address} ({response.status_code}): …{spot}…"
            for spot in found(self.words, everything_in(response))
        ]
        return response

    def walk(self, address: str) -> None:
        """A list, one item a page, to its end; a stream, to where nothing more is there yet."""
        for _ in range(PATIENCE):
            response = self.ask("GET", address)
            page = response.json() if response.status_code == 200 else {}
            following = page.get("next")
            if not following or page.get("has_more") is False:
                return
            parts = urlsplit(following)
            address = f"{parts.path}?{parts.query}"
        raise AssertionError(f"{address} has no end")


def crawl(reader: Reader, route: Route, known: dict[str, list[str]]) -> None:
    for path in route.filled(known):
        for method in ("GET", "HEAD", "OPTIONS", "PUT"):
            reader.ask(method, path)
        reader.ask("GET", path, accept="text/html")
        reader.ask("GET", path, accept="application/link-format")
        if "limit" in route.parameters:
            reader.walk(f"{path}?limit=1")
        for query in queries(route, known):
            reader.ask("GET", f"{path}?{urlencode(query)}")


def test_no_public_answer_holds_a_planted_word(
    api: ApiClient, browser_of, site: Planted, known: dict[str, list[str]], lines: list[str]
) -> None:
    reader = Reader(api, site.words)
    pages = Reader(browser_of(None), site.words)
    for route in routes():
        if not route.is_editorial:
            crawl(reader, route, known)
            for path in route.filled(known):
                pages.ask("GET", path)
    assert reader.leaks + pages.leaks == []
    assert reader.asked > 2000
    assert [line for line in lines if found(site.words, line.casefold())] == []


def test_searching_for_a_planted_word_finds_nothing(api: ApiClient, site: Planted, lines: list[str]) -> None:
    for word in (PLANTED, PLANTED[:-1], f"{PLANTED}x", f'"{PLANTED}"'):
        answer = api.get(
            f"/api/v1/search?{urlencode({'q': word, 'include': 'facets', 'count': 'true'})}"
        ).json()
        assert (answer["results"], answer["count"], answer["suggestion"]) == ([], 0, None)
    assert api.get("/api/v1/search?q=sleep").json()["results"]
    assert [line for line in lines if found(site.words, line.casefold())] == []


def test_what_is_refused_tells_nothing_either(
    api: ApiClient, site: Planted, known: dict[str, list[str]], lines: list[str]
) -> None:
    reader = Reader(api, site.words)
    for route in routes():
        if route.is_editorial:
            for path in route.filled({**known, "item_id": [], "number": ["1"]}):
                for method in ("GET", "POST", "PATCH", "DELETE"):
                    answer = reader.ask(method, path, {})
                    assert answer.status_code in (401, 404, 405), f"{method} {path}"
    for reply in site.replies.values():
        for method in ("GET", "PATCH", "DELETE"):
            reader.ask(method, own(reply), {})
            reader.ask(method, own(reply), {}, authorization="Bearer ka_" + "a" * 43)
    form = {"author_name": "A", "author_email": "a@example.org", "text": "Hello"}
    for slug in known["slug"]:
        address = f"/api/v1/articles/{slug}/comments"
        reader.ask("POST", address, {"text": ""})
        for parent in known["parent"] if slug in ("public", "gone", "changed") else ():
            reader.ask("POST", address, form | {"parent": parent, "author_name": ""})
    assert reader.leaks == []
    assert [line for line in lines if found(site.words, line.casefold())] == []


def test_a_slug_or_word_that_is_not_public_answers_like_one_that_never_was(
    api: ApiClient, site: Planted
) -> None:
    """Whoever guesses the slug of a draft, or a word in it, learns nothing: the answers are equal but for the guess."""
    for place in (
        "draft-new",
        "draft-changed",
        "draft-scheduled",
        "draft-later",
        "draft-gone",
        "draft-cancelled",
    ):
        for template in ("/api/v1/articles/{}", "/api/v1/articles/{}/versions", "/api/v1/articles/{}/comments",
                         "/api/v1/articles?topic={}", "/api/v1/articles?author={}", "/api/v1/topics/{}"):  # fmt: skip
            hidden = mark(place, "slug")
            free = hidden.replace(PLANTED, "zqnever")
            answers = [_without(api.get(template.format(word)), word) for word in (hidden, free)]
            assert answers[0] == answers[1], template


def _without(response: HttpResponseBase, word: str) -> tuple[object, ...]:
    head = {name: value for name, value in response.items() if name not in ("X-Request-Id", "ETag")}
    body = re.sub(r'"request_id":"[^"]*"', "", response.content.decode()).replace(word, "")
    return response.status_code, sorted(head.items()), body


def test_counts_speak_of_what_is_public_only(api: ApiClient, site: Planted) -> None:
    listed = api.get("/api/v1/articles?count=true").json()
    assert listed["count"] == len(listed["results"]) == 3
    thread = api.get("/api/v1/articles/public/comments?count=true&limit=100").json()
    shown = {item["id"]: item for item in thread["results"]}
    assert thread["count"] == len(shown)
    public = (
        "public",
        "kept-removed",
        "child",
        "kept-deleted",
        "other-child",
        "edited",
        "reworded",
        "initials",
    )
    assert set(shown) == {site.replies[state] for state in public}
    assert shown[site.replies["public"]]["replies"]["count"] == 0


HIDDEN_FROM = {
    "stranger": ("draft", "reply", "mail", "key", "desk"),
    "author2": ("draft", "reply", "mail", "key"),
    "moderator": ("draft", "mail", "key"),
    "reviewer": ("reply", "mail", "key"),
    "editor": ("reply", "mail", "key"),
    "administrator": ("mail", "key"),
}
"""Role to the groups of planted words that it has no need of."""


def test_whoever_works_here_sees_only_what_their_role_needs(
    request: pytest.FixtureRequest, site: Planted, known: dict[str, list[str]]
) -> None:
    some = ("changed", "draft", "scheduled", "gone", "binned")
    known |= {"article_id": [str(site.articles[name].pk) for name in some], "number": ["2"]}
    for role, hidden in HIDDEN_FROM.items():
        client = request.getfixturevalue(f"as_{role}")
        site.secrets.add(client._credentials["HTTP_AUTHORIZATION"])
        reader = Reader(client, {f"{PLANTED}-{group}" for group in hidden} | site.secrets)
        for route in routes():
            if route.is_editorial and hasattr(route.view, "get"):
                for path in route.filled(known):
                    reader.ask("GET", path)
                for path in route.filled(known | {"comment_id": list(site.replies.values())[2:6]}):
                    reader.ask("GET", path, accept="text/html")
                if not route.names and "limit" in route.parameters:
                    reader.walk(f"{route.template}?limit=1")
        assert reader.leaks == [], role


def test_an_address_is_readable_in_no_row_and_no_key_or_reply_in_a_record(site: Planted) -> None:
    for table, row in every_row():
        assert f"{PLANTED}-mail" not in text_of(row).casefold(), table
        assert f"{PLANTED}-key" not in text_of(row).casefold(), table
    for model in (IdempotencyRecord, AuditEntry, Change, PendingChange):
        for row in model._base_manager.values_list():
            assert found(site.words, text_of(row).casefold()) == [], model.__name__


def test_the_words_of_a_deleted_reply_are_in_no_row(site: Planted) -> None:
    erased = {
        mark("reply", f"{what}-{state}") for what in ("text", "name") for state in ("deleted", "kept-deleted")
    }
    for table, row in every_row():
        assert found(erased, text_of(row).casefold()) == [], table


def test_no_password_token_or_address_of_a_failed_attempt_is_logged(
    api: ApiClient, site: Planted, lines: list[str], client: Client
) -> None:
    password = mark("secret", "password")
    basic = base64.b64encode(f"author:{password}".encode()).decode()
    api.post("/api/v1/editorial/tokens", {"name": "x"}, headers={"Authorization": f"Basic {basic}"})
    api.get("/api/v1/editorial/me", headers={"Authorization": "Bearer kt_" + PLANTED * 6})
    api.get(own(site.replies["held"]), headers={"Authorization": "Bearer ka_" + PLANTED * 6})
    client.post("/sign-in", {"username": "author", "password": password})
    api.post("/api/v1/articles/public/comments", {"author_email": f"{PLANTED}@", "text": PLANTED})
    assert [line for line in lines if PLANTED in line.casefold() or basic in line] == []


def test_an_ip_address_is_in_no_row_and_no_line(site: Planted, lines: list[str]) -> None:
    """Only a keyed digest of it, which changes from day to day: of readers, and of whoever tries to sign in."""
    for address in ("203.0.113.77", "2001:db8:77::77"):
        reader = Client(REMOTE_ADDR=address)
        form = {"author_name": "A", "author_email": "a@example.org", "text": "Hello"}
        form["form_token"] = a_token(site.articles["public"])
        place = "/api/v1/articles/public/comments"
        assert reader.post(place, form, content_type="application/json").status_code == 201
        assert reader.post("/sign-in", {"username": "author", "password": "wrong"}).status_code == 200
        basic = base64.b64encode(b"author:wrong").decode()
        reader.post("/api/v1/editorial/tokens", {}, headers={"authorization": f"Basic {basic}"})
        assert [table for table, row in every_row() if address in text_of(row)] == []
        assert [line for line in lines if address in line] == []
