"""Whichever statement of a verb fails, nothing at all has changed, and the same call succeeds afterwards (R9)."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from articles import actions
from articles.models import Article, CatalogueItem
from cms import clock, transactions
from cms.models import User
from cms.preconditions import IfMatch
from tests.builders import (
    a_byline,
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    tag,
)

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 200
"""Statements; no verb needs as many."""


class Failing:
    """Lets statements pass until the k-th, which fails as a database does whose disk is full."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OperationalError("no space left on device")
        return execute(*statement)


@contextmanager
def failing_at(number: int) -> Iterator[Failing]:
    failing = Failing(number)
    with connection.execute_wrapper(failing):
        yield failing


def everything() -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    tables = sorted(model._meta.db_table for model in apps.get_models() if not model._meta.swapped)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()


def fails_nowhere_halfway(verb: Callable[[], Any]) -> int:
    """Fail at the first statement, the second, and so on until the verb succeeds; returns how many there were."""
    before = everything()
    for number in range(1, MOST):
        with failing_at(number) as failing:
            try:
                transactions.run(verb)
            except OperationalError:
                assert everything() == before, f"the failure of statement {number} left something behind"
                continue
        assert failing.left > 0
        assert everything() != before
        return number - 1
    raise AssertionError("it never succeeded")


@pytest.fixture
def article(author: User, reviewer: User) -> Article:
    """An article with everything that hangs on one, and a revision that is ready to be published."""
    an_entry("topic", "sleep")
    an_entry("reference", "berglind2021")
    a_byline(reviewer, "dr-sorrel")
    an_entry("person", "ines-halloran")
    found = a_published_article(
        by=author,
        kind="guide",
        topics=["sleep"],
        authors=["ines-halloran"],
        body_markdown="Rest [@berglind2021].\n",
    )
    a_revision(found, by=author, title="Better")
    return found


def test_publishing(article: Article, editor: User) -> None:
    def publish() -> actions.Outcome:
        until = ahead(days=1)
        return actions.publish(
            article_id=article.pk, revision=2, expected=tag(article), by=editor, effective_until=until
        )

    assert fails_nowhere_halfway(publish) > 20


def test_saving(article: Article, author: User) -> None:
    patch = {"title": "Better still", "topics": ["sleep"]}
    assert fails_nowhere_halfway(
        lambda: actions.save_revision(
            article_id=article.pk, patch=patch, expected=tag(article), by=author, now=clock.now()
        )
    )


def test_beginning(author: User) -> None:
    assert fails_nowhere_halfway(lambda: an_article(by=author))


def test_reviewing(article: Article, reviewer: User) -> None:
    assert fails_nowhere_halfway(
        lambda: actions.review(
            article_id=article.pk,
            revision=2,
            decision="approve",
            expected=tag(article),
            by=reviewer,
            now=clock.now(),
        )
    )


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "archive"])
def test_taking_down(article: Article, editor: User, how: str) -> None:
    published(article, effective_from=ahead(days=2))
    assert fails_nowhere_halfway(
        lambda: actions.take_down(
            article_id=article.pk, how=how, expected=tag(article), by=editor, explanation="Outdated."
        )
    )


def test_cancelling(article: Article) -> None:
    row = published(article, effective_from=ahead(days=2)).row
    assert fails_nowhere_halfway(
        lambda: actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)
    )


def test_moving_what_lies_ahead(article: Article) -> None:
    row = published(article, effective_from=ahead(days=2)).row
    assert fails_nowhere_halfway(
        lambda: actions.reschedule(
            article_id=article.pk,
            publication_id=row.pk,
            expected=tag(article),
            by=None,
            effective_from=ahead(days=3),
        )
    )


def test_saving_an_entry_of_the_catalogue(editor: User) -> None:
    item: CatalogueItem = an_entry("topic", "sleep")
    assert fails_nowhere_halfway(
        lambda: actions.save_entry(
            item_id=item.pk, content={"title": {"en": "Rest"}}, expected=IfMatch((item.etag,)), by=editor
        )
    )


def test_through_the_api_a_failure_is_503_and_the_same_key_succeeds_later(
    article: Article, as_editor: Any
) -> None:
    """The record of the Idempotency-Key goes with the rest: what failed is not remembered."""
    url = f"/api/v1/editorial/articles/{article.pk}/publications"
    headers = {"if-match": article_tag(article), "idempotency-key": "one-publication"}
    before = everything()
    for number in (12, 20, 30):
        with failing_at(number):
            answer = as_editor.post(url, {"revision": 2}, headers=headers)
        assert answer.status_code == 503
        assert everything() == before
    assert as_editor.post(url, {"revision": 2}, headers=headers).status_code == 201


def article_tag(article: Article) -> str:
    return tag(article).tags[0]
