"""Whichever statement of confirming or purging fails, nothing has changed; and of two at once, one (R9, R5)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles import actions
from articles.models import Article, Suppression
from cms.models import Change, Permit, User
from tests.articles.suppression.histories import (
    article_with_a_secret,
    asked,
    confirmed,
    first_row,
    taken_down_and_asked,
)
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import fresh, tag
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def article(author: User) -> Article:
    return article_with_a_secret(author)


def test_confirming(article: Article, editor: User, administrator: User) -> None:
    made = asked(article, by=editor)
    assert fails_nowhere_halfway(
        lambda: actions.confirm_suppression(
            article_id=article.pk, suppression_id=made.pk, expected=tag(article), by=administrator
        )
    )
    assert Suppression.objects.in_force().count() == 1


def test_taking_down_and_asking(article: Article, editor: User) -> None:
    assert fails_nowhere_halfway(
        lambda: actions.take_down_and_ask(
            article_id=article.pk, how="unpublish", expected=tag(article), by=editor, reason="privacy"
        )
    )
    assert Suppression.objects.waiting().count() == 1


def test_purging(
    article: Article, editor: User, administrator: User, at_time: Callable[[datetime], None]
) -> None:
    outcome = taken_down_and_asked(article, by=editor)
    at_time(outcome.visible_at)
    confirmed(article, Suppression.objects.get(), by=administrator)
    assert (
        fails_nowhere_halfway(
            lambda: actions.purge(
                article_id=article.pk,
                confirm="sleep",
                reason="privacy",
                expected=tag(article),
                by=administrator,
            )
        )
        > 20
    )
    assert fresh(article).purged_at
    assert not Permit.objects.exists()


@pytest.fixture
def clients(
    administrator: User, token_for: Callable[..., str], reviewer: User
) -> Callable[[int], list[ApiClient]]:
    """Clients that all speak for the administrator."""

    def make(number: int) -> list[ApiClient]:
        return [ApiClient(token=token_for(administrator)) for _ in range(number)]

    return make


def test_of_two_who_confirm_one_does(
    article: Article, editor: User, clients: Callable[[int], list[ApiClient]]
) -> None:
    made = asked(article, by=editor)
    url, headers = f"{DESK}/{article.pk}/suppressions/{made.pk}/confirm", {"if-match": fresh(article).etag}
    answers: list[Any] = together([lambda c=client: c.post(url, headers=headers) for client in clients(2)])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert Change.objects.filter(type="article.suppressed").count() == 1


def test_of_confirming_and_taking_back_one_happens(
    article: Article, editor: User, clients: Callable[[int], list[ApiClient]]
) -> None:
    made = asked(article, by=editor)
    url, headers = f"{DESK}/{article.pk}/suppressions/{made.pk}", {"if-match": fresh(article).etag}
    first, second = clients(2)
    answers: list[Any] = together(
        [lambda: first.post(f"{url}/confirm", headers=headers), lambda: second.delete(url, headers=headers)]
    )
    assert [answer.status_code for answer in answers] in ([201, 412], [412, 204])
    assert Suppression.objects.count() == (1 if answers[0].status_code == 201 else 0)


def test_of_two_who_ask_one_does(article: Article, clients: Callable[[int], list[ApiClient]]) -> None:
    url = f"{DESK}/{article.pk}/publications/{first_row(article).pk}/suppress"
    headers = {"if-match": fresh(article).etag}
    answers: list[Any] = together(
        [lambda c=client: c.post(url, {"reason": "harm"}, headers=headers) for client in clients(2)]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert Suppression.objects.count() == 1
