"""Asking any delivery address for at least what a change tells: by its id, with no trace in the answer."""

import pytest

from cms import changes, clock, following
from cms.ids import uuid7
from cms.models import Change, Feed
from tests.builders import a_published_article, a_revision, ahead, an_entry, published
from tests.fastlane.lane import Caller, a_lane
from tests.following.consumer import CHANGES, Copy
from tests.http.addresses import addresses

pytestmark = pytest.mark.django_db(transaction=True)


def not_here_yet(api):
    """The id of a change that another database has and this one, which is behind it, will have."""
    cursor = following.cursor_of(Copy(api).follow().cursor)
    return str(following.Cursor(cursor.epoch, following.Place(cursor.place.number + 1, "0123456789")))


def test_what_is_visible_is_answered_with_the_very_bytes_and_tag_of_everybody(api):
    a_published_article(slug="first")
    a_published_article(slug="sleep", topics=["rest"] if an_entry("topic", "rest") else [])
    changes.log(at=clock.read_instant(), type="article.rerendered", subject=uuid7())
    change = Copy(api).follow().entries[-1]["id"]
    lanes = Caller(), Caller(a_lane())
    for path in ("/api/v1/articles?limit=1", "/api/v1/articles/sleep", "/api/v1/topics", "/api/v1/site"):
        for caller in lanes:
            plain = caller.get(path)
            named = [caller.get(f"{path}{'&' if '?' in path else '?'}min_change={change}") for _ in range(2)]
            for answer in named:
                assert (answer.status_code, answer.content) == (200, plain.content)
                assert answer["ETag"] == plain["ETag"]


def test_what_is_not_visible_yet_is_409_and_kept_by_nobody(api):
    a_published_article(slug="sleep")
    waiting, fast = not_here_yet(api), Caller(a_lane())
    path = f"/api/v1/articles/sleep?min_change={waiting}"
    for answer in (api.get(path), fast.get(path), fast.get(path)):
        assert answer.status_code == 409
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("1", "no-store")
    assert api.get(path).json()["code"] == "not_yet_visible"
    assert api.get(path).json()["retryable"] is True


def test_what_has_not_come_into_effect_is_waited_for(api, travel):
    a_published_article(slug="sleep")
    Copy(api).follow()
    changes.log(at=ahead(seconds=3), type="article.suppressed", subject=uuid7())
    entry, epoch = Change.objects.latest("id"), Feed.objects.get().epoch.hex[-12:]
    change = str(following.Cursor(epoch, following._place_of(entry)))
    assert api.get("/api/v1/articles/sleep", {"min_change": change}).status_code == 409
    travel(4)
    assert api.get("/api/v1/articles/sleep", {"min_change": change}).status_code == 200


def test_a_new_version_is_there_for_whoever_names_its_change(api, travel):
    article = a_published_article(slug="sleep")
    fast = Caller(a_lane())
    cursor = Copy(api).follow().cursor
    a_revision(article, title="Another title")
    published(article)
    travel(3)
    (entry,) = Copy(api, cursor=cursor).follow().entries
    answer = fast.get(f"{entry['href']}?min_change={entry['id']}")
    assert b"Another title" in answer.content


def test_every_delivery_address_takes_it_and_refuses_what_is_none(api):
    waiting = not_here_yet(api)
    assert len(addresses()) > 25
    for path in addresses():
        sign = "&" if "?" in path else "?"
        assert api.get(f"{path}{sign}min_change={waiting}").status_code == 409, path
        refused = api.get(f"{path}{sign}min_change=made-up")
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_cursor"), path


def test_a_change_of_another_log_is_refused_not_waited_for(api):
    a_published_article(slug="sleep")
    change = Copy(api).follow().entries[0]["id"]
    Feed.objects.update(epoch=uuid7())
    for path in ("/api/v1/articles/sleep", CHANGES):
        assert api.get(path, {"min_change": change}).status_code == 400
