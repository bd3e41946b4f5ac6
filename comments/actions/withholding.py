"""What a blocked address got published at once is taken to the desk a moment later, by a round of the worker.

Not with its submission: the answer there must not depend on the address that was typed, and where a policy publishes at
once, a reply that waits would tell anybody whom the site has blocked.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from cms import audit, clock, transactions
from cms.beside import Beside
from comments.actions import blocking, standing
from comments.models import Comment, Decision

MOST = 100
"""Replies that one round takes."""


def sweep() -> None:
    """Take what appeared since its address was blocked, and no person let through. For settings.ROUNDS."""
    now = clock.read_instant()
    for comment_id in list(_appeared().values_list("pk", flat=True)[:MOST]):
        transactions.run(partial(_withhold, comment_id, now))


def _appeared() -> QuerySet[Comment]:
    """Found from the blocked addresses on, which are few: most replies are public."""
    by_a_person = Decision.objects.of_persons().filter(comment=OuterRef("pk"))
    blocked = Comment.objects.alias(besides_queue=Beside("private__queue")).filter(
        state="published",
        besides_queue="published",
        private__contact__blocked_at__isnull=False,
        created_at__gte=F("private__contact__blocked_at"),
    )
    return blocked.exclude(Exists(by_a_person)).order_by("pk")


def _withhold(comment_id: UUID, now: datetime) -> None:
    at = standing.locked(comment_id)
    comment = at.comment
    if not _appeared().filter(pk=comment_id).exists():  # decided, edited or erased meanwhile
        return
    comment.versions.filter(number=comment.last_version).update(state="pending")
    at.move(state="held", public_version=None, waits=True)
    Decision.objects.create(
        comment=comment,
        version=comment.last_version,
        decision="hold",
        old_state="published",
        new_state="held",
        reason="needs_reading",
        rule=blocking.RULE,
        at=now,
    )
    audit.record(verb="comment.withhold", subject_type="comment", subject=comment_id, by=None, at=now)
    at.tell(now)
