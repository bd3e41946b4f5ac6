"""Whoever publishes waits for a second to come; readers of the same process do not wait behind them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.models import User
from tests.builders import a_published_article, an_article, fresh
from tests.load.server import Answer, serving

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 5


def test_readers_do_not_wait_behind_one_who_publishes(editor: User, token_for: Callable[..., str]) -> None:
    article = an_article()
    a_published_article(slug="calm")
    headers = {"authorization": f"Bearer {token_for(editor)}", "if-match": fresh(article).etag}
    address = f"/api/v1/editorial/articles/{article.pk}/publications"
    read: list[Answer] = []
    with serving() as server, ThreadPoolExecutor(1) as pool:
        server.call("GET", "/api/v1/articles/calm?locale=en")
        publishing = pool.submit(
            server.call, "POST", address, {"revision": 1}, headers | {"idempotency-key": "once"}
        )
        while not publishing.done():
            read.append(server.call("GET", "/api/v1/articles/calm?locale=en"))
        published = publishing.result()
    assert published.status == 201, published.body
    assert {answer.status for answer in read} == {200}
    meanwhile = [answer for answer in read if published.sent < answer.sent and answer.came < published.came]
    assert len(meanwhile) > FEW
