"""No commit alters an instant that somebody could already have read, however long the database takes over it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from articles import actions
from articles.models import Article
from cms import clock, transactions
from cms.errors import Busy
from tests.articles.reader import served
from tests.articles.refusals import sql
from tests.builders import a_published_article, a_revision, an_entry, fresh, rows, tag
from tests.concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)
STALL = 1.4
"""Seconds: a stamp is at most one and a half ahead, and must be a quarter of one ahead at the commit."""


def stall() -> None:
    """A statement that the database takes its time over."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function("stall", 1, lambda seconds: time.sleep(seconds))
        sql(f"SELECT stall({STALL})")
    else:
        sql(f"SELECT pg_sleep({STALL})")


class Once:
    """Does something the first time it is called."""

    def __init__(self, what: Callable[[], Any]) -> None:
        self.what, self.calls = what, 0

    def __call__(self) -> None:
        self.calls += 1
        if self.calls == 1:
            self.what()


def publish(article: Article) -> actions.Outcome:
    return actions.publish(
        article_id=article.pk, revision=fresh(article).head_number, expected=tag(article), by=None
    )


@contextmanager
def slow_before(fragment: str, pause: Once) -> Iterator[None]:
    """Statements that hold `fragment` are sent only after the pause."""

    def wait(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        if fragment in statement:
            pause()
        return execute(statement, *rest)

    with connection.execute_wrapper(wait):
        yield


def test_a_stall_before_the_commit_is_stamped_again() -> None:
    article = a_published_article()
    pause = Once(stall)

    def work() -> actions.Outcome:
        outcome = publish(article)
        pause()
        return outcome

    outcome = transactions.run(work)
    assert pause.calls == 2
    assert outcome.visible_at > clock.now()
    assert [row.version for row in rows(article)] == [1, 2]


@pytest.mark.parametrize(
    "table", ["articles_publication", "articles_embed", "articles_publicationtopic", "cms_auditentry"]
)
def test_a_stall_between_the_statements_is_stamped_again(table: str) -> None:
    an_entry("topic", "sleep")
    article = a_published_article(topics=["sleep"])
    pause = Once(lambda: time.sleep(STALL))
    with slow_before(f'INSERT INTO "{table}"', pause):
        outcome = transactions.run(lambda: publish(article))
    assert pause.calls >= 2
    assert outcome.visible_at > clock.now()
    assert [row.version for row in rows(article)] == [1, 2]


def test_a_stall_while_an_entry_is_saved_is_stamped_again() -> None:
    pause = Once(lambda: time.sleep(STALL))
    with slow_before('INSERT INTO "articles_catalogueversion"', pause):
        item = transactions.run(
            lambda: actions.create_entry(
                kind="topic", key="sleep", content={"title": {"en": "Sleep"}}, by=None
            )
        )
    assert item.versions.get().effective_from > clock.now()


@pytest.fixture
def stalling_commit() -> Iterator[Callable[[], None]]:
    """From the call on, the first commit stalls: on PostgreSQL inside COMMIT itself, on SQLite just before it."""
    if connection.vendor == "sqlite":
        yield lambda: None
        return
    sql("CREATE SEQUENCE stalled")
    sql(
        "CREATE FUNCTION stall_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF nextval('stalled') = 1 THEN PERFORM pg_sleep({STALL}); END IF; RETURN NULL; END $$"
    )

    def arm() -> None:
        sql(
            "CREATE CONSTRAINT TRIGGER a_stall AFTER INSERT ON articles_publication "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stall_once()"
        )

    yield arm
    sql("DROP FUNCTION stall_once CASCADE")
    sql("DROP SEQUENCE stalled")


def test_a_stall_inside_the_commit_is_stamped_again(stalling_commit: Callable[[], None]) -> None:
    article = a_published_article()
    stalling_commit()
    pause = Once(stall if connection.vendor == "sqlite" else lambda: None)
    attempts = Once(lambda: None)

    def work() -> actions.Outcome:
        attempts()
        outcome = publish(article)
        pause()
        return outcome

    outcome = transactions.run(work)
    assert attempts.calls == 2
    assert outcome.visible_at > clock.now()
    assert [row.version for row in rows(article)] == [1, 2]


def test_after_all_attempts_it_is_busy_and_nothing_has_changed(travel: Callable[[float], datetime]) -> None:
    article = a_published_article()
    before = (fresh(article).etag, [row.etag for row in rows(article)])
    attempts = Once(lambda: None)

    def too_slow() -> actions.Outcome:
        attempts()
        outcome = publish(article)
        travel(4)  # the clock has moved on by the time that the commit comes
        return outcome

    with pytest.raises(Busy) as caught:
        transactions.run(too_slow)
    assert caught.value.retryable
    assert attempts.calls == transactions.ATTEMPTS
    assert (fresh(article).etag, [row.etag for row in rows(article)]) == before


def test_work_that_is_always_slow_is_given_more_time_with_each_attempt(
    travel: Callable[[float], datetime],
) -> None:
    article = a_published_article()

    def slow() -> actions.Outcome:
        outcome = publish(article)
        travel(STALL)
        return outcome

    outcome = transactions.run(slow)
    assert outcome.visible_at > clock.now()
    assert [row.version for row in rows(article)] == [1, 2]


def test_what_should_follow_a_commit_does_not_follow_one_that_was_too_late(
    travel: Callable[[float], datetime],
) -> None:
    article = a_published_article()
    followed: list[int] = []
    late = Once(lambda: travel(2))
    attempts = Once(lambda: None)

    def work() -> None:
        attempts()
        number = attempts.calls
        transaction.on_commit(lambda: followed.append(number))
        publish(article)
        late()

    transactions.run(work)
    assert followed == [2]


def test_readers_during_a_stalled_publish_read_what_those_instants_say_for_ever() -> None:
    article = a_published_article()
    a_revision(article, title="Better")
    pause, done = Once(stall), Event()
    seen: dict[datetime, set[Any]] = {}

    def write() -> actions.Outcome:
        def work() -> actions.Outcome:
            outcome = publish(article)
            pause()
            return outcome

        try:
            outcome = transactions.run(work)
            clock.wait_until(outcome.visible_at)
            return outcome
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            instant = clock.read_instant()
            seen.setdefault(instant, set()).add(served(article, instant))
            time.sleep(0.01)

    together([write, read])
    assert len(seen) >= STALL
    assert {instant: {served(article, instant)} for instant in seen} == seen


def test_a_verb_answers_when_readers_see_what_it_did(as_editor: Any) -> None:
    article = a_published_article()
    a_revision(article, title="Better")
    answer = as_editor.post(
        f"/api/v1/editorial/articles/{article.pk}/publications",
        {"revision": 2},
        headers={"if-match": fresh(article).etag},
    )
    assert answer.status_code == 201
    assert b"Better" in served(article, clock.read_instant())
    assert datetime.fromisoformat(answer.json()["visible_at"]) <= clock.now()
