"""The log of changes as consumers read it: a full read, then everything that happens, in one order."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from articles import actions
from cms import changes, clock, following, pagination
from cms.ids import uuid7
from cms.models import Feed, PendingChange
from tests.articles.releases.acts import a_release, publishing, scheduled
from tests.builders import (
    a_published_article,
    a_redirect,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    taken_down,
)
from tests.following.consumer import CHANGES, Copy
from tests.matrix.world import a_reply

pytestmark = pytest.mark.django_db


def logged(number, at=None, type="article.rerendered"):
    subject = uuid7()
    return [
        changes.log(at=at or clock.read_instant(), type=type, subject=subject, version=n)
        for n in range(number)
    ]


def test_a_full_read_and_what_follows_it_equal_the_live_site(api, travel):
    an_entry("topic", "rest")
    kept = a_published_article(slug="kept", topics=["rest"], comments_policy="publish")
    leaving = a_published_article(slug="leaving")
    an_article(slug="draft")
    a_reply(kept)
    copy = Copy(api, limit=2).follow()
    assert set(copy.known) == set(Copy(api).follow().known)
    assert str(kept.pk) in copy.known

    taken_down(leaving)
    a_revision(kept, title="Another title")
    published(kept)
    published(an_article(slug="new"), effective_from=ahead(seconds=30))
    actions.create_entry(kind="topic", key="calm", content={"title": {"en": "Calm"}}, by=None)
    a_redirect("/old/kept", kept)
    a_reply(kept, "It helped me too.")
    travel(60)
    copy.follow()
    anew = Copy(api, limit=3).follow()
    assert copy.known == anew.known
    assert copy.known[str(kept.pk)] == 2
    assert str(leaving.pk) not in copy.known
    listed = {line["id"] for line in api.get("/api/v1/manifest").json()["results"]}
    assert listed <= set(copy.known)
    assert len(copy.known) == len(listed) + 2 + 2, "articles; two topics; two replies"


def test_a_replayed_cursor_gives_the_same_bytes_whatever_happened_since(api, travel):
    article = a_published_article()
    copy = Copy(api, limit=3).follow()
    logged(8)
    copy.follow()
    a_revision(article, title="Another title")
    published(article)
    travel(5)
    copy.follow()
    assert len(copy.settled) == 2
    for cursor, content in copy.settled.items():
        assert api.get(CHANGES, {"after": cursor, "limit": 3}).content == content


def test_an_entry_tells_where_to_read_and_what_to_purge(api, travel):
    topic = an_entry("topic", "rest")
    article = a_published_article(topics=["rest"])
    start = Copy(api).follow()
    a_revision(article, title="Another title")
    published(article)
    a_redirect("/old", article)
    travel(5)
    told = {entry["type"]: entry for entry in Copy(api, cursor=start.cursor).follow().entries}
    updated = told["article.updated"]
    assert updated["href"] == f"/api/v1/articles/{article.pk}"
    assert updated["version"] == 2
    assert {f"article-{article.pk}", "list", "list-en", f"topic-{topic.pk}"} == set(updated["cache_tags"])
    assert told["catalogue.changed"]["href"] == "/api/v1/redirects"
    lines = {line["subject"]: line for line in start.entries}
    assert lines[str(article.pk)]["cache_tags"] == updated["cache_tags"]
    assert lines[str(topic.pk)]["href"] == "/api/v1/topics/rest"


def test_a_release_is_one_entry_with_the_tags_of_all_its_articles(api, travel):
    articles = [a_published_article(slug=slug) for slug in ("one", "two")]
    for article in articles:
        a_revision(article, title="Another title")
    start = Copy(api).follow().cursor
    release = a_release(*(publishing(article) for article in articles))
    scheduled(release, effective_from=ahead(seconds=20))
    assert Copy(api, cursor=start).follow().entries == []
    travel(30)
    told = Copy(api, cursor=start).follow().entries
    (one,) = [entry for entry in told if entry["type"] == "release.published"]
    assert {f"article-{article.pk}" for article in articles} <= set(one["cache_tags"])
    assert one["href"] is None


def test_what_becomes_due_is_moved_into_the_log_by_whoever_reads(api, travel):
    published(an_article(slug="new"), effective_from=ahead(seconds=10))
    cursor = Copy(api).follow().cursor
    travel(20)
    assert [entry["type"] for entry in Copy(api, cursor=cursor).follow().entries] == ["article.published"]
    assert not PendingChange.objects.exists()


def test_where_nothing_can_be_written_the_log_is_read_as_it_is(api, travel, monkeypatch):
    logged(2)
    cursor = Copy(api).follow().cursor
    published(an_article(slug="new"), effective_from=ahead(seconds=10))
    logged(1)
    travel(20)

    def refuse_writes(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise DatabaseError("cannot execute INSERT in a read-only transaction")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writes):
        read_only = Copy(api, cursor=cursor).follow()
        assert len(read_only.entries) == 1
        Feed.objects.exists()
    assert [entry["type"] for entry in read_only.follow().entries][1:] == ["article.published"]


def test_a_reader_stops_before_what_lies_ahead_and_is_told_that_there_is_no_more(api, travel):
    cursor = Copy(api).follow().cursor
    now = clock.read_instant()
    logged(1, now + timedelta(seconds=3), "article.suppressed")
    logged(1, now)
    page = api.get(CHANGES, {"after": cursor}).json()
    assert (page["changes"], page["has_more"], page["cursor"]) == ([], False, cursor)
    begun = Copy(api).follow()
    travel(5)
    assert len(Copy(api, cursor=cursor).follow().entries) == 2
    assert [entry["type"] for entry in begun.follow().entries][-2:] == [
        "article.suppressed",
        "article.rerendered",
    ]


def test_the_id_of_any_entry_takes_the_place_of_the_cursor(api):
    for slug in ("one", "two", "three"):
        a_published_article(slug=slug)
    lines = api.get(CHANGES, {"limit": 3}).json()["changes"]
    behind = api.get(CHANGES, {"after": lines[0]["id"], "limit": 2}).json()["changes"]
    assert behind == lines[1:]
    start = Copy(api).follow()
    logged(4)
    told = start.follow().entries[-4:]
    assert len({entry["id"] for entry in start.entries}) == len(start.entries)
    assert api.get(CHANGES, {"after": told[1]["id"]}).json()["changes"] == told[2:]


def test_only_a_page_with_more_behind_it_may_rest_in_caches(api):
    logged(3)
    cursor = Copy(api).follow().cursor
    logged(3)
    full = api.get(CHANGES, {"after": cursor, "limit": 2})
    assert full["Cache-Control"] == "public, max-age=3600"
    for limit in (3, 4):
        open_end = api.get(CHANGES, {"after": cursor, "limit": limit})
        assert open_end["Cache-Control"] == "no-cache"
    assert api.get(CHANGES)["Cache-Control"] == "no-cache"
    assert f'<{full.json()["next"]}>; rel="next"' == full["Link"]
    tag = {"If-None-Match": open_end["ETag"]}
    assert api.get(CHANGES, {"after": cursor, "limit": 4}, headers=tag).status_code == 304


@pytest.mark.parametrize("loss", ["another log", "a restored backup"])
def test_a_cursor_of_what_this_log_does_not_have_is_410_and_says_how_to_begin_again(api, loss):
    logged(3)
    cursor = Copy(api).follow().cursor
    if loss == "another log":
        Feed.objects.update(epoch=uuid7())
    else:
        place = following.cursor_of(cursor).place
        cursor = str(
            following.Cursor(following.cursor_of(cursor).epoch, following.Place(place.number, "0123456789"))
        )
    refused = api.get(CHANGES, {"after": cursor})
    assert refused.status_code == 410
    assert refused.json()["code"] == "cursor_expired"
    assert api.get(refused.json()["resynchronise_href"]).status_code == 200


def test_what_is_no_cursor_is_refused_by_name(api):
    of_a_list = pagination.encode({"o": "x", "k": [1], "p": {}})
    for after in ("made-up", "A" * 90, "%00", of_a_list, pagination.encode({"l": [1]})):
        refused = api.get(CHANGES, {"after": after})
        assert refused.status_code == 400
        assert [error["parameter"] for error in refused.json()["errors"]] == ["after"]


def test_a_page_costs_the_same_whatever_its_length(api, travel):
    """1 the epoch, 2 what is due, 3 the entries, 4 those of the catalogue."""
    cursor, costs = Copy(api).follow().cursor, set()
    for number in (3, 40):
        logged(number)
        content = {"title": {"en": "Calm"}}
        actions.create_entry(kind="topic", key=f"calm-{number}", content=content, by=None)
        travel(5)
        changes.settle(clock.read_instant())
        costs.add(cost_of(api, after=cursor, limit=1000))
    assert costs == {4}


def test_a_full_read_costs_the_same_however_much_is_live(api):
    """1 the epoch, 2 what is due, 3 to 5 where the log stands, 6 articles, their 7 topics and 8 people."""
    costs = set()
    for number in (4, 8):
        for n in range(number):
            a_published_article(slug=f"article-{number}-{n}")
        Copy(api).follow()
        costs.add(cost_of(api, limit=3))
    assert costs == {8}


def cost_of(api, **query):
    with CaptureQueriesContext(connection) as asked:
        assert api.get(CHANGES, query).status_code == 200
    return len(asked)
