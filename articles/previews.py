"""What a preview shows: the site at an instant, ahead of now too, with drafts on top as if they were published.

Delivery imports nothing of this. Who may look at what is decided by who makes a `Sight`; links are
`articles.actions.previewing`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from articles.actions.approval import approval_of, writers_of_what_changed
from articles.actions.locking import revision_of
from articles.actions.planning import Plan, Publishing, Restoring, TakingDown
from articles.actions.releases.judging import change_of
from articles.actions.rows import Rows, made
from articles.actions.states import refusal, row_state
from articles.actions.suppressed_texts import require_not_suppressed
from articles.actions.timeline import Transition, facts, history_dates, placed, rows_of
from articles.models import Article, PreviewLink, Publication, Review, Revision
from articles.querysets.public import PublicationQuerySet
from articles.reading import Moved, article_for, is_id, readable
from articles.rendering import render_article
from cms.errors import WrongState
from cms.ids import uuid7
from cms.models import User
from cms.roles import may_see_every_article


@dataclass(frozen=True)
class Draft:
    """One article as one change would make it. Nothing is judged: what checks would stop can be looked at."""

    article: Article
    change: Plan

    def rows(self, at: datetime) -> Rows | None:
        """The rows that the change would write at `at`, written nowhere; None for what no verb could make: taking
        down what is not public, showing once more what was taken out of the past.
        """
        before = [row for row in rows_of(self.article) if row.effective_from <= at]
        try:
            transition = self._transition(before, at)
        except WrongState:
            return None
        dates = history_dates(before).after(transition)
        shown = facts(self.article, transition, dates) if transition.state != "gone" else None
        rows = made(self.article, placed(transition, None, dates, render_article(shown) if shown else None))
        rows.publication.rendering = rows.rendering
        return rows

    def _transition(self, before: list[Publication], at: datetime) -> Transition:
        if isinstance(self.change, Publishing):
            return self._published(self.change, at)
        if isinstance(self.change, Restoring):
            update_type = "major" if self.change.row.state == "live" else "minor"
            again = replace(Transition.of(self.change.row), id=uuid7(), starts=at, correction="")
            return replace(again, update_type=update_type, change_note=self.change.change_note)
        if not before:
            raise refusal(self.change.how)
        return _taken_down(self.change, before[-1], at)

    def _published(self, change: Publishing, at: datetime) -> Transition:
        revision = revision_of(self.article, change.revision)
        require_not_suppressed(revision)
        return Transition(
            starts=at,
            state="live",
            revision=revision,
            update_type=change.update_type,
            created_at=at,
            created_by=None,
            change_note=change.change_note,
            correction=change.correction,
            review=_approval(self.article, revision),
        )


def draft_of(article: Article, revision: int | None = None) -> Draft:
    """A revision of an article, the newest unless one is named, as a major update would publish it."""
    return Draft(article, Publishing(revision or article.head_number))


@dataclass(frozen=True)
class Sight:
    """What one caller is shown. `fixed` is the instant that a link names; an author, `only`, looks ahead in own
    articles alone and sees all else as readers do; `drafts` stand on top of whatever instant is asked for.
    """

    now: datetime
    fixed: datetime | None = None
    only: User | None = None
    drafts: tuple[Draft, ...] = ()
    is_link: bool = False

    def may_ask(self, at: datetime) -> bool:
        """The past is everybody's; ahead of now a link shows the one instant that it names."""
        return at <= self.now or at == self.fixed or not self.is_link

    @cached_property
    def on_top(self) -> tuple[Rows, ...]:
        """The drafts' rows as of the instant at which they would begin: the link's, else now."""
        rows = (draft.rows(self.fixed or self.now) for draft in self.drafts)
        return tuple(found for found in rows if found)

    def live(self, at: datetime) -> PublicationQuerySet:
        """What is listed at `at`, but for the articles whose drafts stand on top."""
        if at < self.now:
            rows = Publication.objects.live(at).filter(published_at__lte=at)
        elif self.only is None:
            rows = Publication.objects.live(at).filter(listable=True)
        else:
            rows = Publication.objects.filter(self._as_seen(at), state="live", listable=True)
        return rows.exclude(article_id__in=[draft.article.pk for draft in self.drafts])

    def found(self, slug: str, locale: str | None, at: datetime) -> Publication:
        """The row that answers for a slug or an id. Raises NotFound, Gone and Moved, as delivery does."""
        for rows in self.on_top:
            row = rows.publication
            if slug in (str(row.article_id), row.slug) and locale in (None, row.locale):
                return readable(row)
        row = self._below(slug, locale, at)
        for rows in self.on_top:
            if rows.publication.article_id == row.article_id:
                raise Moved(readable(rows.publication))
        return row

    def instant_of_others(self, at: datetime) -> datetime:
        """The instant at which whatever is composed of other articles is shown."""
        return min(at, self.now) if self.only else at

    def _below(self, slug: str, locale: str | None, at: datetime) -> Publication:
        if self.only is None or at <= self.now:
            return article_for(slug, locale=locale, at=at)
        own = self._own(slug, locale, at)
        if own is not None:
            return own
        row = _today(slug, locale, self.now)
        if not self._articles.filter(pk=row.article_id).exists():
            return row
        later = article_for(str(row.article_id), locale=locale, at=at)
        if not is_id(slug) and later.slug != slug:
            raise Moved(later)
        return later

    def _own(self, slug: str, locale: str | None, at: datetime) -> Publication | None:
        rows = Publication.objects.covering(at).readable().filter(article__in=self._articles)
        rows = rows.filter(article_id=UUID(slug)) if is_id(slug) else rows.filter(slug=slug)
        return (rows.filter(locale=locale) if locale else rows).order_by("locale").first()

    def _as_seen(self, at: datetime) -> Q:
        own = Q(article__in=self._articles)
        ahead = Q(effective_from__lte=at, effective_until__gt=at)
        today = Q(effective_from__lte=self.now, effective_until__gt=self.now)
        return (own & ahead) | (~own & today)

    @property
    def _articles(self) -> QuerySet[Article]:
        """What the caller sees on the desk."""
        desk = Article.objects.on_desk()
        return (desk.visible_to(self.only) if self.only else desk).only("pk")


