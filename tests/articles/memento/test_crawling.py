"""A crawl sees one state of the site while others publish, rename and take down at the same time (R12)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from articles.models import Article
from cms.models import User
from tests.articles.api.walking import local, page
from tests.builders import a_published_article, ago, an_article, an_entry, fresh
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/api/v1/editorial/articles"
TOPICS = "/api/v1/editorial/topics"
SECONDS = 30


@dataclass
class Progress:
    """What the writers have done so far; whoever walks waits for more of it before each further page."""

    writers: int
    done: int = 0
    seen: int = 0
    changed: Condition = field(default_factory=Condition)

    def one_more(self) -> None:
        with self.changed:
            self.done += 1
            self.changed.notify_all()

    def ended(self) -> None:
        with self.changed:
            self.writers -= 1
            self.changed.notify_all()

    def something_new(self) -> None:
        """Returns when anything was written since the last call, or nobody writes any more."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.done > self.seen or not self.writers, SECONDS)
            self.seen = self.done


@dataclass
class Walk:
    """All that a crawler met, and the instant that the links pinned."""

    items: list[dict[str, Any]]
    at: str


def crawls(start: str, progress: Progress) -> list[Walk]:
    """Walk after walk for as long as anybody writes."""
    found: list[Walk] = []
    while progress.writers or not found:
        found.append(crawl(start, progress))
    return found


def crawl(start: str, progress: Progress) -> Walk:
    api = ApiClient()
    body = alone(lambda: page(api, start))
    items, pinned = list(body["results"]), set()
    while body["next"]:
        pinned.add(parse_qs(urlsplit(body["next"]).query)["at"][0])
        progress.something_new()
        following = local(body["next"])
        body = alone(lambda following=following: page(api, following))
        items += body["results"]
    (at,) = pinned
    return Walk(items, at)


@pytest.fixture
def desks(editor: User, token_for: Callable[..., str]) -> Callable[[int], list[ApiClient]]:
    """Clients that all speak for the editor."""

    def make(number: int) -> list[ApiClient]:
        return [ApiClient(token=token_for(editor)) for _ in range(number)]

    return make


def working(progress: Progress, *writes: Callable[[], Any]) -> Callable[[], list[Walk]]:
    """One writer: each write is one that succeeds."""

    def work() -> list[Walk]:
        try:
            for write in writes:
                answer = alone(write)
                assert answer.status_code < 300, answer.content
                progress.one_more()
        finally:
            progress.ended()
        return []

    return work


def publish(desk: ApiClient, article: Article, **content: Any) -> Any:
    place = f"{DESK}/{article.pk}"
    if content:
        tag = fresh(article).etag
        assert desk.patch(place, content, headers={"if-match": tag}).status_code == 200
    now = fresh(article)
    return desk.post(f"{place}/publications", {"revision": now.head_number}, headers={"if-match": now.etag})


def take_down(desk: ApiClient, article: Article) -> Any:
    return desk.post(
        f"{DESK}/{article.pk}/take-down",
        {"how": "unpublish", "reason": "harm"},
        headers={"if-match": fresh(article).etag},
    )


def rename(desk: ApiClient, item: Any) -> Any:
    item.refresh_from_db()
    changes = {"title": {"en": f"Renamed after version {item.head_number}"}}
    return desk.patch(f"{TOPICS}/{item.pk}", changes, headers={"if-match": item.etag})


def judge(start: str, walks: list[Walk]) -> None:
    """Each walk met what its instant says when it is asked for at once, everything exactly once."""
    for walk in walks:
        whole = page(ApiClient(), f"{start}&at={walk.at}".replace("limit=2", "limit=100"))
        assert whole["next"] is None
        assert walk.items == whole["results"]
        assert len({item["id"] for item in walk.items}) == len(walk.items)


@pytest.mark.parametrize("ordering", ["-published_at", "title"])
def test_a_crawl_of_articles_sees_one_state(desks: Callable[[int], list[ApiClient]], ordering: str) -> None:
    first, second = desks(2)
    articles = [
        a_published_article(slug=f"number-{n}", title=f"Number {n}", since=ago(days=9 - n)) for n in range(8)
    ]
    new = [an_article(slug=f"new-{n}", title=f"New {n}") for n in range(2)]
    start = f"/api/v1/articles?ordering={ordering}&limit=2"
    progress = Progress(writers=2)
    walks = together(
        [
            lambda: crawls(start, progress),
            working(
                progress,
                lambda: publish(first, articles[0], title="Zenith"),
                lambda: publish(first, new[0]),
                lambda: publish(first, articles[7], title="Aardvark"),
            ),
            working(
                progress,
                lambda: take_down(second, articles[2]),
                lambda: publish(second, new[1]),
                lambda: take_down(second, articles[5]),
            ),
        ]
    )[0]
    judge(start, walks)
    assert {item["title"] for item in crawl(start, Progress(writers=0)).items} == {
        *("Number 1", "Number 3", "Number 4", "Number 6"),
        *("Zenith", "Aardvark", "New 0", "New 1"),
    }


def test_a_crawl_of_topics_sees_one_state(desks: Callable[[int], list[ApiClient]]) -> None:
    (desk,) = desks(1)
    topics = [an_entry("topic", f"topic-{n}") for n in range(6)]
    start = "/api/v1/topics?limit=2"
    progress = Progress(writers=1)
    renaming = [lambda topic=topic: rename(desk, topic) for topic in (topics[5], topics[0], topics[4])]
    walks = together([lambda: crawls(start, progress), working(progress, *renaming)])[0]
    judge(start, walks)


@pytest.mark.parametrize("path", ["articles?ordering=title&", "topics?"])
def test_the_last_page_costs_what_the_first_does(
    path: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    for number in range(9):
        an_entry("topic", f"topic-{number}")
        a_published_article(slug=f"number-{number}", title=f"Number {number}")
    api, address, counts = ApiClient(), f"/api/v1/{path}limit=2", []
    while address:
        with django_assert_max_num_queries(10) as queries:
            body = page(api, address)
        counts.append(len(queries))
        address = local(body["next"]) if body["next"] else ""
    assert len(counts) == 5
    assert max(counts) == counts[0]
