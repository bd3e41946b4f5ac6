"""An article that is not kept is answered by one look-up, and the answer is Django's, header for header."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError

from cms.fastlane import Straight
from tests.builders import a_published_article, a_revision, ago, ahead, an_entry, published
from tests.fastlane.lane import Caller, a_lane
from tests.fastlane.test_same_answers import NAME, shown

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Sleep settles.\n\n" + "More words follow here.\n\n" * 90


@dataclass
class Counting:
    """Django behind the lane, and the paths for which it was asked."""

    behind: Any = field(default_factory=WSGIHandler)
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ["PATH_INFO"])
        return self.behind(environ, start_response)


@pytest.fixture
def django() -> Counting:
    return Counting()


@pytest.fixture
def fast(django: Counting) -> Caller:
    """Through a lane that has answered for one article, and so knows the mould."""
    a_published_article(slug="first-one", body_markdown=LONG, since=ago(days=2))
    lane = a_lane()
    lane.behind = django
    caller = Caller(lane)
    for coding in ("", "gzip"):
        caller.get("/api/v1/articles/first-one?locale=en", accept_encoding=coding)
    django.asked.clear()
    return caller


def a_rich_article() -> str:
    an_entry("topic", "rest")
    an_entry("person", "ines")
    article = a_published_article(
        slug="sommeil", locale="fr", topics=["rest"], authors=["ines"], body_markdown=LONG, since=ago(days=1)
    )
    return str(article.pk)


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_other_articles_never_reach_django_and_are_answered_alike(
    fast: Caller, django: Counting, coding: str
) -> None:
    by_id = a_rich_article()
    for path in ("sommeil?locale=fr", "sommeil?locale=FR", by_id, f"{by_id}?locale=fr"):
        headers = {"x_request_id": NAME, "accept_encoding": coding}
        address = f"/api/v1/articles/{path}"
        got = fast.get(address, **headers)
        whole = Caller().get(address, **headers)
        assert (shown(got), got["Cache-Control"]) == (shown(whole), whole["Cache-Control"])
        headers["if_none_match"] = whole["ETag"]
        assert shown(fast.get(address, **headers)) == shown(Caller().get(address, **headers))
    assert django.asked == []


def test_another_version_is_answered_from_the_second_it_begins(
    fast: Caller, django: Counting, travel: Any
) -> None:
    article = a_published_article(slug="calm", body_markdown="Before.", since=ago(days=1))
    a_revision(article, body_markdown="After.")
    published(article, effective_from=ahead(seconds=5))
    assert b"Before." in fast.get("/api/v1/articles/calm?locale=en").content
    travel(6)
    assert b"After." in fast.get("/api/v1/articles/calm?locale=en").content
    assert django.asked == []


def test_what_one_look_up_cannot_answer_is_djangos(fast: Caller, django: Counting, travel: Any) -> None:
    moved = a_published_article(slug="old-name", since=ago(days=3))
    a_revision(moved, slug="new-name")
    published(moved, effective_from=ahead(seconds=3))
    gone = a_published_article(slug="gone-one", since=ago(days=3))
    published(gone, effective_from=ahead(seconds=2), effective_until=ahead(seconds=3))
    travel(10)
    paths = (
        "old-name?locale=en",
        "gone-one?locale=en",
        "nowhere?locale=en",
        "first-one?locale=fr",
        "first-one?locale=en&locale=en",
        "first-one?fields=title",
        "first-one",
        f"{moved.pk}?locale=fr",
    )
    for path in paths:
        address = f"/api/v1/articles/{path}"
        assert shown(fast.get(address, x_request_id=NAME)) == shown(Caller().get(address, x_request_id=NAME))
    assert len(django.asked) == len(paths)


def test_a_database_that_goes_away_behind_djangos_answer_takes_nothing_of_it(django: Counting) -> None:
    def away(path: str, query: str) -> None:
        raise OperationalError

    a_published_article(slug="first-one", body_markdown=LONG, since=ago(days=2))
    lane = a_lane()
    lane.behind, lane.straight = django, [Straight(away)]
    got = Caller(lane).get("/api/v1/articles/first-one?locale=en", x_request_id=NAME)
    whole = Caller().get("/api/v1/articles/first-one?locale=en", x_request_id=NAME)
    assert shown(got) == shown(whole)
    assert len(django.asked) == 1


def test_a_mould_is_only_kept_when_it_gives_djangos_own_answer(django: Counting) -> None:
    a_published_article(slug="first-one", since=ago(days=2))
    a_published_article(slug="second-one", since=ago(days=2))
    lane = a_lane()

    def changed(environ: dict[str, Any], start_response: Any) -> Any:
        response = WSGIHandler()(environ, start_response)
        response["Content-Language"] = "de"
        return response

    lane.behind = Counting(changed)
    caller = Caller(lane)
    caller.get("/api/v1/articles/first-one?locale=en")
    caller.get("/api/v1/articles/second-one?locale=en")
    assert len(lane.behind.asked) == 2
