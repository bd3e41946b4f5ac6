"""The timeline of one article: laying the rows ahead anew, so that every instant is covered by exactly one.

What has begun is history and stays. What lies ahead is a list of transitions; whenever one is added, moved or taken
away, all rows ahead are made again from that list, because versions, dates and corrections follow from their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from articles.actions.gathering import Entries, entries_for, public_person, surroundings
from articles.actions.recording import announce
from articles.actions.rows import Written, write_row
from articles.actions.standing import Standing
from articles.models import Article, Listing, Publication, Release, Review, Revision
from articles.rendering import Correction, Document, Entry, Facts, Reviewed, Withdrawal, render_article
from articles.rendering.body import body_of
from articles.searching import indexing
from cms import changes
from cms.clock import FAR
from cms.ids import uuid7
from cms.models import User


@dataclass(frozen=True)
class Transition:
    """An instant at which another row begins, and what that row says. `id` is kept when rows are laid anew."""

    starts: datetime
    state: str
    revision: Revision
    update_type: str
    created_at: datetime
    created_by: User | None
    id: UUID = field(default_factory=uuid7)
    change_note: str = ""
    correction: str = ""
    reason: str = ""
    explanation: str = ""
    alternative_id: UUID | None = None
    break_glass: str = ""
    review: Review | None = None
    release: Release | None = None

    @classmethod
    def of(cls, row: Publication) -> "Transition":
        return cls(
            starts=row.effective_from,
            state=row.state,
            revision=row.revision,
            update_type=row.update_type,
            created_at=row.created_at,
            created_by=row.created_by,
            id=row.pk,
            change_note=row.change_note,
            correction=row.correction,
            reason=row.reason,
            explanation=row.explanation,
            alternative_id=row.alternative_id,
            break_glass=row.break_glass,
            review=row.review,
            release=row.release,
        )


@dataclass(frozen=True)
class Dates:
    """What a row inherits from the rows before it."""

    version: int = 0
    published_at: datetime | None = None
    updated_at: datetime | None = None
    first_published_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    readable: bool = False
    standing: Standing = field(default_factory=Standing)

    def after(self, transition: Transition) -> "Dates":
        """The dates of the row that `transition` begins. Only a major update moves `updated_at`."""
        version = self.version + (transition.update_type != "rerender")
        if transition.state == "gone":
            return replace(self._dated(transition.starts), version=version, readable=False)
        dates = (
            self
            if self.readable
            else replace(self, published_at=transition.starts, updated_at=transition.starts)
        )
        if transition.state == "live" and transition.update_type == "major":
            dates = replace(dates, updated_at=transition.starts)
        return replace(
            dates._dated(transition.starts),
            version=version,
            readable=True,
            standing=self.standing.after(transition, version),
            corrections=self.corrections + self._correction(transition, version),
        )

    def _dated(self, at: datetime) -> "Dates":
        return replace(
            self,
            published_at=self.published_at or at,
            updated_at=self.updated_at or at,
            first_published_at=self.first_published_at or at,
        )

    def _correction(self, transition: Transition, version: int) -> tuple[Correction, ...]:
        """Told once, by the publication that corrects: what follows it keeps the reason for a broken glass, no more."""
        note = transition.correction or transition.break_glass
        corrects = transition.state == "live" and transition.update_type != "rerender"
        if not note or not self.version or not corrects:
            return ()
        return (Correction(transition.starts, note, self.version, version),)


def rows_of(article: Article) -> list[Publication]:
    """All rows, in time order, with what transitions need of them."""
    rows = Publication.objects.filter(article=article).select_related(
        "revision", "review", "release", "created_by"
    )
    return list(rows.defer("card").in_time_order())


def ahead(rows: list[Publication], now: datetime) -> list[Transition]:
    """The transitions that have not begun."""
    return [Transition.of(row) for row in rows if row.effective_from > now]


def lay(
    article: Article, rows: list[Publication], transitions: list[Transition], now: datetime
) -> list[Publication]:
    """Make the rows ahead be exactly `transitions`; return them. The caller holds the article's lock."""
    begun = clear(article, rows, transitions, now)
    return write(article, begun, transitions)


