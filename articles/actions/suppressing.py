"""Taking a past text out of public time travel: one person asks, a second confirms, the first may take it back.

A suppression is about a text: every past publication of the article with the same content goes with the one that was
named. Its dates and hashes stay public (`articles.reach`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.actions.desk import Outcome
from articles.actions.locking import count_write, locked
from articles.actions.recording import cache_tags
from articles.actions.taking_down import take_down
from articles.models import Article, Publication, SuppressedPublication, Suppression
from articles.models.suppression import SUPPRESSION_REASONS
from articles.searching import indexing
from cms import audit, changes, clock, transactions
from cms.errors import NotAllowed, NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch

TAKES_HISTORY_ALONG = frozenset({"unpublish", "archive"})
_WAITING = "The past texts stay readable until a second person confirms their suppression."


@dataclass(frozen=True)
class InForce:
    """A suppression that took effect; `visible_at` is when no process answers with its texts any more."""

    article: Article
    suppression: Suppression
    visible_at: datetime


@transaction.atomic
def ask_for_suppression(
    *,
    article_id: UUID,
    publication_id: UUID,
    reason: str,
    expected: IfMatch,
    by: User,
    now: datetime,
    note: str = "",
) -> Suppression:
    """Ask that the text of a past publication be suppressed, wherever it stands in the article's past.

    Raises NotFound, and WrongState: `still_public` while the text is or will be public, `already_suppressed` when
    nothing is left to ask for, `wrong_state` for a publication without a text.
    """
    article = locked(article_id)
    expected.require(article.etag)
    rows = past_of(article)
    named = next((row for row in rows if row.pk == publication_id), None)
    if named is None:
        raise NotFound("This article has no such publication.")
    if named.state == "gone":
        raise WrongState("In this publication the article was gone: there is no text to suppress.")
    same = of_same_text(rows, [named])
    require_over(same, clock.database_now())
    asked = _not_asked_for(same)
    if not asked:
        raise WrongState("This text is suppressed, or its suppression waits.", code="already_suppressed")
    count_write(article)
    return _ask(article, asked, reason=reason, note=note, by=by, now=now)


@transaction.atomic
def take_down_and_ask(
    *, article_id: UUID, how: str, expected: IfMatch, by: User, reason: str, **said: Any
) -> Outcome:
    """Take down as `take_down` does, and ask in the same transaction that all texts of the article be suppressed."""
    outcome = take_down(article_id=article_id, how=how, expected=expected, by=by, reason=reason, **said)
    now = clock.database_now()
    begun = [row for row in past_of(outcome.article) if row.effective_from <= now and row.state != "gone"]
    asked = _not_asked_for(begun)
    if not asked:
        return outcome
    made = _ask(outcome.article, asked, reason=reason, note="", by=by, now=clock.now())
    return replace(outcome, warnings=[*outcome.warnings, _WAITING], suppression_id=made.pk)


def asks_for_history(how: str, reason: str) -> bool:
    """Whether taking down in this way, for this reason, is about the earlier texts too."""
    return how in TAKES_HISTORY_ALONG and reason in SUPPRESSION_REASONS


@transaction.atomic
def confirm_suppression(*, article_id: UUID, suppression_id: UUID, expected: IfMatch, by: User) -> InForce:
    """Put a suppression in force. What of the same text ended since it was asked for goes with it.

    Raises NotFound, NotAllowed (code `second_person_needed`) for whoever asked, and WrongState: `already_confirmed`,
    `still_public` while one of the texts is or will be public.
    """
    article = locked(article_id)
    expected.require(article.etag)
    found = _waiting(article, suppression_id)
    if found.requested_by_id == by.pk:
        raise NotAllowed("A second person confirms what you asked for.", code="second_person_needed")
    rows = past_of(article)
    named = set(found.rows.values_list("publication_id", flat=True))
    same = of_same_text(rows, [row for row in rows if row.pk in named])
    require_over(same, clock.database_now())
    _name(found, [row for row in same if row.pk not in named])
    count_write(article)
    return put_in_force(article, found, same, by=by)


@transaction.atomic
def withdraw_suppression(
    *, article_id: UUID, suppression_id: UUID, expected: IfMatch, by: User, now: datetime
) -> Article:
    """Take back what was asked for. Raises NotFound, and WrongState (`already_confirmed`) once it is in force."""
    article = locked(article_id)
    expected.require(article.etag)
    found = _waiting(article, suppression_id)
    found.rows.all().delete()
    found.delete()
    count_write(article)
    _record("article.withdraw_suppression", article, by, now, {"suppression": str(suppression_id)})
    return article


def suppress_by_rule(article: Article, rows: Collection[Publication], *, now: datetime) -> InForce:
    """Suppress past publications for security, by nobody: for maintenance. The caller holds the article's lock."""
    require_over(rows, clock.database_now())
    made = _ask(article, rows, reason="security", note="", by=None, now=now)
    return put_in_force(article, made, rows, by=None)


