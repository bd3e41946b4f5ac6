"""An article with a public text and a draft after it, and hands that make links."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from articles.actions import previewing
from articles.models import Article, PreviewLink
from cms import clock
from cms.models import User
from tests.builders import a_published_article, a_revision, fresh
from tests.client import ApiClient

PREVIEW = "/api/v1/preview"
DESK = "/api/v1/editorial"


@pytest.fixture
def article(author: User) -> Article:
    """Public in its first revision; its second, “Quieter nights”, is a draft."""
    found = a_published_article(by=author, slug="sleep", title="Sleep after trauma")
    a_revision(found, by=author, title="Quieter nights")
    return fresh(found)


Linked = tuple[PreviewLink, ApiClient]


@pytest.fixture
def linked(editor: User) -> Callable[..., Linked]:
    """A link to an article, with a client that sends its token."""

    def make(article: Article, revision: int | None = None, *, by: User = editor, **how: Any) -> Linked:
        link, token = previewing.link_to_article(
            article_id=article.pk, revision=revision, by=by, now=clock.now(), **how
        )
        return link, ApiClient(token=token)

    return make


@pytest.fixture
def linked_to_instant(editor: User) -> Callable[..., ApiClient]:
    """A client that sends the token of a link to an instant."""

    def make(instant: Any) -> ApiClient:
        _, token = previewing.link_to_instant(
            instant=instant, by=editor, now=clock.now(), lasts=timedelta(days=30)
        )
        return ApiClient(token=token)

    return make


def of(article: Article) -> str:
    """Where an article is previewed."""
    return f"{PREVIEW}/articles/{article.pk}"


def title(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.json()["title"])


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [card["title"] for card in answer.json()["results"]]
