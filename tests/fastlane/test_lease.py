"""When a process may trust what it read: nothing is asked within a lease, and nothing older is given after it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles import actions
from cms import clock, generation, transactions
from cms.models import Site
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_entry,
    fresh,
    published,
    tag,
    taken_down,
)
from tests.comments.forms import filled
from tests.fastlane.lane import Caller, a_lane

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/api/v1/articles/sleep"
Travel = Callable[[float], object]


def test_every_change_of_what_readers_get_makes_another_generation() -> None:
    seen = [generation.current()]
    article = a_published_article()
    seen.append(generation.current())
    row = published(article, effective_from=ahead(minutes=5)).row
    assert row is not None
    seen.append(generation.current())
    article = fresh(article)
    transactions.run(
        lambda: actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)
    )
    seen.append(generation.current())
    an_entry("topic", "rest")
    seen.append(generation.current())
    assert len(set(seen)) == len(seen)


def test_what_only_the_desk_sees_makes_none() -> None:
    article = a_published_article()
    before = generation.current()
    a_revision(article, title="Not public yet")
    assert generation.current() == before


def test_what_was_rolled_back_makes_none() -> None:
    before = generation.current()
    with transaction.atomic():
        a_published_article()
        transaction.set_rollback(True)
    assert generation.current() == before


def test_within_a_lease_a_kept_answer_costs_no_query(travel: Travel) -> None:
    a_published_article()
    caller = Caller(a_lane())
    start_of_a_lease(travel)
    caller.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        answers = [caller.get(PATH).content for _ in range(5)]
    assert len(set(answers)) == 1
    assert len(asked) == 0


def test_after_a_lease_two_small_reads_say_that_nothing_changed(travel: Travel) -> None:
    """1 the generation, 2 the next publication, 3 the next entry: no article is read again."""
    a_published_article()
    caller = Caller(a_lane())
    caller.get(PATH)
    travel(2)
    with CaptureQueriesContext(connection) as asked:
        assert caller.get(PATH).status_code == 200
    assert len(asked) == 3


def test_a_known_transition_ends_a_lease_at_its_very_second(travel: Travel) -> None:
    article = a_published_article()
    caller = Caller(a_lane())
    starts = ahead(seconds=30)
    a_revision(article, title="Another title")
    published(article, effective_from=starts)
    travel((starts - clock.now()).total_seconds() - 0.1)
    assert b"Another title" not in caller.get(PATH).content
    travel(0.1)
    assert b"Another title" in caller.get(PATH).content


@pytest.mark.parametrize("part_of_a_second", [0.0, 0.2, 0.4, 0.6, 0.74, 0.76, 0.9])
def test_what_is_published_now_is_there_when_its_second_comes(
    travel: Travel, part_of_a_second: float
) -> None:
    article = a_published_article()
    a_revision(article, title="Another title")
    caller = Caller(a_lane())
    travel((clock.read_instant() + timedelta(seconds=1 + part_of_a_second) - clock.now()).total_seconds())
    caller.get(PATH)
    visible_at = published(article).visible_at
    travel((visible_at - clock.now()).total_seconds() - 0.05)
    assert b"Another title" not in caller.get(PATH).content
    travel(0.05)
    assert b"Another title" in caller.get(PATH).content


def test_what_is_taken_down_is_gone_when_its_second_comes(travel: Travel) -> None:
    article = a_published_article()
    caller = Caller(a_lane())
    assert caller.get(PATH).status_code == 200
    visible_at = taken_down(article, how="unpublish").visible_at
    travel((visible_at - clock.now()).total_seconds())
    assert [caller.get(PATH).status_code for _ in range(2)] == [410, 410]


def test_another_process_wrote_and_this_one_learns_of_it_after_its_lease(travel: Travel) -> None:
    article = a_published_article()
    callers = [Caller(a_lane()) for _ in range(3)]
    for caller in callers:
        caller.get(PATH)
    a_revision(article, title="Another title")
    visible_at = published(article).visible_at
    travel((visible_at - clock.now()).total_seconds())
    assert all(b"Another title" in caller.get(PATH).content for caller in callers)
    assert fresh(article).last_version == 2


def test_a_reply_is_there_with_its_commit_in_every_process() -> None:
    article = a_published_article(comments_policy="publish")
    callers, path = [Caller(a_lane()) for _ in range(3)], f"{PATH}/comments"
    assert all(b"It helped me too" not in caller.get(path).content for caller in callers)
    reply = json.dumps(filled(article, text="It helped me too.")).encode()
    receipt = callers[0].call("POST", path, reply)
    assert receipt.status_code == 201
    assert all(b"It helped me too" in caller.get(path).content for caller in callers)
    token = json.loads(receipt.content)["author_token"]
    own = f"/api/v1/my/comments/{json.loads(receipt.content)['id']}"
    assert callers[1].call("DELETE", own, authorization=f"Bearer {token}").status_code == 204
    assert all(b"It helped me too" not in caller.get(path).content for caller in callers)
    assert fresh(article).last_version == 1


def test_a_kept_page_of_replies_costs_one_small_read(travel: Travel) -> None:
    """The generation of replies."""
    a_published_article(comments_policy="publish")
    caller = Caller(a_lane())
    start_of_a_lease(travel)
    caller.get(f"{PATH}/comments")
    with CaptureQueriesContext(connection) as asked:
        assert caller.get(f"{PATH}/comments").status_code == 200
    assert ["cms_generation" in query["sql"] for query in asked] == [True]


def test_a_reply_leaves_the_kept_articles_where_they_are() -> None:
    article = a_published_article(comments_policy="publish")
    before = generation.current()
    Caller().call("POST", f"/api/v1/articles/{article.pk}/comments", json.dumps(filled(article)).encode())
    assert generation.current() == before


def start_of_a_lease(travel: Travel) -> None:
    """Just after a second began, so that the test is over before the lease is."""
    travel((clock.read_instant() + timedelta(seconds=1.01) - clock.now()).total_seconds())


def test_a_change_of_the_magazine_itself_ends_what_was_kept_of_it(travel: Travel) -> None:
    site = Site.objects.create(name="Before", locales=["en"])
    a_published_article()
    caller = Caller(a_lane())
    paths = ("/api/v1/site", "/api/v1/feeds/articles.atom", "/api/v1/feeds/articles.json")
    assert all(b"Before" in caller.get(path).content for path in paths)
    site.name = "After"
    site.save()
    travel(2)
    assert all(b"After" in caller.get(path).content for path in paths)
