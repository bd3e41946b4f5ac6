"""Collections and redirects under failure and under several hands (R5, R9)."""

from collections.abc import Callable
from typing import Any

import pytest

from articles import actions
from articles.actions import Destination
from articles.models import CatalogueItem, Redirect
from cms.models import User
from cms.preconditions import IfMatch
from tests.articles.collections.shelf import DESK, a_collection, holding, saved, tag, timeline, titled
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_redirect, ahead, fresh
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)
REDIRECTS = "/api/v1/editorial/redirects"


@pytest.fixture
def clients(editor: User, token_for: Callable[..., str]) -> list[ApiClient]:
    """Two clients that speak for the editor."""
    return [ApiClient(token=token_for(editor)) for _ in range(2)]


def test_a_save_that_fails_leaves_nothing_behind(editor: User) -> None:
    item, article = a_collection(), a_published_article()
    saved(item, titled("Sunday"), ahead(days=7))
    assert fails_nowhere_halfway(
        lambda: actions.save_collection(
            item_id=item.pk,
            change=holding(article),
            expected=tag(item),
            by=editor,
            effective_from=ahead(days=5),
        )
    )


def test_retiring_that_fails_leaves_nothing_behind(editor: User) -> None:
    item = a_collection()
    saved(item, titled("Sunday"), ahead(days=7))
    assert fails_nowhere_halfway(
        lambda: actions.retire_collection(item_id=item.pk, expected=tag(item), by=editor)
    )


def test_moving_that_fails_leaves_nothing_behind(editor: User) -> None:
    item = a_collection()
    number = saved(item, titled("Sunday"), ahead(days=7)).version.number
    assert fails_nowhere_halfway(
        lambda: actions.replace_version(
            item_id=item.pk,
            number=number,
            change=titled("Monday"),
            expected=tag(item),
            by=editor,
            effective_from=ahead(days=8),
        )
    )


def test_an_import_that_fails_leaves_nothing_behind() -> None:
    a_redirect("/a", "/b")
    rows = [("/a", Destination(target="/c")), ("/d", Destination(a_published_article().pk))]
    assert fails_nowhere_halfway(lambda: actions.import_redirects(rows=rows))


def test_a_change_of_a_redirect_that_fails_leaves_nothing_behind() -> None:
    row = a_redirect("/a", "/b")
    assert fails_nowhere_halfway(
        lambda: actions.change_redirect(
            redirect_id=row.pk,
            path="/c",
            to=Destination(target="/d"),
            expected=IfMatch((row.etag,)),
            by=None,
        )
    )


def test_of_two_who_save_with_one_tag_one_succeeds(clients: list[ApiClient]) -> None:
    item: CatalogueItem = a_collection()
    answers: list[Any] = together(
        [
            lambda c=client, t=title: c.patch(
                f"{DESK}/{item.pk}", {"title": {"en": t}}, headers={"if-match": '"c1"'}
            )
            for client, title in zip(clients, ("Mine", "Yours"), strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(timeline(item)) == 2


def test_of_two_who_want_one_key_one_gets_it(clients: list[ApiClient]) -> None:
    answers: list[Any] = together(
        [lambda c=client: c.post(DESK, {"key": "one", "title": {"en": "One"}}) for client in clients]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "key_taken"}


def test_two_redirects_made_at_once_close_no_circle(clients: list[ApiClient]) -> None:
    answers: list[Any] = together(
        [
            lambda c=client, p=path, t=target: c.post(REDIRECTS, {"path": p, "target": t})
            for client, path, target in zip(clients, ("/a", "/b"), ("/b", "/a"), strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Redirect.objects.count() == 1


def test_of_two_who_want_one_path_one_gets_it(clients: list[ApiClient]) -> None:
    article = a_published_article()
    answers: list[Any] = together(
        [
            lambda c=client: c.post(REDIRECTS, {"path": "/old", "article": str(fresh(article).pk)})
            for client in clients
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
