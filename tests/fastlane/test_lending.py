"""The server's threads end when they have had nothing to do for a while. None takes a connection along."""

from threading import Thread

import pytest
from django.db import connection

from cms import server
from tests.builders import a_published_article, ago
from tests.fastlane.lane import Caller, a_lane

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 3 * (server.THREADS + 1)
"""Three times as many as a pool has connections."""


def test_threads_that_answered_and_ended_leave_the_pool_as_it_was() -> None:
    article = a_published_article(slug="sleep", comments_policy="publish", since=ago(days=2))
    a_published_article(slug="calm", since=ago(days=2))
    statuses: list[int] = []
    for number in range(THREADS):
        caller = Caller(a_lane())  # one without a lease, which asks the database

        def ask(caller: Caller = caller, number: int = number) -> None:
            for path in (
                "articles/sleep?locale=en",
                f"articles/{article.pk}/comments",
                "articles/calm?locale=en",
            ):
                statuses.append(caller.get(f"/api/v1/{path}", x_request_id=f"asked-{number}").status_code)

        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert statuses == [200] * 3 * THREADS
    if connection.vendor == "postgresql":
        pool = connection.pool
        connection.close()
        found = pool.get_stats()
        assert found["pool_available"] == found["pool_size"] <= server.THREADS + 1