def clear(
    article: Article, rows: list[Publication], transitions: list[Transition], now: datetime
) -> list[Publication]:
    """The first half of `lay`: rows ahead are gone and the current one ends in time. Returns what has begun.

    Where articles hand slugs to each other at one instant, all are cleared before any is written.
    """
    begun = [row for row in rows if row.effective_from <= now]
    _sweep(article)
    for row in rows[len(begun) :]:
        changes.unschedule(row.pk)
        row.delete()
    _end(begun[-1] if begun else None, min(transitions, default=None, key=_starts))
    return begun


def write(article: Article, begun: list[Publication], transitions: list[Transition]) -> list[Publication]:
    """The second half of `lay`: the rows that `transitions` make begin."""
    transitions = sorted(transitions, key=_starts)
    dates = history_dates(begun)
    before = begun[-1] if begun else None
    written = []
    for transition, following in zip(transitions, [*transitions, None][1:], strict=True):
        dates = dates.after(transition)
        row = write_row(article, _written(article, transition, following, dates))
        announce(row, before)
        written.append(row)
        before = row
    article.last_version = dates.version
    Article.objects.filter(pk=article.pk).update(last_version=dates.version)
    return written


def _starts(transition: Transition) -> datetime:
    return transition.starts


def _sweep(article: Article) -> None:
    """Rows that are over leave the indexes of lists and of search, which are supersets: truth never rests on them."""
    over = Publication.objects.filter(article=article).over()
    over.filter(listable=True).update(listable=False)
    Listing.objects.filter(publication__in=over).delete()
    indexing.sweep(over)


def _end(current: Publication | None, following: Transition | None) -> None:
    if current is None:
        return
    until, successor = (following.starts, following.id) if following else (FAR, None)
    if (current.effective_until, current.successor_id) != (until, successor):
        Publication.objects.filter(pk=current.pk).update(effective_until=until, successor_id=successor)
        current.effective_until, current.successor_id = until, successor


def _written(article: Article, transition: Transition, following: Transition | None, dates: Dates) -> Written:
    document = None if transition.state == "gone" else render_article(facts(article, transition, dates))
    return placed(transition, following, dates, document)


def placed(
    transition: Transition, following: Transition | None, dates: Dates, document: Document | None
) -> Written:
    """The row of `transition`, which ends where `following` begins."""
    return Written(
        transition=transition,
        effective_until=following.starts if following else FAR,
        successor_id=following.id if following else None,
        version=dates.version,
        published_at=dates.published_at or transition.starts,
        updated_at=dates.updated_at or transition.starts,
        standing=dates.standing,
        document=document,
    )


def history_dates(begun: list[Publication]) -> Dates:
    """The dates after the last row that has begun, told again from the first."""
    dates = Dates()
    for row in begun:
        dates = dates.after(Transition.of(row))
    return dates


def facts(article: Article, transition: Transition, dates: Dates) -> Facts:
    """Everything the document of one row depends on, gathered from the database."""
    content = transition.revision.document
    block_ids = tuple(transition.revision.block_ids)
    citations = body_of(content["body_markdown"], block_ids, article.locale).citations
    approval = dates.standing.review
    reviewer = public_person(approval.reviewer) if approval else None
    entries = entries_for(content, citations)
    return facts_with(article, transition, dates, entries, reviewer, surroundings(article.locale))


def facts_with(
    article: Article,
    transition: Transition,
    dates: Dates,
    entries: Entries,
    reviewer: Entry | None,
    site: Mapping[str, Any],
) -> Facts:
    """Everything the document of one row depends on, from what was gathered: no query."""
    standing, approval = dates.standing, dates.standing.review
    return Facts(
        article_id=str(article.pk),
        kind=article.kind,
        locale=article.locale,
        revision=transition.revision.number,
        version=dates.version,
        content=transition.revision.document,
        block_ids=tuple(transition.revision.block_ids),
        published_at=dates.published_at or transition.starts,
        updated_at=dates.updated_at or transition.starts,
        first_published_at=dates.first_published_at or transition.starts,
        entries=entries,
        reviewed=Reviewed(approval.created_at, reviewer, standing.version or dates.version)
        if approval
        else None,
        review_status=standing.status,
        next_review_due_at=standing.next_due_at(),
        unreviewed_reason=standing.reason,
        withdrawal=_withdrawal(transition),
        corrections=dates.corrections,
        **site,
    )


def _withdrawal(transition: Transition) -> Withdrawal | None:
    if transition.state != "withdrawn":
        return None
    alternative = str(transition.alternative_id) if transition.alternative_id else None
    return Withdrawal(transition.explanation, alternative)
