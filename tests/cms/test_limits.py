"""Limits hold for each key and across workers, and say when to come back."""

from datetime import timedelta

import pytest

from cms import clock, limits
from cms.errors import LimitReached
from cms.models import RateWindow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five_in_a_minute(settings):
    settings.RATE_LIMITS = {"comments": (5, 60), "author": (2, 60)}


@pytest.fixture
def at_second():
    """Set the clock ahead to a second counted from the beginning of the next window."""
    begin = clock.now()
    start = begin + timedelta(seconds=60 - begin.timestamp() % 60)

    def travel(seconds):
        clock.set_shift(timedelta(0))
        clock.set_shift(start + timedelta(seconds=seconds, milliseconds=1) - clock.now())

    yield travel
    clock.set_shift(timedelta(0))


def use(times, key="203.0.113.9", scope="comments"):
    return [limits.take(scope, key, by="address") for _ in range(times)]


def test_the_limit_is_reached_after_as_many_uses_as_it_says(at_second):
    at_second(0)
    assert [allowance.remaining for allowance in use(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(LimitReached):
        use(1)


def test_another_key_and_another_scope_have_limits_of_their_own(at_second):
    at_second(0)
    use(5)
    use(5, key="203.0.113.10")
    use(2, scope="author")


def test_a_refusal_says_how_long_to_wait_and_waiting_that_long_is_enough(at_second):
    at_second(10)
    use(5)
    with pytest.raises(LimitReached) as caught:
        use(1)
    assert 50 < caught.value.retry_after <= 120
    at_second(10 + caught.value.retry_after)
    use(1)


def test_the_end_of_a_window_does_not_double_the_limit(at_second):
    at_second(59)
    use(5)
    at_second(61)
    with pytest.raises(LimitReached):
        use(1)


def test_uses_weigh_less_as_they_grow_old(at_second):
    at_second(0)
    use(5)
    at_second(90)
    use(2)
    with pytest.raises(LimitReached):
        use(1)


def test_a_refused_use_does_not_prolong_the_wait(at_second):
    at_second(0)
    use(5)
    for _ in range(20):
        with pytest.raises(LimitReached):
            use(1)
    assert RateWindow.objects.get().count == 5


def test_the_table_holds_no_address(at_second):
    at_second(0)
    use(1)
    row = RateWindow.objects.get()
    assert "203.0.113" not in f"{row.key}{row.scope}{row}"
    assert len(row.key) == 64


def test_windows_that_count_no_more_are_removed_on_the_way(at_second):
    at_second(0)
    use(1)
    at_second(600)
    for last in range(100):
        use(1, key=f"203.0.113.{last}")
    assert not RateWindow.objects.filter(window__lt=clock.now().timestamp() - 300).exists()


def test_headers_tell_the_policy_and_what_is_left(at_second):
    at_second(0)
    (allowance,) = use(1)
    assert limits.headers("comments", allowance) == {
        "RateLimit-Policy": '"comments";q=5;w=60',
        "RateLimit": '"comments";r=4;t=60',
    }
    assert limits.headers("comments") == {"RateLimit-Policy": '"comments";q=5;w=60'}
