"""What readers write: a new reply, and by its token the reading, editing and erasing of one's own. No account."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from articles.models.publication import Publication
from articles.reading import helplines_for, readable_article
from articles.rendering.times import rfc3339
from cms import clock, limits, mail
from cms.conditional import if_match
from cms.delivery import options_answer
from cms.errors import DomainError
from cms.magazine import Magazine, magazine
from cms.parameters import Parameter, of_request
from cms.parsers import MergePatch, StrictJson
from cms.validation import validated
from cms.writing import Answer, perform
from comments import actions, conversing
from comments.actions import authorship, threads
from comments.actions.converse import can_appeal
from comments.authentication import AuthorToken
from comments.hours import next_reading
from comments.letters import on_its_way
from comments.models import CommentPrivate
from comments.openapi import author as documented
from comments.permissions import HoldsToken
from comments.rendering.author import own_document, own_href, receipt
from comments.rendering.care import own_appeal, own_messages, own_redactions
from comments.serializers import EditReply, SubmitReply
from comments.serializers.care import SendAppeal
from comments.views.arrivals import Form
from comments.views.delivery import LOCALE, ThreadOfArticle
from comments.views.refusals import PointsToSupport
from comments.views.senders import TakesRelays, sender_digest


class ArticleComments(PointsToSupport, TakesRelays, ThreadOfArticle):
    """The replies to an article, and where a reader adds one. POST takes no credentials and no cookie."""

    leased = True
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": SubmitReply}
    write_parameters: ClassVar[dict[str, dict[str, Parameter]]] = {"POST": {"locale": LOCALE}}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method == "POST":
            self.magazine = magazine()
        super().initial(request, *args, **kwargs)

    @documented.submit
    def post(self, request: Request, slug: str) -> HttpResponseBase:
        """Reply to an article

        Public at once (201) or held for a person to read (202), as `state_text` says. `author_token` is told this
        once: keep it, it is the only way to read, edit or delete the reply. Send an `Idempotency-Key`, so that a
        repeated request is the same reply, and a `form_token`, so that it need not wait for that alone. Nothing in
        the answer depends on the address that was typed.
        """
        publication = readable_article(slug, locale=self.query["locale"])
        return self._submit(request, publication, validated(SubmitReply, request))

    def _submit(self, request: Request, publication: Publication, sent: dict[str, Any]) -> HttpResponseBase:
        policy = threads.policy_of(publication, closing_after=self.magazine.comments_close_after_days)
        now = clock.read_instant()
        form = Form(publication.article_id, sent, now)
        composed = actions.compose(_words(sent), policy.policy, arrival=form.arrival)
        digest = sender_digest(request, now)
        submission = _submission(sent, publication, digest)

        def work(draft: actions.Draft) -> Answer:
            allowance = limits.take("comments", digest, by="address")
            done = actions.submit(
                article_id=publication.article_id, policy=policy, submission=submission, draft=draft, now=now
            )
            return _receipt(done, submission, now, self.magazine, limits.headers("comments", allowance))

        return perform(request, lambda: form.once(composed, work))


class OwnView(PointsToSupport):
    """Whoever holds a reply's token is its author; a wrong token and an unknown reply are the same 404."""

    authentication_classes = [AuthorToken]
    permission_classes = [HoldsToken]
    parser_classes = [StrictJson, MergePatch]
    metadata_class = None
    security_schemes = ("author",)
    supported = ("GET", "HEAD", "POST", "PATCH", "DELETE")
    preconditions: tuple[str, ...] = ()
    parameters: ClassVar[dict[str, Parameter]] = {}
    write_parameters: ClassVar[dict[str, dict[str, Parameter]]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.query = of_request(self, request)

    def permission_denied(
        self, request: Request, message: str | None = None, code: str | None = None
    ) -> NoReturn:
        raise DomainError(
            "Send the token that came with the reply: `Authorization: Bearer ka_…`.", code="not_authenticated"
        )

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return options_answer(self)


class OwnComment(OwnView):
    """One's own reply."""

    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"PATCH": EditReply}
    preconditions = ("PATCH",)

    @documented.read_own
    def get(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Read one's own reply

        Its words, whoever may see them, and where it stands.
        """
        own = authorship.require_author(comment_id, str(request.auth))
        return Response(_own(own), headers={"ETag": own.comment.etag})

    @documented.edit_own
    def patch(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Edit one's own reply

        Other words make a new version. While it waits to be read, the old text stays public. Earlier texts are never
        public. `notify_on_reply` and `allow_replies` can be changed at any time, for themselves.
        """
        authorship.require_author(comment_id, str(request.auth))
        condition = if_match(request)
        changes = validated(EditReply, request, partial=True)
        wish, allowed = changes.pop("notify_on_reply", None), changes.pop("allow_replies", None)
        of: dict[str, Any] = {"comment_id": comment_id, "if_match": condition, "now": clock.read_instant()}

        def work() -> Answer:
            headers = _counted(comment_id)
            comment = None if wish is None else actions.want(notify=wish, **of)
            if allowed is not None:
                comment = actions.allow_replies(allowed=allowed, **of)
            if comment is None or changes:
                comment = actions.edit(changes=changes, **of)
            return Answer(200, _own(comment.private), {"ETag": comment.etag, **headers})

        return perform(request, work)

    @documented.erase_own
    def delete(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Erase one's own reply

        Name, address, website and every version's text are erased, at once and for good. Needs no If-Match and may
        be repeated. Where published replies stand beneath it, a tombstone without words stays.
        """
        authorship.require_author(comment_id, str(request.auth))
        return perform(request, _erasing(comment_id))


class OwnAppeals(OwnView):
    """Where the author of a reply asks that a decision be looked at again."""

    parser_classes = [StrictJson]
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": SendAppeal}

    @documented.appeal
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Ask that a decision be looked at again

        Once for each decision that keeps the reply from readers. The reply comes back to the queue, for another
        person than the one who decided when there is another. The next decision is the answer, and it is final.
        """
        authorship.require_author(comment_id, str(request.auth))
        sent = validated(SendAppeal, request)

        def work() -> Answer:
            headers = _counted(comment_id)
            row = actions.appeal(comment_id=comment_id, **sent, now=clock.read_instant())
            return Answer(201, own_appeal(row.comment.private, row, possible=False), headers)

        return perform(request, work)


def _counted(comment_id: UUID) -> dict[str, str]:
    """One write of an author's counts; the headers that say what is left. Raises LimitReached."""
    return limits.headers("author", limits.take("author", str(comment_id), by="token"))


def _erasing(comment_id: UUID) -> Callable[[], Answer]:
    def work() -> Answer:
        actions.erase(comment_id=comment_id, now=clock.read_instant())
        return Answer(204)

    return work


def _words(sent: dict[str, Any]) -> actions.Words:
    return actions.Words(sent["author_name"], sent["author_website"], sent["text"], sent["display_as"])


def _submission(sent: dict[str, Any], publication: Publication, digest: str) -> actions.Submission:
    return actions.Submission(
        email=sent["author_email"],
        ip_digest=digest,
        parent_id=sent["parent"],
        country=sent.get("country", ""),
        locale=sent.get("locale", publication.locale),
        privacy_version=sent.get("privacy_version", ""),
        notify=sent.get("notify_on_reply", False),
        allow_replies=sent.get("allow_replies", True),
        remember=sent.get("remember_me", False),
        trust_token=sent.get("trust_token", ""),
    )


def _receipt(
    done: actions.Submitted,
    submission: actions.Submission,
    now: datetime,
    ours: Magazine,
    headers: dict[str, str],
) -> Answer:
    body = receipt(
        done.comment,
        token=done.token,
        locale=submission.locale,
        held_by=done.held_by,
        next_review_at=_next_review(ours, now) if done.held_by else None,
        support=helplines_for(submission.country[:2] or None, of=ours),
        support_text=ours.support_text(submission.locale),
        letter=_letter(submission),
    )
    public = f"/api/v1/comments/{done.comment.pk}"
    location = own_href(done.comment) if done.held_by else public
    return Answer(202 if done.held_by else 201, body, {"Location": location, **headers}, shown_once=True)


def _letter(submission: actions.Submission) -> str | None:
    """What is said of the letter to whoever asked for one: the same whatever the address."""
    asked = submission.notify or submission.remember
    return on_its_way(submission.locale) if asked and mail.offered() else None


def _own(own: CommentPrivate) -> dict[str, Any]:
    comment = own.comment
    waiting = own.queue == "waiting"
    ours = magazine()
    document = own_document(
        comment,
        authorship.latest_of(comment),
        authorship.last_decision(comment),
        next_review_at=next_reading(ours.staffed_hours, clock.read_instant()) if waiting else None,
        support_text=ours.support_text(own.locale),
    )
    appeal = conversing.last_appeal(comment)
    return document | {
        "messages": own_messages(conversing.every_message_to(comment)),
        "redactions": own_redactions(conversing.redactions_of(comment), comment.article.locale),
        "appeal": own_appeal(own, appeal, possible=can_appeal(comment)),
    }


def _next_review(ours: Magazine, now: datetime) -> str | None:
    found = next_reading(ours.staffed_hours, now)
    return rfc3339(found) if found else None
