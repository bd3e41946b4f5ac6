"""Making and ending links: nothing is left halfway, and several at once come to one."""

from typing import Any

import pytest

from articles.actions import previewing
from articles.models import Article, PreviewLink
from cms import clock
from cms.models import AuditEntry, User
from tests.articles.preview.conftest import DESK
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import ahead
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_making_a_link_to_an_article(article: Article, editor: User) -> None:
    assert fails_nowhere_halfway(
        lambda: previewing.link_to_article(article_id=article.pk, revision=2, by=editor, now=clock.now())
    )


def test_making_a_link_to_an_instant(editor: User) -> None:
    assert fails_nowhere_halfway(
        lambda: previewing.link_to_instant(instant=ahead(days=1), by=editor, now=clock.now())
    )


def test_ending_a_link(article: Article, linked: Any, editor: User) -> None:
    link, _ = linked(article)
    assert fails_nowhere_halfway(lambda: previewing.revoke_link(link_id=link.pk, by=editor, now=clock.now()))


def test_of_several_who_end_a_link_one_does(
    article: Article, linked: Any, editor: User, token_for: Any
) -> None:
    link, _ = linked(article)
    clients = [ApiClient(token=token_for(editor)) for _ in range(4)]
    path = f"{DESK}/preview-links/{link.pk}"
    answers = together([lambda c=client: alone(lambda: c.delete(path).status_code) for client in clients])
    assert set(answers) == {204}
    assert AuditEntry.objects.filter(verb="preview.revoke").count() == 1


def test_a_post_sent_several_times_at_once_with_one_key_makes_one_link(
    article: Article, editor: User, token_for: Any
) -> None:
    path, headers = f"{DESK}/articles/{article.pk}/preview-links", {"idempotency-key": "one-link"}

    def send(client: ApiClient) -> Any:
        while True:
            answer = alone(lambda: client.post(path, {}, headers=headers))
            if answer.status_code != 409:
                return answer

    clients = [ApiClient(token=token_for(editor)) for _ in range(5)]
    answers = together([lambda c=client: send(c) for client in clients])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["token"] for answer in answers}) == 1
    assert PreviewLink.objects.count() == 1
