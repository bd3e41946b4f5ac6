"""Asking for a review: whom, of which revision, until when; and taking the question back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from articles.actions.approval import writers_of_what_changed
from articles.actions.locking import count_write, locked, revision_of
from articles.models import Article, AskedReviewer, ReviewRequest, Revision
from cms import audit
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.people import with_role
from cms.preconditions import IfMatch
from cms.roles import VERBS


@transaction.atomic
def request_review(
    *,
    article_id: UUID,
    revision: int,
    expected: IfMatch,
    by: User | None,
    now: datetime,
    reviewers: Sequence[str] = (),
    due_at: datetime | None = None,
    note: str = "",
) -> ReviewRequest:
    """Ask for a review of the head, of `reviewers` (usernames or ids) or of whoever may. It ends an earlier question.

    Raises WrongState (not_the_head), and InvalidContent for somebody who may not review it or a day that has passed.
    """
    article = locked(article_id)
    expected.require(article.etag)
    if revision != article.head_number:
        raise WrongState("Only the newest revision can be sent to review.", code="not_the_head")
    asked = revision_of(article, revision)
    _require_ahead(due_at, now)
    chosen = _reviewers(article, asked, reviewers)
    close_open(article, now)
    made = ReviewRequest.objects.create(
        article=article, revision=asked, requested_by=by, due_at=due_at, note=note, created_at=now
    )
    AskedReviewer.objects.bulk_create(AskedReviewer(request=made, reviewer=person) for person in chosen)
    count_write(article, review_requested_at=now)
    names = [person.username for person in chosen]
    _record(article, "article.request_review", by, now, revision=revision, reviewers=names)
    return made


@transaction.atomic
def withdraw_request(
    *, article_id: UUID, request_id: UUID, expected: IfMatch, by: User | None, now: datetime
) -> Article:
    """Take a question back. Raises NotFound, and WrongState (request_closed) when it is closed already."""
    article = locked(article_id)
    expected.require(article.etag)
    found = ReviewRequest.objects.filter(article=article, pk=request_id).first()
    if found is None:
        raise NotFound("This article has no such request.")
    if found.closed_at:
        raise WrongState("It was answered, or taken back, already.", code="request_closed")
    close_open(article, now)
    count_write(article, review_requested_at=None)
    _record(article, "article.withdraw_request", by, now, request=str(request_id))
    return article


def close_open(article: Article, now: datetime, *, answered: Revision | None = None) -> bool:
    """Close the open question of an article; `answered` closes it only when it asks for that revision or an older one.

    Says whether nothing is asked any more.
    """
    rows = ReviewRequest.objects.filter(article=article, closed_at__isnull=True)
    if answered:
        rows.filter(revision__number__lte=answered.number).update(closed_at=now)
        return not rows.exists()
    rows.update(closed_at=now)
    return True


def _require_ahead(due_at: datetime | None, now: datetime) -> None:
    if due_at and due_at <= now:
        error = FieldError("in_past", "The day must lie ahead.", pointer="/due_at")
        raise InvalidContent("A review cannot be due in the past.", errors=(error,))


def _reviewers(article: Article, revision: Revision, names: Sequence[str]) -> list[User]:
    known = {key: person for person in _who_may() for key in (person.username, str(person.pk))}
    writers = writers_of_what_changed(article, revision) if names else set()
    errors = []
    for index, name in enumerate(names):
        if name not in known:
            said = "Nobody of this name reviews here."
            errors.append(FieldError("unknown_reviewer", said, pointer=f"/reviewers/{index}"))
        elif known[name].pk in writers:
            said = "Nobody reviews what they wrote themselves."
            errors.append(FieldError("reviewer_is_author", said, pointer=f"/reviewers/{index}"))
    if errors:
        raise InvalidContent("Somebody who was named cannot review this.", errors=tuple(errors))
    return list(dict.fromkeys(known[name] for name in names))


def _who_may() -> Iterator[User]:
    for role in sorted(VERBS["article.review"]):
        yield from with_role(role)


def _record(article: Article, verb: str, by: User | None, now: datetime, **detail: object) -> None:
    audit.record(verb=verb, subject_type="article", subject=article.pk, by=by, at=now, detail=detail)
