"""What becomes of scheduled releases when something that they rest on changes: judged again, and cancelled whole.

The verbs of articles, of reviews and of the catalogue call this in their own transaction, after their own change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from articles.actions.desk import Desk, Outcome, lay_down_together
from articles.actions.desk import record as record_article
from articles.actions.releases.drafting import count_release_write, record
from articles.actions.releases.holding import Held, hold
from articles.actions.releases.judging import Problem, judge
from articles.actions.releases.states import state_of
from articles.models import Publication, Release, ReleaseItem
from articles.rendering.times import rfc3339
from cms import changes, clock
from cms.errors import WrongState
from cms.models import User

CAUSES = {
    "article_withdrawn": "The article was withdrawn.",
    "article_unpublished": "The article was unpublished.",
    "article_archived": "The article was archived.",
    "article_purged": "The content of the article was deleted for good.",
    "text_suppressed": "A text of the article was suppressed.",
    "consent_withdrawn": "The consent to the article was withdrawn.",
}
"""What the owner of a cancelled release is told, beside what judging finds."""


@dataclass(frozen=True)
class Cause:
    """Why releases that an article is in are cancelled, whatever judging them would find."""

    code: str
    article_id: UUID

    def as_problem(self) -> Problem:
        return Problem(self.code, CAUSES[self.code], self.article_id)


def revisit(article_ids: Iterable[UUID], *, but: UUID | None = None) -> list[Release]:
    """Judge again every scheduled release that changes one of these articles; returns those it cancelled.

    What a cancelled release takes away may be what another rested on, so that those are judged too. `but` names a
    release that was judged just now.
    """
    cancelled: dict[UUID, Release] = {}
    waiting = _scheduled(article_ids)
    while waiting:
        release_id = waiting.pop(0)
        if release_id in cancelled or release_id == but:
            continue
        held = hold(release_id)
        problems = _problems_now(held)
        if problems:
            drop(held, None, problems)
            cancelled[release_id] = held.release
            waiting += _scheduled(held.desks)
    return list(cancelled.values())


def revisit_entry(item_id: UUID) -> list[Release]:
    """Judge again every scheduled release in which a text shows an entry of the catalogue."""
    ahead = _rows_ahead().filter(embeds__item_id=item_id)
    return revisit(set(ahead.values_list("article_id", flat=True)))


def cancel_each(
    release_ids: Iterable[UUID], cause: Cause, *, warnings: list[str] | None = None
) -> list[Release]:
    """Cancel these releases whole, and what rested on them; those that have begun stay. Adds to `warnings`."""
    cancelled: list[Release] = []
    for release_id in sorted(release_ids):
        held = hold(release_id)
        if state_of(held.release, clock.database_now()) == "scheduled":
            articles = list(held.desks)
            drop(held, None, [cause.as_problem()])
            cancelled += [held.release, *revisit(articles)]
    if warnings is not None:
        warnings += told(cancelled)
    return cancelled


def cancel_containing(cause: Cause) -> list[Release]:
    """Cancel every scheduled release that changes the article of the cause."""
    return cancel_each(_scheduled([cause.article_id]), cause)


def after(outcome: Outcome, desk: Desk) -> Outcome:
    """A verb changed this desk: releases that are ahead on it are judged again, and the answer says what ended."""
    if desk.releases():
        outcome.warnings.extend(told(revisit([desk.article.pk])))
    return outcome


def require_free(desk: Desk, row: Publication) -> None:
    """Raises WrongState (`in_release`) for a row that a release is to begin: it is moved or cancelled as a whole."""
    if row.release and row.effective_from > desk.database_now:
        raise WrongState(
            f"The release “{row.release.name}” begins it with others. Cancel the release instead.",
            code="in_release",
            release=str(row.release.pk),
        )


def drop(held: Held, by: User | None, problems: Sequence[Problem] = ()) -> None:
    """Cancel a scheduled release that is held under lock, and tell its owner why."""
    now, changed = clock.now(), held.changed()
    held.leave()
    lay_down_together(changed)
    for desk in changed:
        record_article(desk, "article.cancel", by, release=str(held.release.pk))
    ReleaseItem.objects.filter(release=held.release).update(publication_id=None)
    changes.unschedule(held.release.pk)
    notices = [*held.release.notices, *(_notice(problem, rfc3339(now)) for problem in problems)]
    count_release_write(held.release, state="cancelled", notices=notices)
    causes = [{"code": problem.code, "article": str(problem.article_id)} for problem in problems]
    record(held.release, "release.cancel", by, now, causes=causes)


def told(cancelled: Iterable[Release]) -> list[str]:
    """A sentence for each cancelled release."""
    return [f"The release “{release.name}” was cancelled, for it rested on this." for release in cancelled]


def _problems_now(held: Held) -> list[Problem]:
    """What is wrong by now with a release that is laid down; nothing for one that is not, or that has begun."""
    release = held.release
    if state_of(release, clock.database_now()) != "scheduled" or release.effective_from is None:
        return []
    reviewed = {t.id for desk in held.desks.values() for t in desk.transitions if t.review}
    held.leave()
    judgement = judge(held, release.effective_from, None)
    lost = [
        Problem("not_approved", "The approval that it rested on was taken back.", item.article_id, item.pk)
        for item, after in ((effect.item, effect.after) for effect in judgement.effects)
        if item.publication_id in reviewed and after.review is None
    ]
    return judgement.problems + lost


def _notice(problem: Problem, at: str) -> dict[str, str | None]:
    article = str(problem.article_id) if problem.article_id else None
    return {"at": at, "code": problem.code, "detail": problem.detail, "article": article}


def _scheduled(article_ids: Iterable[UUID]) -> list[UUID]:
    """Releases that make something begin on these articles, ahead of now; the earliest first."""
    rows = _rows_ahead().filter(article_id__in=list(article_ids)).order_by("effective_from", "release_id")
    return list(dict.fromkeys(rows.values_list("release_id", flat=True)))


def _rows_ahead():  # type: ignore[no-untyped-def]  # django-stubs knows no querysets of ours
    return Publication.objects.filter(release__isnull=False, effective_from__gt=clock.database_now())
