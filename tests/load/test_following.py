"""R4: a reader follows the log while publishers and moderators write and roll back, and misses nothing of it."""

import threading
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from cms import clock, transactions
from cms.errors import DomainError
from cms.models import Change, User
from cms.preconditions import IfMatch
from comments import actions
from comments.actions.decide import Ruling
from comments.models import Comment
from tests.builders import a_published_article, ago
from tests.concurrency import alone, together
from tests.following.consumer import CHANGES, Copy
from tests.load.hands import Hand, some_articles
from tests.load.length import TIMES, chance
from tests.matrix.world import a_reply

pytestmark = pytest.mark.django_db(transaction=True)
ENTRIES = 300 if TIMES == 1 else 10_000
MODERATORS, PUBLISHERS, ARTICLES, REPLIES = 3, 1, 3, 8
LEAD, LONGEST = (1, 4), 3600


class ThoughtBetterOfIt(Exception):
    """Somebody's transaction ends without a commit."""


@dataclass
class Moderator:
    """Publishes and removes replies in turn. Every fourth transaction is rolled back; `told` are the others."""

    by: User
    random: Random
    replies: list[UUID]
    told: int = 0
    refused: int = field(default=0)

    def step(self) -> None:
        try:
            transactions.run(self._decide)
            self.told += 1
        except (DomainError, ThoughtBetterOfIt):
            self.refused += 1

    def _decide(self) -> None:
        comment = Comment.objects.get(pk=self.random.choice(self.replies))
        verb = "remove" if comment.state == "published" else "publish"
        actions.decide(
            comment_id=comment.pk,
            ruling=Ruling(verb, comment.last_version, "other"),
            if_match=IfMatch((comment.etag,)),
            by=self.by,
            now=clock.now(),
        )
        if self.random.random() < 0.25:
            raise ThoughtBetterOfIt


def test_who_follows_the_log_under_load_is_told_everything_once(moderator: User, travel: Any) -> None:
    article = a_published_article(slug="replied-to", comments_policy="publish", since=ago(days=2))
    replies = [alone(lambda: a_reply(article)).comment.pk for _ in range(REPLIES)]
    publishers = [Hand(some_articles(ARTICLES), chance(n), LEAD) for n in range(PUBLISHERS)]
    moderators = [Moderator(moderator, chance(10 + n), replies) for n in range(MODERATORS)]
    copy, over = Copy(Client(), limit=2).follow(), threading.Event()
    began, copy.entries = Change.objects.order_by("-id").first(), []
    together(
        [
            *(lambda hand=hand: moderate(hand, over) for hand in moderators),
            *(lambda hand=hand: publish(hand, over) for hand in publishers),
            lambda: follow(copy, over),
        ],
        LONGEST,
    )
    travel(2 * LEAD[1] + 2)
    copy.follow()
    written = Change.objects.filter(id__gt=began.pk if began else 0).order_by("id")
    told = [(entry["type"], entry["subject"]) for entry in copy.entries]
    assert told == [(type_, str(subject)) for type_, subject in written.values_list("type", "subject")]
    assert sum(type_.startswith("comment.") for type_, _ in told) == sum(hand.told for hand in moderators)
    assert len(told) >= ENTRIES
    assert all(hand.refused for hand in moderators)
    assert len({type_ for type_, _ in told}) > 3
    for cursor, content in copy.settled.items():
        assert Client().get(CHANGES, {"after": cursor, "limit": copy.limit}).content == content
    assert copy.settled
    assert copy.known == Copy(Client()).follow().known


def moderate(hand: Moderator, over: threading.Event) -> None:
    while hand.told < ENTRIES / MODERATORS:
        alone(hand.step)
    over.set()


def publish(hand: Hand, over: threading.Event) -> None:
    while not over.wait(0.1):
        alone(hand.step)


def follow(copy: Copy, over: threading.Event) -> None:
    while not over.wait(0.05):
        alone(copy.follow)
