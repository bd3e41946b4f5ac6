"""Hands that publish, move, cancel and take down at random, over a few articles; what is refused changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from django.db import IntegrityError

from articles import actions
from articles.models import Article, Publication
from cms import clock, transactions
from cms.constraints import meaning_of
from cms.errors import DomainError
from tests.builders import (
    SECOND,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    rows,
    tag,
    taken_down,
)

SLUGS = ("sleep", "dreams", "calm", "waking")
STEPS = (
    "write",
    "publish",
    "publish",
    "schedule",
    "schedule",
    "move",
    "end",
    "cancel",
    "take_down",
    "rename",
)
PUBLISHING = ("publish", "schedule", "rename")
"""Steps after which there is one publication more."""


def some_articles(number: int) -> list[Article]:
    """Drafts in one locale; each has one topic, and a slug that others may want too."""
    an_entry("topic", "sleep")
    return [
        an_article(slug=SLUGS[place % len(SLUGS)], title=f"Article {place}", topics=["sleep"])
        for place in range(number)
    ]


@dataclass
class Hand:
    """One person's random work. `lead` bounds, in seconds, how far ahead what is scheduled lies."""

    articles: Sequence[Article]
    random: Random
    lead: tuple[int, int]
    pause: Callable[[], None] = lambda: None
    done: list[str] = field(default_factory=list)
    refused: int = 0

    def step(self) -> None:
        """One verb on one article. `pause` runs inside its transaction, just before the commit."""
        name, article = self.random.choice(STEPS), self.random.choice(self.articles)
        try:
            transactions.run(lambda: self._then_pause(getattr(self, f"_{name}"), article))
            self.done.append(name)
        except DomainError:
            self.refused += 1
        except IntegrityError as error:
            if meaning_of(error) is None:
                raise
            self.refused += 1

    def _then_pause(self, verb: Callable[[Article], None], article: Article) -> None:
        verb(article)
        self.pause()

    def _write(self, article: Article) -> None:
        a_revision(article, summary=f"Written as number {self.random.random()}.")

    def _rename(self, article: Article) -> None:
        a_revision(article, slug=self.random.choice(SLUGS))
        published(article, update_type="minor")

    def _publish(self, article: Article) -> None:
        self._write(article)
        published(article, update_type=self.random.choice(["major", "minor"]), change_note="Now.")

    def _schedule(self, article: Article) -> None:
        begins = self._soon()
        ends = self.random.choice([None, begins + self._span()])
        published(article, effective_from=begins, effective_until=ends)

    def _move(self, article: Article) -> None:
        self._reschedule(article, effective_from=self._soon())

    def _end(self, article: Article) -> None:
        self._reschedule(article, keep_end=False, effective_until=self.random.choice([None, self._soon()]))

    def _cancel(self, article: Article) -> None:
        if row := self._row(article):
            actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)

    def _take_down(self, article: Article) -> None:
        how = self.random.choice(["withdraw", "withdraw", "unpublish", "archive"])
        taken_down(fresh(article), how, explanation="Outdated.", reason="outdated")

    def _reschedule(self, article: Article, **bounds: object) -> None:
        if row := self._row(article):
            actions.reschedule(
                article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None, **bounds
            )

    def _row(self, article: Article) -> Publication | None:
        """The row that a person would mean: mostly the last, which may lie ahead."""
        found = [row for row in rows(article) if row.effective_until > clock.now()]
        return self.random.choice(found[-2:]) if found else None

    def _soon(self):
        return ahead(seconds=self.random.randint(*self.lead))

    def _span(self):
        return self.random.randint(*self.lead) * SECOND
