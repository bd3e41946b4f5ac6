"""Consent to a personal story: recording it, and withdrawing it.

A withdrawal takes nothing down that is public: people do, with what `articles.actions.agreed` lists.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.locking import count_write, locked
from articles.actions.releases.revisiting import revisit, told
from articles.models import Article, ConsentRecord
from cms import audit
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.preconditions import IfMatch


@dataclass(frozen=True)
class Withdrawn:
    """A consent that was taken back; `warnings` name the releases that could not begin without it."""

    consent: ConsentRecord
    warnings: list[str]


@transaction.atomic
def record_consent(
    *,
    article_id: UUID,
    scope: str,
    given_at: datetime,
    expected: IfMatch,
    by: User | None,
    now: datetime,
    document_reference: str = "",
    expires_at: datetime | None = None,
) -> ConsentRecord:
    """Note that somebody agreed. Raises WrongState (`not_a_story`), InvalidContent for impossible instants."""
    article = locked(article_id)
    expected.require(article.etag)
    if article.kind != "personal_story":
        raise WrongState("Only a personal story has records of consent.", code="not_a_story")
    _require_possible(given_at, expires_at, now)
    made = ConsentRecord.objects.create(
        article=article,
        scope=scope,
        document_reference=document_reference,
        given_at=given_at,
        expires_at=expires_at,
        recorded_by=by,
        recorded_at=now,
    )
    count_write(article)
    made.article = article
    _record("article.consent", article, by, now, {"consent": str(made.pk)})
    return made


@transaction.atomic
def withdraw_consent(
    *, article_id: UUID, consent_id: UUID, expected: IfMatch, by: User | None, now: datetime, note: str = ""
) -> Withdrawn:
    """Note that a consent was taken back, now. The note goes to the audit and nowhere else.

    What is public stays; a scheduled release that could not begin without it is cancelled whole. Raises NotFound, and
    WrongState (`consent_is_withdrawn`) when it was taken back before.
    """
    article = locked(article_id)
    expected.require(article.etag)
    found = ConsentRecord.objects.filter(article=article, pk=consent_id).first()
    if found is None:
        raise NotFound("This article has no such record of consent.")
    if found.withdrawn_at is not None:
        raise WrongState("This consent has been withdrawn before.", code="consent_is_withdrawn")
    found.withdrawn_at, found.withdrawn_by = now, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    count_write(article)
    found.article = article
    detail = {"consent": str(found.pk)} | ({"note": note} if note else {})
    _record("article.withdraw_consent", article, by, now, detail)
    group = Article.objects.filter(group_id=article.group_id).values_list("pk", flat=True)
    warnings = told(revisit(list(group)))
    article.refresh_from_db()
    return Withdrawn(found, warnings)


def _require_possible(given_at: datetime, expires_at: datetime | None, now: datetime) -> None:
    errors = []
    if given_at > now:
        errors.append(FieldError("in_future", "Nobody has agreed yet.", pointer="/given_at"))
    if expires_at is not None and expires_at <= given_at:
        sentence = "A consent ends after it was given."
        errors.append(FieldError("invalid_interval", sentence, pointer="/expires_at"))
    if errors:
        raise InvalidContent("These instants are not possible.", errors=tuple(errors))


def _record(verb: str, article: Article, by: User | None, now: datetime, detail: dict[str, str]) -> None:
    audit.record(verb=verb, subject_type="article", subject=article.pk, by=by, at=now, detail=detail)
