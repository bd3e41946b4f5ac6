"""Re-rendering: what is public and what lies ahead follows its catalogue entries, as new rows with the old dates.

Nothing is remembered of it. An article is stale when what a document shows of an entry differs between the version
that a row holds and the newest one, so that a batch can stop anywhere and the next one finds the rest.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet

from articles.actions.gathering import entry_of
from articles.actions.locking import locked
from articles.actions.timeline import Dates, Transition, facts, history_dates, lay, rows_of
from articles.models import Article, CatalogueVersion, Embed, Publication
from articles.rendering import Entry, render_article
from articles.rendering.embedded import embedded
from cms import audit, clock, transactions
from cms.errors import DomainError
from cms.ids import uuid7

_SECOND = timedelta(seconds=1)
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """What one batch did: how many articles it laid anew, how many it could not, how many are stale after it."""

    done: int
    failed: int
    left: int


def stale(limit: int | None = None) -> list[UUID]:
    """Ids of articles whose public row, or one that lies ahead, shows an entry as it no longer is; in their order."""
    rows = _lagging()
    found: set[UUID] = set()
    for (item_id, locale), numbers in _outdated(rows).items():
        showing = rows.filter(item_id=item_id, item_version__in=numbers, publication__locale=locale)
        found.update(showing.values_list("publication__article_id", flat=True).distinct())
    return sorted(found)[:limit]


def readable() -> list[UUID]:
    """Ids of all articles that have a text to read, now or ahead; in their order."""
    rows = Publication.objects.filter(effective_until__gt=clock.stamp() + _SECOND).readable()
    return sorted(set(rows.values_list("article_id", flat=True)))


def resting_on_retracted(at: datetime) -> QuerySet:
    """Ids of articles whose public text at `at` shows a reference that is retracted by now: to be reviewed again."""
    references = CatalogueVersion.objects.of_kind("reference").filter(number=F("item__head_number"))
    retracted = [
        version.item_id
        for version in references.only("item_id", "content").iterator()
        if version.document["publication_status"] == "retracted"
    ]
    live = Publication.objects.live(at)
    return live.filter(embeds__item_id__in=retracted).values("article_id")


@transaction.atomic
def rerender(*, article_id: UUID) -> bool:
    """Render what is public anew, and what lies ahead; False, and nothing is written, when no byte would differ.

    The new row begins at the stamp; what was to begin at the stamp or later is rendered where it stands. Head and
    count of writes stay: an editor's tag speaks of decisions, and nobody made one. Raises NotFound.
    """
    article = locked(article_id)
    stamp = clock.stamp()
    rows = rows_of(article)
    begun = [row for row in rows if row.effective_from < stamp]
    later = rows[len(begun) :]
    dates = history_dates(begun)
    current = [begun[-1]] if begun and _may_change(begun[-1], stamp) else []
    anew = [_again(row, stamp) for row in current if _differs(article, row, dates)]
    if not anew and not _any_differs(article, later, dates):
        return False
    transitions = anew + [Transition.of(row) for row in later]
    transactions.must_commit_before(min(transition.starts for transition in transitions))
    lay(article, rows, transitions, stamp - _SECOND)
    _record(article, dates.version)
    return True


def rerender_stale(*, limit: int) -> Batch:
    """One batch of at most `limit` stale articles, each in a transaction of its own; what fails stays stale."""
    done, failed = rerender_each(stale(limit))
    return Batch(done, failed, len(stale()))


def rerender_each(article_ids: Iterable[UUID]) -> tuple[int, int]:
    """Re-render each in a transaction of its own: how many changed, and how many could not be rendered now."""
    done = failed = 0
    for article_id in article_ids:
        try:
            done += _in_transaction(article_id)
        except (DomainError, DatabaseError):
            _logger.exception("article %s could not be re-rendered", article_id)
            failed += 1
    return done, failed


def _in_transaction(article_id: UUID) -> bool:
    return transactions.run(lambda: rerender(article_id=article_id))


def _lagging() -> QuerySet:
    """Embedded versions behind their entry's newest, of rows that still show when a stamp made now has come."""
    until = clock.stamp() + _SECOND
    return Embed.objects.filter(
        item_version__lt=F("item__head_number"), publication__effective_until__gt=until
    ).order_by()


def _outdated(rows: QuerySet) -> dict[tuple[UUID, str], set[int]]:
    """By entry and locale: the embedded versions of which a document shows something else than of the newest."""
    held = set(rows.values_list("item_id", "item_version", "publication__locale").distinct())
    entries = _versions({item_id for item_id, _, _ in held}, {number for _, number, _ in held})
    newest = {item_id: max(numbers) for item_id, numbers in entries.items()}
    outdated: dict[tuple[UUID, str], set[int]] = defaultdict(set)
    for item_id, number, locale in held:
        known = entries[item_id]
        if embedded(known[number], locale) != embedded(known[newest[item_id]], locale):
            outdated[item_id, locale].add(number)
    return outdated


def _versions(item_ids: set[UUID], numbers: set[int]) -> dict[UUID, dict[int, Entry]]:
    """By entry and number: the named versions, and the newest."""
    wanted = Q(number__in=numbers) | Q(number=F("item__head_number"))
    found: dict[UUID, dict[int, Entry]] = defaultdict(dict)
    for version in CatalogueVersion.objects.filter(wanted, item_id__in=item_ids).select_related("item"):
        found[version.item_id][version.number] = entry_of(version)
    return found


def _may_change(row: Publication, stamp: datetime) -> bool:
    """Whether the row is read after a re-rendering of it could begin, and has a text at all."""
    return row.state != "gone" and row.effective_until > stamp


def _again(row: Publication, stamp: datetime) -> Transition:
    """The same once more. It keeps who made it and when, by which an expiry knows its publication."""
    return replace(
        Transition.of(row),
        id=uuid7(),
        starts=stamp,
        update_type="rerender",
        change_note="",
        correction="",
        release=None,
    )


def _differs(article: Article, row: Publication, dates: Dates) -> bool:
    return render_article(facts(article, Transition.of(row), dates)).sha256 != row.rendering_id


def _any_differs(article: Article, later: list[Publication], dates: Dates) -> bool:
    for row in later:
        dates = dates.after(Transition.of(row))
        if row.state != "gone" and _differs(article, row, dates):
            return True
    return False


def _record(article: Article, version: int) -> None:
    audit.record(
        verb="article.rerender",
        subject_type="article",
        subject=article.pk,
        by=None,
        at=clock.now(),
        detail={"version": version},
    )
