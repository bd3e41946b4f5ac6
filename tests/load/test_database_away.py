"""R8: the database stops and comes back, or its disk is full: nothing hangs, nothing is lost, reading goes on."""

import time

import pytest
from django.db import connection

from comments.models import Comment
from tests.builders import a_published_article, ago
from tests.comments.forms import filled
from tests.load.relay import relay
from tests.load.server import Answer, Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = 9
"""Seconds: longer than a pool that waits twice as long with each attempt would need to miss the server's return."""

WORDS = "The bowl on our table has a seam, and it holds. " * 60
TAKEN = (201, 202)
"""Stored: words that come again and again wait for a moderator."""

SECONDS = 5
"""How soon an answer must come while the database is away, and how soon all is well when it is back."""


def test_whoever_asks_meanwhile_is_told_so_at_once_and_nothing_is_lost() -> None:
    """What happens to each: PostgreSQL's server stops, SQLite's file cannot grow."""
    {"postgresql": the_server_stops_and_comes_back, "sqlite": the_disk_is_full_for_a_while}[
        connection.vendor
    ]()


def require_a_problem(answer: Answer) -> None:
    assert answer.status == 503, answer.content
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.body["retryable"] is True
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"


def in_time(server: Server, method: str, path: str, body: object = None) -> Answer:
    answer = server.call(method, path, body)
    assert answer.came - answer.sent < SECONDS, (path, answer.came - answer.sent)
    return answer


def the_server_stops_and_comes_back() -> None:
    article = a_published_article(slug="open", comments_policy="publish", since=ago(days=2))
    thread = f"/api/v1/articles/{article.pk}/comments"
    with relay() as (way, url), serving(workers=2, DATABASE_URL=url) as server:
        assert server.call("GET", "/readyz").status == 200
        assert server.call("GET", f"/api/v1/articles/{article.pk}").status == 200
        way.cut()
        cut = time.monotonic()
        while time.monotonic() - cut < AWAY:
            time.sleep(0.2)
            assert in_time(server, "GET", "/healthz").status == 200, "alive"
            assert in_time(server, "GET", "/readyz").status == 503, "not ready"
            require_a_problem(in_time(server, "GET", "/api/v1/articles?limit=3"))
            require_a_problem(in_time(server, "POST", thread, filled(article)))
        way.mend()
        mended = time.monotonic()
        while not well(server):
            assert time.monotonic() - mended < SECONDS
        assert server.call("POST", thread, filled(article)).status == 201
    assert Comment.objects.count() == 1


def well(server: Server) -> bool:
    """Whether both workers are: each of so many requests could be either's."""
    asked = (server.call("GET", path).status for path in ("/readyz", "/api/v1/articles?limit=3") * 8)
    return all(status == 200 for status in asked)


def the_disk_is_full_for_a_while() -> None:
    article = a_published_article(slug="open", comments_policy="publish", since=ago(days=2))
    thread = f"/api/v1/articles/{article.pk}/comments"
    full, refused = {"Disk": "full"}, 0
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what earlier tests left free would be room
    with serving(application="tests.load.filling:application") as server:
        assert server.call("POST", thread, filled(article)).status == 201
        for number in range(60):
            answer = server.call("POST", thread, filled(article, text=f"Number {number}. {WORDS}"), full)
            if answer.status not in TAKEN:
                require_a_problem(answer)
                refused += 1
            assert server.call("GET", f"/api/v1/articles/{article.pk}?fields=title", None, full).status == 200
            assert server.call("GET", thread, None, full).status == 200
        assert refused > 0
        taken = 61 - refused
        assert Comment.objects.count() == taken
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
        again = server.call("POST", thread, filled(article, text="There is room again, thank you."))
        assert again.status in TAKEN
    assert Comment.objects.count() == taken + 1
