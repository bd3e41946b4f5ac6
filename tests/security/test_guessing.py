"""Guessing names, addresses and passwords: limits hold, and no answer and no cost tells what is known."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import User
from tests.builders import a_published_article
from tests.client import ApiClient
from tests.comments.people import form

pytestmark = pytest.mark.django_db

DESK = "/api/v1/editorial/articles"
BrowserOf = Callable[[User | None], Client]


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


def test_known_and_unknown_names_and_addresses_cost_the_same(
    api: ApiClient, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements are run, so that no clock tells whether somebody is known.

    Who sweeps up what is old is a matter of chance and not of who is known, so nobody sweeps here.
    """
    monkeypatch.setattr("cms.limits._SWEEPING", ())
    monkeypatch.setattr("comments.gate.repeated._SWEEPING", ())
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
