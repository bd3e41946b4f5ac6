"""Whoever purges a cache by the tags of the log keeps nothing that has changed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from articles.models import Article
from articles.rendering.times import rfc3339
from cms.models import Change, Site, User
from tests.articles.collections.shelf import a_collection
from tests.articles.suppression.histories import article_with_a_secret, suppressed, when_it_was_public
from tests.builders import (
    a_published_article,
    a_redirect,
    a_revision,
    an_article,
    an_entry,
    published,
    taken_down,
)
from tests.client import ApiClient
from tests.matrix.world import a_reply

pytestmark = pytest.mark.django_db

Kept = dict[str, tuple[str, set[str]]]


def addresses(shown: Article, hidden: Article, reply: Any) -> list[str]:
    """What may show one of two articles, or tell of it."""
    lists = ("articles", "manifest", "search?q=anchor", "sitemap.xml", "feed.json", "feed.atom")
    narrowed = ("topic=rest", "author=ada", "kind=page")
    return [
        *(
            f"/api/v1/{path}{'&' if '?' in path else '?'}{locale}"
            for path in lists
            for locale in ("", "locale=en")
        ),
        *(f"/api/v1/articles?{filter_}" for filter_ in narrowed),
        "/api/v1/collections/first-steps",
        "/api/v1/collections/first-steps?locale=en",
        "/api/v1/redirects",
        "/api/v1/resolve?path=/old",
        f"/api/v1/articles/{shown.pk}",
        f"/api/v1/articles/{shown.pk}/versions",
        f"/api/v1/articles/{shown.pk}/comments",
        f"/api/v1/articles/{shown.pk}/comment-form",
        f"/api/v1/comments/{reply.comment.pk}",
    ]


def read(api: ApiClient, asked: list[str]) -> Kept:
    """The tag of each answer, or its status, with its cache tags. What may not be kept is left out."""
    answers = {address: api.get(address) for address in asked}
    return {
        address: (
            answer.get("ETag") or str(answer.status_code),
            set(answer.get("Cache-Tag", "").split(",")) - {""},
        )
        for address, answer in answers.items()
    }


@pytest.fixture
def world() -> tuple[Article, Article, list[str]]:
    Site.objects.create(name="The Quiet Page", locales=["en"])
    for kind, key in (("topic", "rest"), ("person", "ada")):
        an_entry(kind, key)
    shown = a_published_article(
        slug="shown", title="An anchor", topics=["rest"], authors=["ada"], comments_policy="publish"
    )
    hidden = an_article(slug="hidden", title="Another anchor")
    a_collection(shown, hidden)
    a_redirect("/old", shown)
    a_redirect("/old/hidden", hidden)
    return shown, hidden, addresses(shown, hidden, a_reply(shown))


def renamed(shown: Article, hidden: Article) -> None:
    a_revision(shown, title="An anchor again", slug="shown-again")
    published(shown)


VERBS: dict[str, Callable[[Article, Article], object]] = {
    "published": lambda shown, hidden: published(hidden),
    "renamed": renamed,
    "withdrawn": lambda shown, hidden: taken_down(shown, "withdraw", explanation="Outdated."),
    "unpublished": lambda shown, hidden: taken_down(shown, "unpublish", explanation="Outdated."),
    "archived": lambda shown, hidden: taken_down(shown, "archive"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_each_answer_that_changes_has_a_tag_that_the_log_names(
    verb: str, world: tuple[Article, Article, list[str]], api: ApiClient, travel: Callable[[float], Any]
) -> None:
    shown, hidden, asked = world
    travel(3)
    assert missed(api, asked, lambda: VERBS[verb](shown, hidden), travel) == []


def test_so_has_each_answer_about_a_past_that_is_taken_out(
    editor: User, administrator: User, api: ApiClient, travel: Callable[[float], Any]
) -> None:
    article = article_with_a_secret(None)
    then = urlencode({"at": rfc3339(when_it_was_public())})
    lists = ("articles", "manifest", "articles?locale=en", "manifest?locale=en", "articles?topic=topic-sleep")
    asked = [f"/api/v1/{path}{'&' if '?' in path else '?'}{then}" for path in lists]
    asked += [f"/api/v1/articles/{article.pk}?{then}", f"/api/v1/articles/{article.pk}/versions/1"]
    travel(3)
    assert missed(api, asked, lambda: suppressed(article, by=editor, second=administrator), travel) == []


def missed(
    api: ApiClient, asked: list[str], work: Callable[[], object], travel: Callable[[float], Any]
) -> list[str]:
    """The addresses whose answers `work` changed, and whose tags the log does not name."""
    before, began = read(api, asked), Change.objects.count()
    work()
    travel(3)
    after = read(api, asked)
    api.get("/api/v1/changes")
    named = {tag for change in Change.objects.order_by("id")[began:] for tag in change.cache_tags}
    changed = [address for address in asked if after[address][0] != before[address][0]]
    assert len(changed) > 4
    return [address for address in changed if before[address][1] and not before[address][1] & named]
