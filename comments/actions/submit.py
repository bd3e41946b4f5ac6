"""Submitting a reply: it is stored, always; whether it appears at once is for the policy and the gate to say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms import audit, sealing, transactions
from comments.actions import alerting, beginning, blocking, confirming, contacts, threads, trusting
from comments.actions.standing import Standing
from comments.actions.writing import Draft, write_version
from comments.models import Comment, CommentPrivate, Contact

TOKEN_PREFIX = "ka_"  # noqa: S105 - says what a token is for; it is none


@dataclass(frozen=True)
class Submission:
    """What comes with the words of a new reply. `email` is normalised; `ip_digest` a keyed digest of one day.

    `notify`: its author wants letters about answers; `remember`: and a token of trust (`trust_token`, for the next
    time). `is_staff` is for those who lay down a past; whoever works here uses `comments.actions.answer`.
    """

    email: str
    ip_digest: str
    parent_id: UUID | None = None
    country: str = ""
    locale: str = ""
    privacy_version: str = ""
    is_staff: bool = False
    allow_replies: bool = True
    notify: bool = False
    remember: bool = False
    trust_token: str = ""


@dataclass(frozen=True)
class Submitted:
    """The new comment, its author's token (told once, stored as a digest), and the rule that holds it, if one does."""

    comment: Comment
    token: str
    held_by: str | None


def submit(
    *, article_id: UUID, policy: threads.Policy, submission: Submission, draft: Draft, now: datetime
) -> Submitted:
    """Store a reply and, when nothing holds it, publish it.

    Raises WrongState (codes `comments_closed`, `parent_not_public`, `parent_closed`) and InvalidContent for a parent
    that is not one of this article's replies or lies too deep.
    """
    return transactions.joined(lambda: _submit(article_id, policy, submission, draft, now))


def _submit(
    article_id: UUID, policy: threads.Policy, submission: Submission, draft: Draft, now: datetime
) -> Submitted:
    thread = threads.set_policy(article_id, policy.policy, policy.closes_at)
    threads.require_open(thread, now)
    comment = beginning.place(
        thread,
        submission.parent_id,
        now,
        is_staff=submission.is_staff,
        allows_replies=submission.allow_replies,
    )
    contact = contacts.keep(submission.email, now)
    draft = draft.held_for(*blocking.verdicts_on(contact, waits=draft.ruling.holds))
    token = sealing.new_token(TOKEN_PREFIX)
    private = _private(comment, submission, contact, draft, token, now)
    let_by = _let_through(contact, submission, draft, now)
    held_by = draft.ruling.first_rule if draft.ruling.holds and not let_by else None
    standing = Standing(comment, thread)
    standing.begin(private, waits=bool(held_by))
    version = write_version(comment, draft, "pending" if held_by else "public", now)
    if not held_by:
        standing.appear(version)
    beginning.log_ruling(comment, held_by or let_by or "gate", now)
    if private.contact and (submission.notify or submission.remember):
        confirming.ask(private.contact, comment, submission.locale, again=submission.remember, now=now)
    audit.record(
        verb="comment.submit",
        subject_type="comment",
        subject=comment.id,
        by=None,
        at=now,
        detail={"version": 1},
    )
    alerting.raise_for(draft.ruling.grade, now)
    standing.tell(now)
    return Submitted(comment, token, held_by)


def _private(
    comment: Comment, submission: Submission, contact: Contact, draft: Draft, token: str, now: datetime
) -> CommentPrivate:
    return CommentPrivate(
        comment=comment,
        article_id=comment.article_id,
        contact=contact,
        ip_digest=submission.ip_digest,
        author_token_sha256=sealing.token_digest(token),
        country=submission.country,
        locale=submission.locale,
        privacy_version=submission.privacy_version,
        notify=submission.notify,
        urgency=3 - draft.ruling.grade,
        since=now,
    )


def _let_through(contact: Contact, submission: Submission, draft: Draft, now: datetime) -> str | None:
    """The rule by which a reply appears though the policy holds it; None: nothing lets it through."""
    if not submission.trust_token:
        return None
    if trusting.is_trusted(contact, submission.trust_token, draft.ruling, now):
        return trusting.RULE
    return None
