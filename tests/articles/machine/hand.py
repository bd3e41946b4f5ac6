"""The two sides of every step, the clock between them, what readers are given, and what holds after each step.

The verbs are in `machine` and `newsroom`. Every example is rolled back when it ends.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine, invariant

from articles.models import Article, Publication
from cms import clock
from cms.constraints import meaning_of
from cms.errors import DomainError
from cms.models import User
from cms.preconditions import IfMatch
from tests.articles.machine import answers
from tests.articles.machine.model import Model, Refused, Story
from tests.articles.machine.timeline import Begin
from tests.builders import an_entry
from tests.client import ApiClient

MARGIN = timedelta(hours=2)
"""How far ahead a history begins: nothing comes near what the database itself judges by its own clock."""

TICK = timedelta(milliseconds=1)
PATIENCE = timedelta(milliseconds=450)
"""A verb that takes longer may be stamped with another second than the model's: it is undone, and done again."""

SLUGS = ("alpha", "beta", "gamma")


class TooSlow(Exception):
    """The machine was busy with something else."""


class Hand(RuleBasedStateMachine):
    """Does on both sides what a rule says, and compares. `people` are the users by role; a subclass sets them."""

    people: dict[str, User]
    api: ApiClient

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        start = clock.floor(datetime.now(UTC)) + MARGIN
        self.model = Model(start, "Nights", start - timedelta(days=30))
        self.reader = Client()
        self.seen: dict[tuple[str, datetime], tuple[int, bytes]] = {}
        self.acts = 0
        self.made: dict[datetime, int] = {}
        self.set_clock()
        self.topic = an_entry("topic", "sleep", since=self.model.topic_since, title={"en": "Nights"})

    def teardown(self) -> None:
        try:
            if sys.exception() is None:
                self.read_what_was_read()
                self.live_through_what_lies_ahead()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)
            connection.must_commit_before = None  # type: ignore[attr-defined]  # of cms.database: nothing is committed
            clock.set_shift(timedelta(0))

    # Time

    @property
    def now(self) -> datetime:
        return self.model.now

    def set_clock(self) -> None:
        clock.set_shift(self.now + TICK - datetime.now(UTC))

    def moment(self) -> datetime:
        """An instant of this second, later than every one before it."""
        self.acts += 1
        return self.now + timedelta(microseconds=self.acts)

    def pass_to(self, instant: datetime) -> None:
        self.model.now = instant
        self.set_clock()

    # The two sides of a step

    def attempt(self, really: Callable[[], Any], supposedly: Callable[[], Any]) -> bool:
        """Do it on both sides; both do it, or both refuse it for the same reason. Whether it was done."""
        got, expected = self.in_time(really), ""
        try:
            supposedly()
        except Refused as refused:
            expected = refused.code
        assert got == expected, (got, expected)
        return not got

    def attempt_on_timeline(self, really: Callable[[], Any], supposedly: Callable[[], Any]) -> None:
        """While a release is ahead, a verb may cancel it, and so change other articles: what came of it is taken over."""
        if not self.is_release_ahead():
            self.attempt(really, supposedly)
            return
        self.in_time(really)
        self.adopt()

    def is_release_ahead(self) -> bool:
        return False

    def adopt(self) -> None:
        """Take over what lies ahead as it is laid; what has begun must be as the model has it."""
        for story in self.model.stories:
            rows = list(Publication.objects.filter(article=story.id).in_time_order())
            found = [self.begin_of(story, row) for row in rows]
            begun = [_shown(begin) for begin in story.begins if begin.starts <= self.now]
            laid = [_shown(begin) for begin in found[: len(begun)]]
            assert laid == begun, [pair for pair in zip(laid, begun, strict=False) if pair[0] != pair[1]]
            story.begins = found
            article = Article.objects.get(pk=story.id)
            story.sequence, story.is_archived = article.sequence, article.archived_at is not None

    def begin_of(self, story: Story, row: Publication) -> Begin:
        shown = json.loads(bytes(row.card))["topics"][0]["title"] if row.card else self.model.topic
        made = self.made.setdefault(row.created_at, len(self.made) + 1000)
        text = story.texts[row.revision_number - 1]
        words = (row.reason, row.correction, row.break_glass)
        update = row.update_type
        return Begin(row.effective_from, row.state, text, update, made, shown, *words)

    def in_time(self, work: Callable[[], Any]) -> str:
        """The code of its refusal; empty when it was done."""
        while True:
            self.set_clock()
            try:
                return _code_of(lambda: self.within_the_second(work))
            except TooSlow:
                continue

    def within_the_second(self, work: Callable[[], Any]) -> None:
        try:
            work()
        finally:
            if clock.now() - self.now > PATIENCE:
                raise TooSlow  # a refusal too may have come of the time that passed

    def story(self, which: int) -> Story:
        return self.model.stories[which % len(self.model.stories)]

    def expected(self, story: Story) -> IfMatch:
        return IfMatch((story.etag,))

    def instant(self, ahead: int, aligned: bool) -> datetime:
        """So many seconds ahead; or the first instant from there on at which anything begins."""
        asked = self.now + timedelta(seconds=ahead)
        known = [begin.starts for story in self.model.stories for begin in story.begins]
        return min((at for at in known if at >= asked), default=asked) if aligned else asked

    def verb(
        self, story: Story, action: Callable[..., Any], by: str = "editor", **how: Any
    ) -> Callable[[], Any]:
        return lambda: action(article_id=story.id, expected=self.expected(story), by=self.people[by], **how)

    def read_article(self, story: Story, at: datetime | None) -> None:
        answer = self.kept(f"{answers.ARTICLES}/{story.id}", at)
        assert answers.said(answer) == answers.article(self.model, story, at or self.now)

    def read_slug(self, name: str, at: datetime | None) -> None:
        answer = self.kept(f"{answers.ARTICLES}/{name}", at)
        assert answers.said(answer) == answers.slug(self.model, name, at or self.now)

    def read_list(self, at: datetime | None) -> None:
        answer = self.kept(answers.ARTICLES, at)
        assert answers.cards_of(answer) == answers.listed(self.model, at or self.now)

    def asked(self, address: str, at: datetime | None = None) -> Any:
        """An answer that was given within the second."""
        while True:
            self.set_clock()
            answer = answers.given(self.reader, address, at)
            if clock.read_instant() == self.now:
                return answer

    def kept(self, address: str, at: datetime | None) -> Any:
        """An answer, which must be the one that was given for this instant before, if one was."""
        answer = self.asked(address, at)
        found = _kept_of(answer)
        assert self.seen.setdefault((address, at or self.now), found) == found
        return answer

    def read_what_was_read(self) -> None:
        self.set_clock()
        for (address, at), found in list(self.seen.items())[-8:]:
            assert _kept_of(self.asked(address, at)) == found, (address, at)

    def live_through_what_lies_ahead(self) -> None:
        """Whatever was left scheduled comes as the model says, with nobody doing anything."""
        for at in sorted(set(self.coming()))[:4]:
            self.pass_to(at)
            self.read_list(None)
            for story in self.model.stories:
                if any(begin.starts == at for begin in story.begins):
                    self.read_article(story, None)

    # What holds after each step

    @invariant()
    def the_timeline_is_whole(self) -> None:
        """Exactly the rows of the model: no overlap, no gap, and nothing that the database objects to."""
        connection.check_constraints()
        names = (
            "article_id effective_from effective_until state version revision_number update_type slug".split()
        )
        names += "published_at updated_at reason".split()
        found = Publication.objects.order_by("article_id", "effective_from").values_list(*names)
        assert list(found) == self.supposed_rows()

    def supposed_rows(self) -> list[tuple[Any, ...]]:
        return [
            (
                story.id,
                row.starts,
                row.until,
                row.begin.state,
                row.version,
                row.begin.text.number,
                row.begin.update,
                row.begin.text.slug,
                row.published_at,
                row.updated_at,
                row.begin.reason,
            )
            for story in sorted(self.model.stories, key=lambda story: story.id.int)
            for row in story.rows
        ]

    @invariant()
    def every_tag_counts_every_write(self) -> None:
        found = {article.pk: article for article in Article.objects.all()}
        assert {key: article.etag for key, article in found.items()} == {
            story.id: story.etag for story in self.model.stories
        }
        assert {key for key, article in found.items() if article.archived_at} == {
            story.id for story in self.model.stories if story.is_archived
        }


def _code_of(work: Callable[[], Any]) -> str:
    """Done in a transaction of its own, to its last deferred constraint; empty, or the code of the refusal."""
    try:
        with transaction.atomic():
            work()
            connection.check_constraints()
    except DomainError as error:
        return error.code
    except IntegrityError as error:
        meant = meaning_of(error)
        if meant is None:
            raise
        return meant.code
    return ""


def _kept_of(answer: Any) -> tuple[int, bytes]:
    """Problems carry the number of their request, which is another each time."""
    if answer.status_code == 200:
        return answer.status_code, answer.content
    if answer.status_code == 308:
        return answer.status_code, answer["Location"].partition("?")[0].encode()
    problem = json.loads(answer.content)
    told = [problem.get(name) for name in ("code", "reason", "detail", "alternative_href")]
    return answer.status_code, json.dumps(told).encode()


def _shown(begin: Begin) -> Begin:
    """What can be compared: when it was made has another number here, and what is gone shows no topic."""
    return replace(begin, made=0, topic="" if begin.state == "gone" else begin.topic)
