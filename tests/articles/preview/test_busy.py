"""A link's use is counted without waiting: while somebody writes it is remembered, and written with the next."""

from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from articles.models import Article, PreviewLink
from cms.models import User
from tests.articles.preview.conftest import of
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_preview_is_answered_while_somebody_writes_and_counted_afterwards(
    article: Article, linked: Any
) -> None:
    link, client = linked(article)
    written, answered = Event(), Event()

    def write() -> None:
        with transaction.atomic():
            PreviewLink.objects.filter(pk=link.pk).update(label="Held")
            written.set()
            assert answered.wait(30)

    def look() -> int:
        assert written.wait(30)
        try:
            return int(client.get(of(article)).status_code)
        finally:
            answered.set()

    assert together([write, look])[1] == 200
    assert client.get(of(article)).status_code == 200
    link.refresh_from_db()
    assert (link.label, link.uses) == ("Held", 2)


def test_whoever_waits_for_a_lock_waits_again_afterwards(article: Article, linked: Any) -> None:
    """The patience of the connection is what it was."""
    if connection.vendor == "sqlite":
        before = _patience()
        linked(article)[1].get(of(article))
        assert _patience() == before > 0


def test_uses_at_once_are_all_counted(article: Article, linked: Any, editor: User) -> None:
    link, client = linked(article)
    token = client._credentials["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    works = [lambda: alone(lambda: ApiClient(token=token).get(of(article)).status_code) for _ in range(6)]
    assert set(together(works)) == {200}
    assert client.get(of(article)).status_code == 200
    link.refresh_from_db()
    assert link.uses == 7


def _patience() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])
