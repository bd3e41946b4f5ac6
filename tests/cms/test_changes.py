"""The log of changes: in the order of time, complete without a worker, and nothing twice."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from cms import changes, clock
from cms.ids import uuid7
from cms.models import Change, PendingChange

pytestmark = pytest.mark.django_db
SUBJECT = UUID("0190e0a0-0000-7000-8000-000000000000")


def now(seconds=0):
    return clock.read_instant() + timedelta(seconds=seconds)


def log(at, type="article.published"):
    return changes.log(
        at=at, type=type, subject=SUBJECT, article_id=SUBJECT, version=1, cache_tags=("article-1",)
    )


def schedule(due_at, publication_id=None):
    changes.schedule(
        due_at=due_at,
        publication_id=publication_id or uuid7(),
        type="article.updated",
        subject=SUBJECT,
        cache_tags=["article-1"],
    )


def types():
    return list(Change.objects.order_by("id").values_list("type", flat=True))


def test_a_change_is_appended_with_its_tags():
    change = log(now())
    assert Change.objects.get().cache_tags == ["article-1"]
    assert change.article_id == SUBJECT


def test_what_is_scheduled_is_not_in_the_log_before_its_time():
    schedule(now(60))
    assert changes.settle(now()) == 0
    assert not Change.objects.exists()


def test_what_is_due_is_moved_in_the_order_of_time():
    for seconds in (30, 10, 20):
        schedule(now(seconds))
    assert changes.settle(now(60)) == 3
    instants = list(Change.objects.order_by("id").values_list("at", flat=True))
    assert instants == sorted(instants)
    assert not PendingChange.objects.exists()


def test_settling_again_moves_nothing_twice():
    schedule(now(1))
    assert changes.settle(now(2)) == 1
    assert changes.settle(now(2)) == 0
    assert Change.objects.count() == 1


def test_settling_costs_one_query_when_nothing_is_due(django_assert_num_queries):
    schedule(now(60))
    with django_assert_num_queries(1):
        changes.settle(now())


def test_a_verb_moves_what_is_due_before_its_own_change():
    schedule(now(5))
    schedule(now(60))
    log(now(6))
    assert types() == ["article.updated", "article.published"]
    assert PendingChange.objects.count() == 1


def test_what_begins_at_the_very_second_of_a_verb_can_still_be_cancelled():
    publication = uuid7()
    schedule(now(5), publication)
    log(now(5))
    changes.unschedule(publication)
    changes.settle(now(60))
    assert types() == ["article.published"]


def test_moving_a_bound_moves_its_change():
    publication = uuid7()
    schedule(now(5), publication)
    schedule(now(50), publication)
    assert changes.settle(now(10)) == 0
    assert changes.settle(now(50)) == 1


def test_a_verb_that_fails_later_leaves_the_log_as_it_was():
    schedule(now(1))

    def fail():
        log(now(2))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fail()
    assert not Change.objects.exists()
    assert PendingChange.objects.count() == 1


def test_a_reader_stops_at_what_lies_ahead_and_misses_nothing_later():
    first, ahead, behind = log(now(-5)), log(now(2)), log(now(-1))
    assert changes.after(0, at=now(), limit=10) == [first]
    assert changes.after(first.id, at=now(2), limit=10) == [ahead, behind]


def test_a_reader_goes_on_where_it_stopped():
    written = [log(now(-5)) for _ in range(5)]
    assert changes.after(written[1].id, at=now(), limit=2) == written[2:4]


def test_a_past_out_of_order_is_not_told():
    told = [changes.Told(now(-days), "article.published", uuid7(), None, 1, ()) for days in (2, 3)]
    with pytest.raises(ValueError, match="order of time"):
        changes.lay_down(told)
    assert not Change.objects.exists()
