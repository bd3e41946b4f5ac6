"""Judging a release for its instant: every problem of every item, and what it would change. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from articles.actions.desk import Desk, begins
from articles.actions.planning import Plan, Publishing, Restoring, TakingDown, plan
from articles.actions.releases.holding import Held
from articles.actions.timeline import Transition
from articles.models import Publication, ReleaseItem
from cms.clock import FAR
from cms.errors import DomainError, InputError, NotFound, WrongState
from cms.models import User


@dataclass(frozen=True)
class Problem:
    """Why a release cannot begin at an instant. `pointer` leads into the revision's content or into the item."""

    code: str
    detail: str
    article_id: UUID | None = None
    item_id: UUID | None = None
    pointer: str = ""


@dataclass(frozen=True)
class Effect:
    """What one item does: what covers the moment before, what begins, and when something else follows that."""

    item: ReleaseItem
    before: Transition | None
    after: Transition
    until: datetime


@dataclass
class Judgement:
    """Complete: it does not end at the first problem."""

    starts: datetime
    problems: list[Problem] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)


def judge(held: Held, starts: datetime, by: User | None) -> Judgement:
    """Plan every item on its desk for `starts`. What the release itself has laid down already must have left them."""
    judgement = Judgement(starts)
    if not held.items:
        judgement.problems.append(Problem("empty_release", "It holds nothing yet."))
    for item in held.items:
        desk = held.desks.get(item.article_id)
        found = list(_hindrances(held, item, desk, starts))
        judgement.problems += found
        if desk is not None and not found:
            _plan(held, item, desk, judgement, by)
    judgement.problems += _slugs_taken(held, judgement.effects)
    return judgement


def refused(judgement: Judgement) -> WrongState:
    """The refusal that carries the whole list."""
    return WrongState(
        "The release cannot begin then; `problems` says why, for each of its items.",
        code="release_invalid",
        problems=[shape(problem) for problem in judgement.problems],
    )


def shape(problem: Problem) -> dict[str, str | None]:
    """A problem as JSON."""
    return {
        "article": str(problem.article_id) if problem.article_id else None,
        "item": str(problem.item_id) if problem.item_id else None,
        "code": problem.code,
        "detail": problem.detail,
        "pointer": problem.pointer,
    }


def change_of(item: ReleaseItem) -> Plan:
    """What an item asks for, in the words of the verbs of one article."""
    options = item.options
    if restores := options.get("restores"):
        row = Publication.objects.select_related("revision", "review", "release", "created_by").get(
            pk=restores
        )
        return Restoring(row, options.get("change_note", ""))
    if item.verb == "publish":
        words = {
            name: options[name] for name in ("update_type", "change_note", "correction") if name in options
        }
        return Publishing(item.revision_number or 0, **words)
    words = {name: options[name] for name in ("reason", "explanation") if name in options}
    alternative = options.get("alternative")
    return TakingDown(item.verb, alternative_id=UUID(alternative) if alternative else None, **words)


def _hindrances(held: Held, item: ReleaseItem, desk: Desk | None, starts: datetime) -> Iterator[Problem]:
    if desk is None:
        yield _of(item, "article_in_bin", "The article is in the bin.")
        return
    if desk.article.purged_at:
        yield _of(item, "article_purged", "The content of this article was deleted for good.")
    if desk.article.archived_at and item.verb == "publish":
        yield _of(
            item, "article_archived", "The article is in the archive. Publish it on its own, or save it anew."
        )
    for other in desk.transitions:
        if other.starts == starts and other.release:
            sentence = f"The release “{other.release.name}” changes this article at that very instant."
            yield _of(item, "in_release", sentence)
        elif other.starts == starts:
            yield _of(item, "instant_taken", "Something else of this article begins at that very instant.")


def _plan(held: Held, item: ReleaseItem, desk: Desk, judgement: Judgement, by: User | None) -> None:
    before = desk.before(judgement.starts)
    try:
        after = plan(desk, change_of(item), starts=judgement.starts, by=by, release=held.release)
    except DomainError as error:
        judgement.problems += _told(item, error)
    else:
        judgement.effects.append(Effect(item, before, after, _ends(desk, judgement.starts)))


def _told(item: ReleaseItem, error: DomainError) -> list[Problem]:
    if isinstance(error, InputError) and error.errors:
        return [_of(item, each.code, each.detail, each.pointer or "") for each in error.errors]
    code = "unknown_revision" if isinstance(error, NotFound) else error.code
    return [_of(item, code, error.detail, "/revision" if isinstance(error, NotFound) else "")]


def _ends(desk: Desk, starts: datetime) -> datetime:
    return min((t.starts for t in desk.transitions if t.starts > starts), default=FAR)


@dataclass(frozen=True)
class _Readable:
    """An interval in which an article is readable under a slug."""

    article_id: UUID
    locale: str
    slug: str
    starts: datetime
    ends: datetime

    def meets(self, other: "_Readable") -> bool:
        same = (self.locale, self.slug) == (other.locale, other.slug)
        return same and self.article_id != other.article_id and self.overlaps(other)

    def overlaps(self, other: "_Readable") -> bool:
        return self.starts < other.ends and other.starts < self.ends


def _slugs_taken(held: Held, effects: list[Effect]) -> Iterator[Problem]:
    """Items that would be read under a slug which another article has then, inside the release or outside it."""
    wanted = [
        (
            effect.item,
            _interval(effect.item.article_id, effect.item.article.locale, effect.after, effect.until),
        )
        for effect in effects
        if effect.after.state != "gone"
    ]
    others = [interval for desk in held.desks.values() for interval in _intervals(desk)]
    others += _outside(held, [interval for _, interval in wanted])
    for item, interval in wanted:
        if any(interval.meets(other) for other in others):
            sentence = (
                f"Another article of this locale is readable under the slug {interval.slug!r} at that time."
            )
            yield _of(item, "slug_taken", sentence, "/slug")


def _intervals(desk: Desk) -> Iterator[_Readable]:
    covering = [Transition.of(desk.covering)] if desk.covering else []
    ordered = sorted([*covering, *desk.transitions], key=begins)
    for transition, following in zip(ordered, [*ordered, None][1:], strict=True):
        if transition.state != "gone":
            ends = following.starts if following else FAR
            yield _interval(desk.article.pk, desk.article.locale, transition, ends)


def _interval(article_id: UUID, locale: str, transition: Transition, ends: datetime) -> _Readable:
    return _Readable(article_id, locale, transition.revision.document["slug"], transition.starts, ends)


def _outside(held: Held, wanted: list[_Readable]) -> list[_Readable]:
    if not wanted:
        return []
    rows = (
        Publication.objects.filter(
            slug__in={interval.slug for interval in wanted},
            effective_until__gt=min(interval.starts for interval in wanted),
        )
        .exclude(state="gone")
        .exclude(article_id__in=held.desks)
    )
    columns = ("article_id", "locale", "slug", "effective_from", "effective_until")
    return [_Readable(*row) for row in rows.values_list(*columns)]


def _of(item: ReleaseItem, code: str, detail: str, pointer: str = "") -> Problem:
    return Problem(code, detail, item.article_id, item.pk, pointer)