def sight_of_link(link: PreviewLink, now: datetime) -> Sight:
    """A link shows its article, its release or its instant, and all else as readers have it."""
    if link.instant is not None:
        return Sight(now, fixed=link.instant, is_link=True)
    if link.release is not None and link.release.state == "scheduled":
        return Sight(now, fixed=link.release.effective_from, is_link=True)
    if link.release is not None:
        items = link.release.items.select_related("article").order_by("position")
        shown = (item for item in items if not (item.article.purged_at or item.article.binned_at))
        return Sight(now, drafts=tuple(Draft(item.article, change_of(item)) for item in shown), is_link=True)
    drafts = (draft_of(link.article, link.revision_number),) if link.article else ()
    return Sight(now, drafts=drafts, is_link=True)


def sight_of_user(
    user: User, now: datetime, fixed: datetime | None = None, drafts: tuple[Draft, ...] = ()
) -> Sight:
    """Somebody of the desk: any instant; an author, ahead of now, in own articles only."""
    return Sight(now, fixed, only=None if may_see_every_article(user) else user, drafts=drafts)


def _taken_down(change: TakingDown, before: Publication, at: datetime) -> Transition:
    state = row_state(change.how, before.state)
    return Transition(
        starts=at,
        state=state,
        revision=before.revision,
        update_type="minor",
        created_at=at,
        created_by=None,
        reason=change.reason,
        explanation=change.explanation,
        alternative_id=change.alternative_id,
        review=before.review,
        break_glass="" if state == "gone" else before.break_glass,
    )


def _approval(article: Article, revision: Revision) -> Review | None:
    """What publishing would rest on. A preview needs none, and says in the document that there is none."""
    approval = approval_of(revision)
    if approval and approval.reviewer_id in writers_of_what_changed(article, revision):
        return None
    return approval


def _today(slug: str, locale: str | None, now: datetime) -> Publication:
    try:
        return article_for(slug, locale=locale, at=now)
    except Moved as moved:
        return moved.row
