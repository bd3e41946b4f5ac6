"""Writing made-up articles with their past, a batch at a time: the rows that the verbs would leave, in bulk.

Rows, dates, documents and tags are made by the functions that the verbs use; only the statements are fewer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from sys import intern
from uuid import UUID

from django.db import transaction

from articles.actions.recording import change_type, tags_of
from articles.actions.rows import Rows, made
from articles.actions.timeline import Dates, Transition, facts_with, placed
from articles.content import DEFAULTS, canonical, head_columns
from articles.models import (
    Article,
    Review,
    Revision,
)
from articles.rendering import render_article
from articles.scale.cast import Cast
from articles.scale.plans import Plan, Supply, plan
from articles.scale.texts import WORDS, Text, family
from articles.scale.words import VOCABULARIES
from articles.searching import indexing
from cms import bulk
from cms.changes import Told
from cms.models import AuditEntry, PendingChange, Permit
from cms.spool import Spool

BATCH = 200
FAMILIES, RENEWED = 24, 4
"""Families of texts at hand in each language, few enough that rendered bodies are remembered; new ones in a batch."""

BEFORE = timedelta(minutes=30)
"""How long before a version began its text was approved; it was written as long before that."""


@dataclass(frozen=True)
class Laid:
    """One article as it lies in the database."""

    article: Article
    revisions: list[Revision]
    plan: Plan


@dataclass
class Magazine:
    """The made-up magazine being written; `told` gathers what the log of changes has to be told in the end."""

    chance: Random
    cast: Cast
    supply: Supply
    told: Spool[Told]
    words: int = WORDS
    texts: dict[str, list[tuple[Text, ...]]] = field(default_factory=lambda: defaultdict(list))

    def write(self, articles: int, advance: Callable[[int], None]) -> Iterator[Laid]:
        """Write so many articles: three in ten are French, each of them a translation of an English one."""
        for begin in range(0, articles, BATCH):
            numbers = range(begin, min(begin + BATCH, articles))
            with transaction.atomic():
                english = self._write([n for n in numbers if n % 10 < 7], "en", {})
                sources = {laid.plan.number: laid for laid in english}
                french = self._write([n for n in numbers if n % 10 >= 7], "fr", sources)
            yield from (*english, *french)
            advance(len(numbers))

    def _write(self, numbers: Sequence[int], locale: str, sources: dict[int, Laid]) -> list[Laid]:
        texts = self._texts(locale, len(numbers))
        batch = _Batch(self.cast, self.supply.now)
        laid = []
        for number in numbers:
            planned = plan(self.chance, number, locale, self.supply)
            laid.append(batch.add(planned, texts[planned.text % len(texts)], sources.get(number - 3)))
        batch.save()
        for told in batch.told:
            self.told.append(told)
        return laid

    def _texts(self, locale: str, most: int) -> list[tuple[Text, ...]]:
        kept = self.texts[locale][RENEWED:]
        wanted = min(FAMILIES, most)
        self.texts[locale] = kept + [
            family(self.chance, locale, self.words) for _ in range(wanted - len(kept))
        ]
        return self.texts[locale]


@dataclass
class _Batch:
    cast: Cast
    now: datetime
    articles: list[Article] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    pending: list[PendingChange] = field(default_factory=list)

    def add(self, planned: Plan, texts: Sequence[Text], source: Laid | None) -> Laid:
        article = Article(kind=planned.kind, locale=planned.locale, created_by=self.cast.writer)
        article.group_id = source.article.group_id if source else article.group_id
        revisions = list(self._revise(article, planned, texts, source))
        article.created_at = revisions[0].created_at
        transitions = self._transitions(article, planned, revisions)
        dates = self._lay(article, transitions)
        _describe(article, revisions[-1], dates.version, sequence=len(revisions) + bool(transitions))
        self.articles.append(article)
        self.revisions += revisions
        return Laid(article, revisions, planned)

    def _revise(
        self, article: Article, planned: Plan, texts: Sequence[Text], source: Laid | None
    ) -> Iterator[Revision]:
        """One revision for each version, the one that is scheduled, and one that waits on the desk."""
        times = [start - 2 * BEFORE for start in planned.starts]
        extra = (planned.fate in ("draft", "scheduled")) + planned.drafted
        times += [self.now - (extra - number) * BEFORE for number in range(extra)]
        last_public = len(planned.starts)
        for number, at in enumerate(times, 1):
            text = texts[(number - 1) % len(texts)]
            slug = planned.slug if number >= last_public else planned.first_slug
            data, sha256 = canonical(_content(planned, text, slug))
            yield Revision(
                article=article,
                number=number,
                parent_number=number - 1 or None,
                translated_from=source.revisions[0] if source else None,
                author=self.cast.writer,
                message=VOCABULARIES[planned.locale].change_note if number > 1 else "",
                content=data,
                sha256=sha256,
                block_ids=list(text.block_ids),
                created_at=at,
            )

    def _transitions(self, article: Article, planned: Plan, revisions: list[Revision]) -> list[Transition]:
        versions = [
            self._transition(article, planned, revision, start)
            for revision, start in zip(revisions, planned.starts, strict=False)
        ]
        return versions + (
            [self._fate(planned, planned.ends, revisions, versions[-1])] if planned.ends else []
        )

    def _transition(self, article: Article, planned: Plan, revision: Revision, start: datetime) -> Transition:
        return Transition(
            starts=start,
            state="live",
            revision=revision,
            update_type="major",
            created_at=self.now,
            created_by=self.cast.writer,
            change_note=revision.message,
            review=self._approved(article, revision, start) if planned.medical else None,
        )

    def _fate(self, planned: Plan, at: datetime, revisions: list[Revision], last: Transition) -> Transition:
        """The row that follows the last version: what took it down, what ends it, or what is to come."""
        words = VOCABULARIES[planned.locale]
        if planned.fate == "scheduled":
            return self._transition(last.revision.article, planned, revisions[last.revision.number], at)
        states = {
            "withdrawn": ("withdrawn", "outdated", words.withdrawn),
            "gone": ("gone", "editorial", words.gone),
            "expiring": ("gone", "expired", ""),
        }
        state, reason, explanation = states[planned.fate]
        return Transition(
            starts=at,
            state=state,
            revision=last.revision,
            update_type="minor",
            created_at=self.now,
            created_by=self.cast.writer,
            reason=reason,
            explanation=explanation,
            review=last.review if state == "withdrawn" else None,
        )

    def _approved(self, article: Article, revision: Revision, start: datetime) -> Review:
        review = Review(
            article=article,
            revision=revision,
            revision_sha256=revision.sha256,
            reviewer=self.cast.reviewer,
            decision="approve",
            created_at=min(start, self.now) - BEFORE,
        )
        self.reviews.append(review)
        return review

    def _lay(self, article: Article, transitions: list[Transition]) -> Dates:
        dates, before = Dates(), None
        for transition, following in zip(transitions, [*transitions, None][1:], strict=True):
            dates = dates.after(transition)
            rows = self._made(article, transition, following, dates)
            self._tell(rows, before)
            self.rows.append(rows)
            before = rows
        return dates

    def _made(
        self, article: Article, transition: Transition, following: Transition | None, dates: Dates
    ) -> Rows:
        document = None
        if transition.state != "gone":
            site, person = self.cast.site[article.locale], self.cast.reviewing
            document = render_article(facts_with(article, transition, dates, self.cast.entries, person, site))
        return made(article, placed(transition, following, dates, document))

    def _tell(self, rows: Rows, before: Rows | None) -> None:
        row = rows.publication
        type_ = change_type(row, before.publication if before else None)
        tags = sorted(_tags(rows) | (_tags(before) if before else set()))
        told = Told(
            row.effective_from, type_, row.article_id, row.article_id, row.version, tuple(map(intern, tags))
        )
        if row.effective_from <= self.now:
            self.told.append(told)
            return
        said = told._asdict()
        self.pending.append(PendingChange(due_at=said.pop("at"), publication_id=row.pk, **said))

    def save(self) -> None:
        """Publications go in by article and in the order of time, as the triggers ask."""
        bulk.write(self.articles)
        bulk.write(self.revisions)
        bulk.write(self.reviews)
        permits = Permit.objects.bulk_create(
            Permit(kind="history", subject=article.pk) for article in self.articles
        )
        bulk.write(rows.rendering for rows in self.rows if rows.rendering)
        bulk.write(rows.publication for rows in self.rows)
        bulk.write(row for rows in self.rows for row in rows.topics)
        bulk.write(row for rows in self.rows for row in rows.people)
        bulk.write(row for rows in self.rows for row in rows.embeds)
        bulk.write(row for rows in self.rows for row in rows.listings)
        indexing.add(entry for rows in self.rows for entry in rows.searched)
        bulk.write(self.pending)
        Permit.objects.filter(pk__in=[permit.pk for permit in permits]).delete()
        bulk.write(self._audit())

    def _audit(self) -> Iterator[AuditEntry]:
        for article in self.articles:
            yield AuditEntry(
                at=self.now,
                verb="article.lay_down",
                subject_type="article",
                subject=article.pk,
                detail={"publications": article.last_version},
            )


def _content(planned: Plan, text: Text, slug: str) -> dict[str, object]:
    return DEFAULTS | {
        "title": planned.title,
        "slug": slug,
        "summary": planned.summary,
        "body_markdown": text.source,
        "topics": list(planned.topics),
        "authors": list(planned.authors),
        "medical": planned.medical,
        "content_notes": [{"type": type_, "intensity": 1} for type_ in planned.notes],
        "comments_policy": "publish",
    }


def _describe(article: Article, head: Revision, version: int, *, sequence: int) -> None:
    content = head.document
    article.head_number, article.last_version, article.sequence = head.number, version, sequence
    for column, value in head_columns(content).items():
        setattr(article, column, value)


def _tags(rows: Rows) -> set[str]:
    topics: list[UUID] = [row.topic_id for row in rows.topics]
    return tags_of(rows.publication, topics, [row.person_id for row in rows.people])
