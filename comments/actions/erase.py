"""An author's deletion: unconditional, repeatable, final. What identifies them and what they wrote is gone."""

from datetime import datetime
from uuid import UUID

from cms import audit, transactions
from comments.actions import contacts, standing
from comments.models import Comment, CommentVersion, DecisionNote, TextDigest, VersionPrivate


def erase(*, comment_id: UUID, now: datetime) -> None:
    """Erase name, address, website, digest, grade, verdicts, notes and every version's text; leave a tombstone.

    Who may was judged before. Does nothing when it was done already. Raises NotFound.
    """
    transactions.run(lambda: _erase(comment_id, now))


def _erase(comment_id: UUID, now: datetime) -> None:
    at = standing.locked(comment_id)
    if at.comment.state == "deleted":
        return
    _erase_words(at.comment, now)
    contact = at.comment.private.contact
    _erase_person(at.comment)
    at.move(state="deleted", public_version=None, waits=False)
    if contact is not None:
        contacts.forget_unless_needed(contact)
    audit.record(verb="comment.erase", subject_type="comment", subject=comment_id, by=None, at=now)
    at.tell(now)


def _erase_words(comment: Comment, now: datetime) -> None:
    versions = CommentVersion.objects.filter(comment=comment)
    VersionPrivate.objects.filter(version__in=versions).delete()
    DecisionNote.objects.filter(decision__comment=comment).delete()
    TextDigest.objects.filter(version__in=versions).delete()
    live = versions.filter(state__in=("pending", "public"))
    live.update(state="superseded")
    versions.filter(erased_at__isnull=True).update(
        text="", html="", public_name="", public_website="", erased_at=now
    )


def _erase_person(comment: Comment) -> None:
    """The digest of the token stays: it is what makes the deletion repeatable, and it names nobody."""
    private = comment.private
    private.contact = None
    private.ip_digest = private.country = private.locale = private.privacy_version = ""
    private.urgency = 3
    private.save(update_fields=["contact", "ip_digest", "country", "locale", "privacy_version", "urgency"])
