"""Whatever fails and whoever else is at it: a release is laid down whole or not at all, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles import actions
from articles.models import Article, Publication, Release
from cms.models import User
from cms.preconditions import IfMatch
from tests.articles.releases.acts import (
    a_draft_and_a_better_one,
    a_release,
    ahead_of,
    now_of,
    publishing,
    scheduled,
    tag,
)
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.builders import a_published_article, a_revision, ahead, an_article, an_entry, fresh
from tests.client import ApiClient
from tests.concurrency import alone, together

pytestmark = pytest.mark.django_db(transaction=True)
DESK, RELEASES = "/api/v1/editorial/articles", "/api/v1/editorial/releases"
Clients = Callable[[int], list[ApiClient]]


@pytest.fixture
def clients(editor: User, token_for: Callable[..., str]) -> Clients:
    """Clients that all speak for the editor."""
    return lambda number: [ApiClient(token=token_for(editor)) for _ in range(number)]


def schedule(client: ApiClient, release: Release) -> Any:
    body = {"effective_from": ahead(days=3).isoformat()}
    headers = {"if-match": release.etag}
    return alone(lambda: client.post(f"{RELEASES}/{release.pk}/schedule", body, headers=headers))


def whole_or_nothing(*releases: Release) -> list[int]:
    """How many rows each release has ahead: all of its items, or none."""
    for release in releases:
        found = now_of(release)
        wanted = found.items.count() if found.state == "scheduled" else 0
        assert len(ahead_of(found)) == wanted
    connection.check_constraints()
    return [len(ahead_of(release)) for release in releases]


def test_scheduling_fails_nowhere_halfway(editor: User) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    instant = ahead(days=1)
    assert fails_nowhere_halfway(
        lambda: actions.schedule_release(
            release_id=release.pk, expected=tag(release), by=editor, effective_from=instant
        )
    )


def test_cancelling_by_a_taking_down_fails_nowhere_halfway(editor: User) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    scheduled(release, effective_from=ahead(days=1))
    assert fails_nowhere_halfway(
        lambda: actions.take_down(
            article_id=second.pk, how="unpublish", expected=IfMatch((fresh(second).etag,)), by=editor
        )
    )
    assert now_of(release).state == "cancelled"


def test_of_two_releases_that_share_articles_one_gets_the_instant(clients: Clients) -> None:
    articles = [an_article(slug=f"number-{number}") for number in range(4)]
    forward = a_release(*(publishing(article) for article in articles))
    backward = a_release(*(publishing(article) for article in reversed(articles)))
    one, two = clients(2)
    answers = together([lambda: schedule(one, forward), lambda: schedule(two, backward)])
    statuses = sorted(answer.status_code for answer in answers)
    counts = sorted(whole_or_nothing(forward, backward))
    assert (statuses, counts) in [([201, 409], [0, 4]), ([201, 201], [4, 4])]


def test_scheduling_while_somebody_publishes_a_member_loses_neither(clients: Clients) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    one, two = clients(2)
    headers = {"if-match": fresh(second).etag}
    answers = together(
        [
            lambda: schedule(one, release),
            lambda: alone(
                lambda: two.post(f"{DESK}/{second.pk}/publications", {"revision": 2}, headers=headers)
            ),
        ]
    )
    assert answers[0].status_code == 201
    assert answers[1].status_code in (201, 412)
    assert whole_or_nothing(release) == [2]


def test_scheduling_while_a_member_is_taken_down_ends_in_one_of_two_ways(clients: Clients) -> None:
    first, second = a_draft_and_a_better_one()
    third = a_published_article(slug="rest")
    a_revision(third, title="Resting")
    release = a_release(publishing(third), publishing(second), publishing(first))
    one, two = clients(2)
    headers = {"if-match": fresh(third).etag}
    down = f"{DESK}/{third.pk}/take-down"
    answers = together(
        [
            lambda: schedule(one, release),
            lambda: alone(lambda: two.post(down, {"how": "unpublish"}, headers=headers)),
        ]
    )
    assert answers[0].status_code == 201
    assert answers[1].status_code in (201, 412)
    whole_or_nothing(release)


def test_two_who_take_down_members_of_one_release_both_succeed(clients: Clients) -> None:
    """Each changes one article and must write the other's: neither waits for the other in vain."""
    pair = [a_published_article(slug="sleep"), a_published_article(slug="rest")]
    for article in pair:
        a_revision(article, title="Better")
    release = a_release(*(publishing(article) for article in pair))
    scheduled(release, effective_from=ahead(days=1))
    tags = [fresh(article).etag for article in pair]

    def down(client: ApiClient, article: Article, etag: str) -> Any:
        path = f"{DESK}/{article.pk}/take-down"
        return alone(lambda: client.post(path, {"how": "unpublish"}, headers={"if-match": etag}))

    answers = together(
        [
            lambda c=client, a=article, t=etag: down(c, a, t)
            for client, article, etag in zip(clients(2), pair, tags, strict=True)
        ]
    )
    statuses = [answer.status_code for answer in answers]
    assert 201 in statuses
    assert set(statuses) <= {201, 412}
    assert now_of(release).state == "cancelled"
    assert not Publication.objects.filter(release=release).exists()


def test_no_release_is_scheduled_on_a_reference_that_is_retracted_meanwhile(clients: Clients) -> None:
    entry = an_entry("reference", "berglind2021")
    text = '::: claim certainty=high population="adults" refs=berglind2021\nSleep helps.\n:::\n'
    an_entry("person", "ines-halloran")
    names = {"authors": ["ines-halloran"], "references": ["berglind2021"]}
    article = an_article(kind="guide", body_markdown=text, **names)
    release = a_release(publishing(article), publishing(an_article(slug="rest")))
    one, two = clients(2)
    path, change = f"/api/v1/editorial/references/{entry.pk}", {"publication_status": "retracted"}
    answers = together(
        [
            lambda: schedule(one, release),
            lambda: alone(lambda: two.patch(path, change, headers={"if-match": entry.etag})),
        ]
    )
    assert answers[1].status_code == 200
    assert answers[0].status_code in (201, 409)
    assert whole_or_nothing(release) == [0]
