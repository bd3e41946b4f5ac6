"""Several people at once: nobody's work is lost, nothing is there twice, and nobody gets a 5xx (R1, R5)."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles.models import Article, Publication, Revision
from cms.models import User
from tests.builders import a_published_article, a_revision, an_article, fresh, rows
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/api/v1/editorial/articles"
PEOPLE, EDITS = 8, 10


@pytest.fixture
def clients(editor: User, token_for: Callable[..., str]) -> Callable[[int], list[ApiClient]]:
    """Clients that all speak for the editor."""

    def make(number: int) -> list[ApiClient]:
        return [ApiClient(token=token_for(editor)) for _ in range(number)]

    return make


def publish(client: ApiClient, article: Article, tag: str) -> Any:
    return client.post(f"{DESK}/{article.pk}/publications", {"revision": 1}, headers={"if-match": tag})


def test_of_two_who_publish_with_the_same_tag_one_succeeds(clients: Callable[[int], list[ApiClient]]) -> None:
    article = an_article()
    tag = fresh(article).etag
    answers = together([lambda client=client: publish(client, article, tag) for client in clients(2)])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert [row.version for row in rows(article)] == [1]


def test_every_edit_is_a_revision_or_is_told_that_it_was_stale(
    clients: Callable[[int], list[ApiClient]],
) -> None:
    article = an_article()

    def edit_again_and_again(client: ApiClient, name: int) -> Counter[int]:
        seen: Counter[int] = Counter()
        for number in range(EDITS):
            seen[edit(client, f"By {name}, the {number}th.")] += 1
        return seen

    def edit(client: ApiClient, summary: str) -> int:
        tag = alone(lambda: client.get(f"{DESK}/{article.pk}"))["ETag"]
        changes = {"summary": summary}
        answer = alone(lambda: client.patch(f"{DESK}/{article.pk}", changes, headers={"if-match": tag}))
        return answer.status_code

    counts = together(
        [lambda c=client, n=name: edit_again_and_again(c, n) for name, client in enumerate(clients(PEOPLE))]
    )
    total = sum(counts, Counter())
    assert set(total) <= {200, 412}
    assert total[200] + total[412] == PEOPLE * EDITS
    revisions = Revision.objects.filter(article=article).order_by("number")
    assert [row.number for row in revisions] == list(range(1, total[200] + 2))
    assert len({row.document["summary"] for row in revisions}) == total[200] + 1


def test_of_two_articles_that_want_one_slug_one_gets_it(clients: Callable[[int], list[ApiClient]]) -> None:
    articles = [an_article(slug="sleep"), an_article(slug="sleep")]
    tags = [fresh(article).etag for article in articles]
    answers = together(
        [
            lambda c=client, a=article, t=tag: publish(c, a, t)
            for client, article, tag in zip(clients(2), articles, tags, strict=True)
        ]
    )
    by_status = {answer.status_code: answer.json() for answer in answers}
    assert sorted(by_status) == [201, 409]
    assert by_status[409]["code"] == "slug_taken"
    assert Publication.objects.filter(slug="sleep").count() == 1


def test_a_post_sent_ten_times_at_once_with_one_key_makes_one_article(
    clients: Callable[[int], list[ApiClient]],
) -> None:
    def send(client: ApiClient) -> Any:
        while True:
            answer = alone(
                lambda: client.post(DESK, {"title": "Once"}, headers={"idempotency-key": "the-same-key"})
            )
            if answer.status_code != 409:
                return answer
            assert answer.json()["code"] == "idempotency_in_flight"
            assert answer.json()["retryable"]

    answers = together([lambda c=client: send(c) for client in clients(10)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert [answer.get("Idempotent-Replayed") for answer in answers].count(None) == 1
    assert Article.objects.count() == 1


def test_saving_while_somebody_publishes_loses_neither(clients: Callable[[int], list[ApiClient]]) -> None:
    article = a_published_article()
    a_revision(article, title="Better")
    tag = fresh(article).etag
    writer, publisher = clients(2)
    answers = together(
        [
            lambda: writer.patch(f"{DESK}/{article.pk}", {"summary": "New."}, headers={"if-match": tag}),
            lambda: publisher.post(
                f"{DESK}/{article.pk}/publications", {"revision": 2}, headers={"if-match": tag}
            ),
        ]
    )
    assert answers[0].status_code == 200
    assert answers[1].status_code in (201, 412)
    assert fresh(article).head_number == 3
    assert len(rows(article)) == (2 if answers[1].status_code == 201 else 1)
    connection.check_constraints()
