"""Telling people of answers to their replies: only of what is public, never of their own, and not too often."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from articles.reading import readable_article
from cms import mail, transactions
from cms.errors import Gone, LegallyUnavailable, NotFound
from comments import letters, stopping
from comments.actions import contacts
from comments.models import Comment, CommentPrivate, Contact, Notice

WRITER = f"{__name__}.write"
BETWEEN = timedelta(hours=1)
MOST = 20


def note(reply: Comment, now: datetime) -> None:
    """`reply` has become public: whoever it answers is to be told, if they want that. In the caller's transaction."""
    if reply.parent_id is None or not mail.offered():
        return
    wanting = CommentPrivate.objects.filter(
        pk=reply.parent_id, notify=True, contact__confirmed_at__isnull=False, contact__muted_at__isnull=True
    )
    found = wanting.values_list("contact_id", "contact__notified_at").first()
    # Whether they answered themselves is not asked here: a clock must not tell whose address was typed.
    if found is None or Notice.objects.filter(pk=reply.pk).exists():
        return
    contact_id, notified_at = found
    Notice.objects.create(reply=reply, contact_id=contact_id, created_at=now)
    due_at = max(now, notified_at + BETWEEN) if notified_at else now
    mail.queue_unwritten(WRITER, {}, about=contact_id, now=now, due_at=due_at)


def write(about: UUID, facts: Mapping[str, Any], now: datetime) -> mail.Message | None:
    """One letter about all that is to be told by now; None when there is nothing. Raises mail.NotYet."""
    return transactions.run(lambda: _write(about, now))


def _write(about: UUID, now: datetime) -> mail.Message | None:
    contact = Contact.objects.select_for_update(of=("self",)).filter(pk=about, muted_at__isnull=True).first()
    answers = _answers(contact, now) if contact else []
    if contact is None or not answers:
        return None
    if contact.notified_at and now < contact.notified_at + BETWEEN:
        raise mail.NotYet(contact.notified_at + BETWEEN)
    contact.notified_at = now
    contact.save(update_fields=["notified_at"])
    answered = CommentPrivate.objects.get(comment=answers[0].parent_id)
    stop_one = stopping.address(stopping.ONE, answered.comment_id)
    stop = stopping.address(stopping.ALL, answered.comment_id)
    locale = answered.locale
    text = letters.notice(locale, links=[_link(reply) for reply in answers], stop_one=stop_one, stop=stop)
    told = partial(_told, [reply.pk for reply in answers])
    headers = stopping.one_click(stop_one if len({reply.parent_id for reply in answers}) == 1 else stop)
    return mail.Message(contacts.address_of(contact), mail.subject(locale), text, headers, on_sent=told)


def _answers(contact: Contact, now: datetime) -> list[Comment]:
    """What is still to be told, still public, and still wanted. The rest is forgotten."""
    waiting = Notice.objects.filter(contact=contact)
    wanted = waiting.filter(
        reply__state="published",
        reply__parent__private__notify=True,
        reply__parent__private__contact=contact,
    ).exclude(reply__private__contact=contact)
    found = list(Comment.objects.filter(pk__in=wanted.values("pk")).order_by("created_at", "pk")[:MOST])
    told = [reply for reply in found if _is_readable(reply.article_id)]
    waiting.exclude(pk__in=wanted.values("pk")).delete()
    return told


def _told(ids: list[UUID]) -> None:
    Notice.objects.filter(pk__in=ids).update(contact=None)


def _is_readable(article_id: UUID) -> bool:
    try:
        readable_article(str(article_id), locale=None)
    except (NotFound, Gone, LegallyUnavailable):
        return False
    return True


def _link(reply: Comment) -> str:
    """A page of ours that leads to the site's: the site's own address would tell the article's title."""
    return f"{settings.PUBLIC_URL}/api/v1/comments/{reply.pk}/page"
