"""What readers say is wrong with a reply. It calls a moderator; however many there are, it hides nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from cms import audit, transactions
from cms.errors import NotFound
from cms.sealing import mac
from comments.actions import standing
from comments.models import Comment, Report


@dataclass(frozen=True)
class Reported:
    """One report. `network` is the reporter's address as limits count it; it is stored as a keyed digest only."""

    network: str
    reason: str
    identifies_me: bool = False
    frightens_me: bool = False
    note: str = ""

    @property
    def urgent(self) -> bool:
        return self.identifies_me or self.frightens_me


def report(*, comment_id: UUID, reported: Reported, now: datetime) -> None:
    """Keep a report on a published reply. Who reports again while the first is open adds to it. Raises NotFound."""
    transactions.run(lambda: _report(comment_id, reported, now))


def _report(comment_id: UUID, reported: Reported, now: datetime) -> None:
    at = standing.locked(comment_id)
    if at.comment.state != "published":
        raise NotFound("There is no such reply.")
    reporter = mac(reported.network, settings.DIGEST_KEYS, f"report/{comment_id}")
    earlier = Report.objects.filter(comment=at.comment, reporter=reporter, closed_by__isnull=True).first()
    if earlier is None:
        _begin(at.comment, reporter, reported, now)
        at.count(now=now, reports=1, urgent=int(reported.urgent))
    else:
        if reported.urgent and not earlier.urgent:
            at.count(now=now, urgent=1)
        _add(earlier, reported)
    audit.record(verb="comment.report", subject_type="comment", subject=comment_id, by=None, at=now)


def _begin(comment: Comment, reporter: str, reported: Reported, now: datetime) -> None:
    Report.objects.create(
        comment=comment,
        reporter=reporter,
        reason=reported.reason,
        identifies_me=reported.identifies_me,
        frightens_me=reported.frightens_me,
        note=reported.note,
        sent_at=now,
    )


def _add(earlier: Report, reported: Reported) -> None:
    """What was said stays said; the newest reason and note stand."""
    earlier.reason = reported.reason
    earlier.identifies_me = earlier.identifies_me or reported.identifies_me
    earlier.frightens_me = earlier.frightens_me or reported.frightens_me
    earlier.note = reported.note or earlier.note
    earlier.save(update_fields=["reason", "identifies_me", "frightens_me", "note"])
