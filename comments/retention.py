"""The clocks of what is kept of readers. Most run from the last decision on a reply; none touches one that waits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cms import transactions
from cms.retention import Clock, deleting, setting
from comments import personal
from comments.actions.contacts import forget_unless_needed
from comments.actions.erase import erase_versions
from comments.actions.expire import expire_words
from comments.models import (
    CommentPrivate,
    CommentVersion,
    Contact,
    ContactRequest,
    Decision,
    DecisionNote,
    Escalation,
    Report,
    SpentToken,
    TextDigest,
    VersionPrivate,
)


def decided(before: datetime) -> QuerySet[CommentPrivate]:
    """Private rows of replies of which nothing waits, no appeal either, and on which nobody has decided since."""
    since = Decision.objects.filter(comment=OuterRef("pk"), at__gte=before)
    return CommentPrivate.objects.exclude(queue="waiting").filter(~Exists(since), open_appeals=0)


def _unerased_words(queue: str) -> Callable[[datetime], QuerySet[Any]]:
    words = CommentVersion.objects.filter(comment=OuterRef("pk"), erased_at__isnull=True)
    return lambda before: decided(before).filter(Exists(words), queue=queue)


def _earlier_words(before: datetime) -> QuerySet[CommentVersion]:
    """Versions that a later one replaced long ago, and that are neither public nor waiting."""
    later = CommentVersion.objects.filter(
        comment=OuterRef("comment"), number__gt=OuterRef("number"), created_at__lt=before
    )
    old = CommentVersion.objects.filter(state__in=("superseded", "refused"), erased_at__isnull=True)
    return old.filter(Exists(later))


def _of_decided(**left: Any) -> Callable[[datetime], QuerySet[Any]]:
    """Version's private rows of decided replies that do not look like `left` yet."""
    return lambda before: VersionPrivate.objects.filter(
        ~Q(**left), Exists(decided(before).filter(comment=OuterRef("version__comment")))
    )


def _addresses_nobody_asked_us_to_keep(before: datetime) -> QuerySet[CommentPrivate]:
    """Whoever confirmed an address, or wants to hear of answers, wants it to be kept."""
    return decided(before).filter(contact__isnull=False, contact__confirmed_at__isnull=True, notify=False)


def _forget_addresses(rows: QuerySet[Any], now: datetime) -> int:
    return transactions.run(lambda: _forgotten(rows))


def _forgotten(rows: QuerySet[Any]) -> int:
    keys = list(rows.values_list("pk", flat=True))
    contacts = Contact.objects.filter(comments__in=keys).distinct().order_by("pk")
    found = list(contacts)
    done = CommentPrivate.objects.filter(pk__in=keys).update(contact=None)
    for contact in found:
        forget_unless_needed(contact)
    return done


def _erase_earlier(rows: QuerySet[Any], now: datetime) -> int:
    def work() -> int:
        keys = list(rows.values_list("pk", flat=True))
        erase_versions(CommentVersion.objects.filter(pk__in=keys), now)
        return len(keys)

    return transactions.run(work)


def _forget_grades(rows: QuerySet[Any], now: datetime) -> int:
    """Of the reply, which is the gravest of its versions, and of each of them."""

    def work() -> int:
        keys = list(rows.values_list("pk", flat=True))
        VersionPrivate.objects.filter(version__comment__in=keys).update(grade=0)
        return CommentPrivate.objects.filter(pk__in=keys).update(urgency=3)

    return transactions.run(work)


def _expire(rows: QuerySet[Any], now: datetime) -> int:
    return sum(expire_words(comment_id=key, still=rows, now=now) for key in rows.values_list("pk", flat=True))


CLOCKS = (
    Clock(
        "ip_digests",
        lambda before: CommentPrivate.objects.filter(comment__created_at__lt=before).exclude(ip_digest=""),
        setting(ip_digest=""),
    ),
    Clock("spent_tokens", lambda before: SpentToken.objects.filter(expires_at__lt=before), deleting),
    Clock("text_digests", lambda before: TextDigest.objects.filter(created_at__lt=before), deleting),
    Clock("countries", lambda before: decided(before).exclude(country=""), setting(country="")),
    Clock("verdicts", _of_decided(verdicts=[]), setting(verdicts=[])),
    Clock("grades", lambda before: decided(before).exclude(urgency=3), _forget_grades),
    Clock(
        "typed_names",
        _of_decided(author_name="", author_website=""),
        setting(author_name="", author_website=""),
    ),
    Clock("reports", lambda before: Report.objects.filter(closed_by__at__lt=before), deleting),
    Clock(
        "escalation_notes",
        lambda before: Escalation.objects.filter(~Q(**personal.NOTES), closed_at__lt=before),
        setting(**personal.NOTES),
    ),
    Clock("decision_notes", lambda before: DecisionNote.objects.filter(decision__at__lt=before), deleting),
    Clock("rejected_texts", _unerased_words("rejected"), _expire),
    Clock("spam_texts", _unerased_words("spam"), _expire),
    Clock("removed_texts", _unerased_words("removed"), _expire),
    Clock("earlier_texts", _earlier_words, _erase_earlier),
    Clock("addresses", _addresses_nobody_asked_us_to_keep, _forget_addresses),
    Clock(
        "contact_requests",
        lambda before: ContactRequest.objects.filter(expires_at__lt=before),
        deleting,
    ),
)
"""Texts come last but one: with them goes what the clocks before them count."""
