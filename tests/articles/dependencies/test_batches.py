"""Many articles at once: in bounded batches that may stop anywhere, beside people who publish."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from articles import actions
from articles.actions.rerendering import stale
from articles.models import Article, CatalogueItem, Publication
from cms import clock, transactions
from cms.models import AuditEntry
from tests.articles.dependencies.entries import SEEN, Travel, retitled
from tests.articles.reader import document
from tests.builders import a_published_article, a_revision, an_article, an_entry, published, rows, taken_down
from tests.concurrency import together

EVERYWHERE = pytest.mark.django_db
COMMITTED = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topic() -> CatalogueItem:
    return an_entry("topic", "sleep")


def many(number: int) -> list[Article]:
    return [a_published_article(slug=f"number-{n}", topics=["sleep"]) for n in range(number)]


def rerendered() -> str:
    said = StringIO()
    call_command("rerender", stdout=said)
    return said.getvalue()


def titles(article: Article) -> list[str]:
    return [topic["title"] for topic in document(article)["topics"]]


@EVERYWHERE
def test_forty_five_articles_take_three_batches_of_twenty(topic: CatalogueItem, travel: Travel) -> None:
    articles = many(45)
    retitled(topic, "Rest")
    travel(SEEN)
    batches = [actions.rerender_stale(limit=20) for _ in range(3)]
    assert [(batch.done, batch.left) for batch in batches] == [(20, 25), (20, 5), (5, 0)]
    travel(SEEN)
    assert all(titles(article) == ["Rest"] for article in articles)
    assert Publication.objects.filter(update_type="rerender").count() == 45


@COMMITTED
def test_a_batch_that_fails_in_the_middle_leaves_the_rest_to_the_next(
    topic: CatalogueItem, travel: Travel
) -> None:
    articles = many(4)
    retitled(topic, "Rest")
    travel(SEEN)

    def on_the_third(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if (
            "INSERT" in sql
            and "articles_publication" in sql
            and str(articles[2].pk.hex) in repr(params).replace("-", "")
        ):
            raise OperationalError("no space left on device")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(on_the_third):
        batch = actions.rerender_stale(limit=20)
    assert (batch.done, batch.failed, batch.left) == (3, 1, 1)
    assert [len(rows(article)) for article in articles] == [2, 2, 1, 2]
    assert stale() == [articles[2].pk]
    assert actions.rerender_stale(limit=20) == actions.Batch(done=1, failed=0, left=0)


@COMMITTED
def test_whichever_statement_fails_nothing_is_half_done(topic: CatalogueItem, travel: Travel) -> None:
    article = a_published_article(topics=["sleep"])
    retitled(topic, "Rest")
    travel(SEEN)
    for number in range(1, 100):
        left = [number]

        def failing(execute: Callable[..., Any], *statement: Any, left: list[int] = left) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise OperationalError("no space left on device")
            return execute(*statement)

        try:
            with connection.execute_wrapper(failing):
                transactions.run(lambda: actions.rerender(article_id=article.pk))
        except OperationalError:
            assert (len(rows(article)), AuditEntry.objects.filter(verb="article.rerender").count()) == (1, 0)
            continue
        break
    assert number > 10
    assert len(rows(article)) == 2


@COMMITTED
def test_a_publish_and_a_rerendering_at_once_lose_nothing(topic: CatalogueItem) -> None:
    """Both keep their place on the timeline, in whichever order they take the lock."""
    articles = many(4)
    for article in articles:
        a_revision(article, title="Better")
    retitled(topic, "Rest")
    clock.wait_until(clock.stamp())
    publishing = [lambda article=article: published(article).row.version for article in articles]
    batches = [lambda: actions.rerender_stale(limit=20).failed for _ in range(2)]
    answers = together([*publishing, *batches])
    assert answers == [2, 2, 2, 2, 0, 0]
    clock.wait_until(clock.stamp())
    actions.rerender_stale(limit=20)
    clock.wait_until(clock.stamp())
    for article in articles:
        shown = document(article)
        assert (shown["title"], shown["version"], titles(article)) == ("Better", 2, ["Rest"])
        timeline = rows(article)
        assert [row.effective_until for row in timeline[:-1]] == [row.effective_from for row in timeline[1:]]
    assert stale() == []


@COMMITTED
def test_two_batches_at_once_re_render_each_article_once(topic: CatalogueItem) -> None:
    many(6)
    retitled(topic, "Rest")
    clock.wait_until(clock.stamp())
    done = together([lambda: actions.rerender_stale(limit=20).done for _ in range(3)])
    assert sum(done) == Publication.objects.filter(update_type="rerender").count() == 6


@EVERYWHERE
def test_the_command_goes_on_until_nothing_is_out_of_date(topic: CatalogueItem, travel: Travel) -> None:
    articles = many(3)
    retitled(topic, "Rest")
    travel(SEEN)
    assert rerendered().splitlines() == ["3 re-rendered, 0 left.", "Nothing is out of date."]
    assert rerendered().splitlines() == ["0 re-rendered, 0 left.", "Nothing is out of date."]
    travel(SEEN)
    assert titles(articles[0]) == ["Rest"]


@EVERYWHERE
def test_all_follows_a_setting_that_no_entry_tells_of(travel: Travel, settings: Any) -> None:
    live, withdrawn, gone = (a_published_article(slug=slug) for slug in ("live", "withdrawn", "gone"))
    taken_down(withdrawn, "withdraw", explanation="Outdated.")
    taken_down(gone)
    an_article(slug="draft")
    travel(SEEN)
    settings.FRONTEND_URL_TEMPLATE = "https://magazine.example/{locale}/{slug}"
    said = StringIO()
    call_command("rerender", "--all", stdout=said)
    assert said.getvalue().splitlines()[0] == "2 of 2 looked at, 2 re-rendered."
    travel(SEEN)
    assert document(live)["url"] == "https://magazine.example/en/live"
    assert document(withdrawn)["withdrawal"]["explanation"] == "Outdated."
    assert len(rows(gone)) == 2
    said = StringIO()
    call_command("rerender", "--all", stdout=said)
    assert said.getvalue().splitlines()[0] == "2 of 2 looked at, 0 re-rendered."


@COMMITTED
def test_the_command_says_what_it_could_not_re_render(topic: CatalogueItem, travel: Travel) -> None:
    many(2)
    retitled(topic, "Rest")
    travel(SEEN)

    def full(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "INSERT" in sql:
            raise OperationalError("no space left on device")
        return execute(sql, *rest)

    with connection.execute_wrapper(full), pytest.raises(CommandError, match=r"^2 could not"):
        rerendered()
    assert len(stale()) == 2
