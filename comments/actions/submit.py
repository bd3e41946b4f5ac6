"""Submitting a reply: it is stored, always; whether it appears at once is for the policy and the gate to say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cms import audit, sealing, transactions
from cms.errors import FieldError, InvalidContent, WrongState
from cms.prepared import insert
from comments import paths
from comments.actions import alerting, blocking, confirming, contacts, threads, trusting
from comments.actions.standing import Standing
from comments.actions.writing import Draft, write_version
from comments.models import Comment, CommentPrivate, CommentVersion, Contact, Decision, Thread

TOKEN_PREFIX = "ka_"  # noqa: S105 - says what a token is for; it is none


@dataclass(frozen=True)
class Submission:
    """What comes with the words of a new reply. `email` is normalised; `ip_digest` a keyed digest of one day.

    `notify`: its author wants letters about answers; `remember`: and a token of trust (`trust_token`, for the next
    time). `is_staff` is for those who lay down a past; no request of a reader can set it.
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
    comment = _place(thread, submission, now)
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
    _log(standing, version, held_by or let_by or "gate", now)
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


def _place(thread: Thread, submission: Submission, now: datetime) -> Comment:
    """A new comment at the end of its parent's replies, or of the thread; not yet stored."""
    parent = _parent(thread, submission.parent_id) if submission.parent_id else None
    if parent is None:
        thread.last_root += 1
        path = paths.root(thread.last_root)
    else:
        path = paths.child(bytes(parent.path), parent.last_child + 1)
        Comment.objects.filter(pk=parent.pk).update(last_child=F("last_child") + 1)
    return Comment(
        article_id=thread.article_id,
        parent=parent,
        path=path,
        newest=paths.newest(path),
        depth=paths.levels(path) - 1,
        last_version=1,
        is_staff=submission.is_staff,
        allows_replies=submission.allow_replies,
        created_at=now,
    )


def _parent(thread: Thread, parent_id: UUID) -> Comment:
    """Resolved through the article: a reply of another article does not exist here, nor does one never public."""
    parent = Comment.objects.filter(pk=parent_id, article_id=thread.article_id, visible=True).first()
    if parent is None:
        raise _bad_parent(
            "parent_not_found", "Among this article's public replies there is none with this id."
        )
    if parent.state != "published":
        raise WrongState(
            "The reply that this one answers is no longer public. Answer another, or the article itself.",
            code="parent_not_public",
        )
    if not parent.allows_replies:
        raise WrongState(
            "The author of this reply takes no answers to it. Answer another, or the article itself.",
            code="parent_closed",
        )
    if paths.levels(bytes(parent.path)) >= paths.MAX_LEVELS:
        raise _bad_parent(
            "thread_too_deep", "This thread is as deep as it may be. Answer an earlier reply in it."
        )
    return parent


def _bad_parent(code: str, detail: str) -> InvalidContent:
    return InvalidContent(detail, errors=(FieldError(code, detail, pointer="/parent"),))


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


def _log(standing: Standing, version: CommentVersion, rule: str, now: datetime) -> None:
    """The gate's own ruling, logged like a moderator's. `gate` and `trust` published; every other rule held."""
    appears = standing.comment.visible
    decision = Decision(
        comment=standing.comment,
        version=version.number,
        decision="publish" if appears else "hold",
        old_state="held",
        new_state=standing.comment.state,
        reason="within_guidelines" if appears else "needs_reading",
        rule=rule,
        at=now,
    )
    insert(decision)