def put_in_force(
    article: Article, found: Suppression, rows: Collection[Publication], *, by: User | None
) -> InForce:
    """Every process asks the database again before the stamp has come, so that no lease outlives it."""
    stamp = clock.stamp()
    transactions.must_commit_before(stamp)
    Suppression.objects.filter(pk=found.pk).update(confirmed_by=by, confirmed_at=stamp)
    found.confirmed_by, found.confirmed_at = by, stamp
    indexing.drop([row.pk for row in rows])
    detail = {"suppression": str(found.pk), "reason": found.reason, "publications": len(rows)}
    _record("article.suppress", article, by, clock.now(), detail)
    versions = {row.version for row in rows}
    changes.log(
        at=stamp,
        type="article.suppressed",
        subject=article.pk,
        article_id=article.pk,
        version=versions.pop() if len(versions) == 1 else None,
        cache_tags=sorted(tags_of(rows)),
    )
    return InForce(article, found, stamp)


def tags_of(rows: Iterable[Publication]) -> set[str]:
    return set().union(*(cache_tags(row) for row in rows))


def past_of(article: Article) -> list[Publication]:
    """All rows in time order, with the hashes of their texts and no text."""
    rows = Publication.objects.filter(article=article).select_related("revision").in_time_order()
    return list(rows.defer("card", "revision__content", "revision__block_ids"))


def of_same_text(rows: Iterable[Publication], named: Iterable[Publication]) -> list[Publication]:
    """The rows that show a text of the named ones, of whatever revision, each in its time order."""
    texts = {row.revision.sha256 for row in named}
    return [row for row in rows if row.state != "gone" and row.revision.sha256 in texts]


def require_over(rows: Iterable[Publication], now: datetime) -> None:
    """Raise WrongState (code `still_public`) unless all have ended by `now`."""
    if any(row.effective_until > now for row in rows):
        raise WrongState(
            "This text is public or will be: take it down, or cancel what lies ahead, and ask again then.",
            code="still_public",
        )


def _ask(
    article: Article, rows: Iterable[Publication], *, reason: str, note: str, by: User | None, now: datetime
) -> Suppression:
    made = Suppression.objects.create(
        article=article, reason=reason, note=note, requested_by=by, requested_at=now
    )
    _name(made, rows)
    detail = {"suppression": str(made.pk), "reason": reason}
    _record("article.ask_for_suppression", article, by, now, detail)
    return made


def _name(suppression: Suppression, rows: Iterable[Publication]) -> None:
    SuppressedPublication.objects.bulk_create(
        SuppressedPublication(suppression=suppression, publication=row) for row in rows
    )


def _not_asked_for(rows: Collection[Publication]) -> list[Publication]:
    known = SuppressedPublication.objects.filter(publication__in=[row.pk for row in rows])
    asked = set(known.values_list("publication_id", flat=True))
    return [row for row in rows if row.pk not in asked]


def _waiting(article: Article, suppression_id: UUID) -> Suppression:
    found = Suppression.objects.filter(article=article, pk=suppression_id).first()
    if found is None:
        raise NotFound("This article has no such suppression.")
    if found.confirmed_at is not None:
        raise WrongState("It is in force; nothing takes it back.", code="already_confirmed")
    return found


def _record(verb: str, article: Article, by: User | None, now: datetime, detail: dict[str, Any]) -> None:
    audit.record(verb=verb, subject_type="article", subject=article.pk, by=by, at=now, detail=detail)
