"""Scheduling a release, for now or for an instant ahead, and cancelling it before it begins: all or none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from articles.actions.desk import lay_down_together
from articles.actions.desk import record as record_article
from articles.actions.gathering import entries_for
from articles.actions.recording import cache_tags
from articles.actions.releases.drafting import count_release_write, record
from articles.actions.releases.holding import Held, hold, look_at
from articles.actions.releases.judging import Judgement, Problem, judge, refused
from articles.actions.releases.revisiting import drop, revisit
from articles.actions.releases.states import require_may
from articles.actions.timeline import Transition
from articles.models import CatalogueItem, Publication, Release, ReleaseItem
from articles.rendering.body import body_of
from cms import changes, clock
from cms.errors import FieldError, InvalidContent
from cms.models import User
from cms.preconditions import IfMatch

A_SECOND_FOR = 5
"""Articles: a release that begins now takes one second more of a start for each so many, to be committed in time."""


@dataclass(frozen=True)
class ReleaseOutcome:
    """A changed release; `visible_at` is when readers see what it changes."""

    release: Release
    visible_at: datetime
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def schedule_release(
    *, release_id: UUID, expected: IfMatch, by: User | None, effective_from: datetime | None = None
) -> ReleaseOutcome:
    """Lay down every item, to begin at one instant: as soon as possible, or at `effective_from`.

    Raises WrongState (`release_invalid`, with the complete list in `problems`; or the state), InvalidContent for an
    instant that does not lie ahead, and PreconditionFailed.
    """
    held = hold(release_id)
    expected.require(held.release.etag)
    require_may("schedule", held.release, clock.now())
    return lay_down_release(held, by, effective_from)


@transaction.atomic
def cancel_release(*, release_id: UUID, expected: IfMatch, by: User | None) -> ReleaseOutcome:
    """Take back, before it begins, everything that a release has laid down. Raises WrongState otherwise."""
    held = hold(release_id)
    expected.require(held.release.etag)
    require_may("cancel", held.release, clock.now())
    articles = list(held.desks)
    drop(held, by)
    return ReleaseOutcome(held.release, clock.now(), _told(revisit(articles)))


def lay_down_release(held: Held, by: User | None, effective_from: datetime | None) -> ReleaseOutcome:
    """Judge and write a release that is held under lock."""
    _lock_entries(held.items)
    judgement = judge(held, _start(held, effective_from), by)
    if judgement.problems:
        raise refused(judgement)
    written = lay_down_together(list(held.desks.values()))
    rows = {row.pk: row for article_rows in written.values() for row in article_rows}
    _note_rows(held, judgement, by)
    count_release_write(held.release, state="scheduled", effective_from=judgement.starts)
    cancelled = revisit(held.desks, but=held.release.pk)
    _announce(held.release, judgement, rows)
    record(held.release, "release.schedule", by, clock.now(), starts=judgement.starts.isoformat())
    warnings = [warning for desk in held.desks.values() for warning in desk.warnings]
    return ReleaseOutcome(held.release, judgement.starts, warnings + _told(cancelled))


def start_of(held: Held) -> datetime:
    """The next instant at which a release of so many articles can begin, and nothing else of them does."""
    taken = {transition.starts for desk in held.desks.values() for transition in desk.transitions}
    starts = clock.stamp() + timedelta(seconds=len(held.desks) // A_SECOND_FOR)
    while starts in taken:
        starts += timedelta(seconds=1)
    return starts


def dry_run(release: Release, at: datetime | None, by: User | None) -> Judgement:
    """Judge a release as it is, for `at`, for the instant it is scheduled for, or for the next that it could have."""
    held = look_at(release)
    held.leave()
    scheduled = release.effective_from if release.state == "scheduled" else None
    judgement = judge(held, at or scheduled or start_of(held), by)
    if judgement.starts < clock.stamp():
        judgement.problems.insert(0, Problem("in_past", "The instant does not lie ahead."))
    return judgement


def _start(held: Held, effective_from: datetime | None) -> datetime:
    if effective_from is None:
        return start_of(held)
    if effective_from < clock.stamp():
        error = FieldError(
            "in_past", "It must lie ahead; leave it out to begin now.", pointer="/effective_from"
        )
        raise InvalidContent("A release cannot begin in the past.", code="invalid_interval", errors=(error,))
    return effective_from


def _lock_entries(items: Iterable[ReleaseItem]) -> None:
    """Whoever saves an entry that these texts show waits, or has committed: what is judged is what will be shown."""
    ids = {entry.id for item in items for entry in _entries(item)}
    entries = CatalogueItem.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(entries.order_by("pk").values_list("pk", flat=True))


def _entries(item: ReleaseItem) -> Iterable:
    revision = item.article.revisions.filter(number=item.revision_number or 0).first()
    if revision is None:
        return ()
    body = body_of(revision.document["body_markdown"], tuple(revision.block_ids), item.article.locale)
    return entries_for(revision.document, body.citations).values()


def _note_rows(held: Held, judgement: Judgement, by: User | None) -> None:
    for effect in judgement.effects:
        item, row_id = effect.item, effect.after.id
        ReleaseItem.objects.filter(pk=item.pk).update(publication_id=row_id)
        item.publication_id = row_id
        desk = held.desks[item.article_id]
        record_article(desk, f"article.{item.verb}", by, release=str(held.release.pk))


def _announce(release: Release, judgement: Judgement, rows: dict[UUID, Publication]) -> None:
    """One entry of the log for the whole release, beside those of its articles."""
    tags: set[str] = set()
    for effect in judgement.effects:
        tags |= cache_tags(rows[effect.after.id]) | _tags_before(effect.before, rows)
    changes.schedule(
        due_at=judgement.starts,
        publication_id=release.pk,
        type="release.published",
        subject=release.pk,
        cache_tags=sorted(tags),
    )


def _tags_before(before: Transition | None, rows: dict[UUID, Publication]) -> set[str]:
    if before is None:
        return set()
    return cache_tags(rows.get(before.id) or Publication.objects.get(pk=before.id))


def _told(cancelled: list[Release]) -> list[str]:
    return [
        f"The release “{release.name}” was cancelled: what it rested on has changed." for release in cancelled
    ]
