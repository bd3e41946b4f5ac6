"""A write is answered when no process can hold anything older, and at once when it changed nothing for readers."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from articles.rendering.times import rfc3339
from cms import clock
from cms.models import User
from tests.builders import a_published_article, ahead, fresh
from tests.fastlane.lane import Caller, a_lane

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Until when it would have waited: sleeping is the clock's own business."""
    noted: list[datetime] = []
    monkeypatch.setattr("cms.fastlane.application.clock.wait_until", noted.append)
    return noted


def test_scheduling_answers_after_the_lease_of_its_commit(
    editor: User, token_for: Callable[..., str], waits: list[datetime]
) -> None:
    """So that every age that is given after the answer knows of the transition."""
    article = a_published_article(by=editor)
    before = clock.now()
    answer = schedule(Caller(a_lane()), article, token_for(editor))
    assert answer.status_code == 201
    assert waits
    assert clock.lease_end(before) <= waits[-1] <= clock.lease_end(clock.now())


def test_saving_a_draft_waits_for_nothing(
    editor: User, token_for: Callable[..., str], waits: list[datetime]
) -> None:
    article = a_published_article(by=editor)
    assert save(Caller(a_lane()), article, token_for(editor), "Another title").status_code == 200
    assert waits == []


def test_what_others_publish_is_waited_for_once_and_by_nobody_after_that(
    editor: User, token_for: Callable[..., str], waits: list[datetime]
) -> None:
    """A process that only writes looks at the generation too: else each of its writes would wait."""
    article, caller, token = a_published_article(by=editor), Caller(a_lane()), token_for(editor)
    save(caller, article, token, "One title")
    a_published_article(by=editor, slug="another-article")
    save(caller, article, token, "Another title")
    waits.clear()
    save(caller, article, token, "A third title")
    assert waits == []


def test_a_refused_write_waits_for_nothing(
    editor: User, token_for: Callable[..., str], waits: list[datetime]
) -> None:
    article = a_published_article(by=editor)
    answer = schedule(Caller(a_lane()), article, token_for(editor), if_match='"r9-9"')
    assert answer.status_code == 412
    assert waits == []


def save(caller: Caller, article, token: str, title: str):
    return caller.call(
        "PATCH",
        f"/api/v1/editorial/articles/{article.pk}",
        json.dumps({"title": title}).encode(),
        authorization=f"Bearer {token}",
        if_match=fresh(article).etag,
    )


def schedule(caller: Caller, article, token: str, **headers: str):
    return caller.call(
        "POST",
        f"/api/v1/editorial/articles/{article.pk}/publications",
        json.dumps({"revision": 1, "effective_from": rfc3339(ahead(minutes=5))}).encode(),
        **{"authorization": f"Bearer {token}", "if_match": fresh(article).etag, **headers},
    )
