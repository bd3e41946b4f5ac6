"""Several server processes: a reply that was edited, held or removed is shown by none of them as it was before."""

import time
from bisect import bisect_left
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest

from cms import clock
from cms.models import User
from cms.preconditions import IfMatch
from comments import actions
from comments.actions.decide import Ruling
from comments.models import Comment
from tests.builders import a_published_article, ago
from tests.concurrency import alone, together
from tests.load.length import TIMES, Amounts, Load, chance
from tests.load.server import Answer, Server, serving
from tests.matrix.world import a_reply

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS, READERS, REPLIES, PROCESSES = 6, 3, 6, 3
BREATH = 0.1
SHELVES = ("lamp", "bread", "paper", "window", "kettle", "stairs", "bicycle", "orchard", "harbour", "violin")


@dataclass
class Told:
    """What one reply said, one write after another: from when on it could, from when on it had to, and the words."""

    could: list[float] = field(default_factory=list)
    had_to: list[float] = field(default_factory=list)
    words: list[str | None] = field(default_factory=list)

    def add(self, could: float, had_to: float, words: str | None) -> None:
        self.could.append(could)
        self.had_to.append(had_to)
        self.words.append(words)

    def between(self, sent: float, came: float) -> set[str | None]:
        """All that somebody may be told who asked and had the answer then."""
        first = max(0, bisect_left(self.had_to, sent) - 1)
        return {
            said for could, said in zip(self.could[first:], self.words[first:], strict=True) if could <= came
        }


@pytest.mark.parametrize("round_", range(TIMES))
def test_no_process_shows_a_reply_as_it_was(round_: int, moderator: User) -> None:
    article = a_published_article(comments_policy="publish", since=ago(days=2))
    told = {alone(lambda: a_reply(article)).comment.pk: Told() for _ in range(REPLIES)}
    for comment_id, record in told.items():
        record.add(0, 0, words_of(comment_id))
    readings: list[Answer] = []
    with serving(workers=PROCESSES) as server:
        load = Load(SECONDS, lambda: told_and_read(told, readings))
        page = f"/api/v1/articles/{article.pk}/comments?limit=50"
        hands = [list(told)[n::2] for n in range(2)]
        together(
            [
                *(
                    lambda n=n, mine=mine: write_during(load, chance(10 * round_ + n), mine, told, moderator)
                    for n, mine in enumerate(hands)
                ),
                *[lambda: read_during(load, server, page, readings)] * READERS,
            ]
        )
    for answer in readings:
        shown = {UUID(reply["id"]): reply["html"] for reply in answer.body["results"]}
        for comment_id, record in told.items():
            assert shown.get(comment_id) in record.between(answer.sent, answer.came)
    assert not load.lacks()


def told_and_read(told: dict[UUID, Told], readings: list[Answer]) -> Amounts:
    """Much was read, what was read changed meanwhile, and some replies were out of sight for a while."""
    words = [said for record in told.values() for said in tuple(record.words)]
    return {
        "readings": (len(readings), 20 * SECONDS),
        "answers": (len({answer.content for answer in tuple(readings)}), REPLIES + 1),
        "words": (len(set(words) - {None}), REPLIES + 1),
        "out of sight": (words.count(None), 1),
    }


def write_during(load: Load, random: Random, mine: list[UUID], told: dict[UUID, Told], by: User) -> None:
    """Nobody else writes to these replies, so that what each says in between is known."""
    while load.goes_on():
        comment_id = random.choice(mine)
        could = time.time()
        alone(lambda comment_id=comment_id: one_write(comment_id, random, by))
        told[comment_id].add(could, time.time(), alone(lambda: words_of(comment_id)))  # noqa: B023 - called at once
        time.sleep(BREATH)


def one_write(comment_id: UUID, random: Random, by: User) -> Any:
    """Edited by its author, held or removed, or put back."""
    comment = Comment.objects.get(pk=comment_id)
    if_match = IfMatch((comment.etag,))
    verb = random.choice(("edit", "edit", "hold", "remove")) if comment.state == "published" else "publish"
    if verb == "edit":
        text = " ".join(random.sample(SHELVES, 6))
        changes = {"text": f"We kept the {text}."}
        return actions.edit(comment_id=comment_id, changes=changes, if_match=if_match, now=clock.now())
    ruling = Ruling(verb, comment.last_version, "other")
    return actions.decide(comment_id=comment_id, ruling=ruling, if_match=if_match, by=by, now=clock.now())


def words_of(comment_id: UUID) -> str | None:
    """What readers may see of it."""
    row = Comment.objects.select_related("public_version").get(pk=comment_id)
    return row.public_version.html if row.public_version else None


def read_during(load: Load, server: Server, page: str, readings: list[Answer]) -> None:
    while load.goes_on():
        readings.append(server.call("GET", page))
