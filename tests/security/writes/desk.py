"""Writing at the moderators' desk, and what readers and authors send to it."""

from collections.abc import Iterator

from articles.models import Article
from cms import clock
from cms.models import User
from cms.preconditions import IfMatch
from comments.actions import Submission, Submitted, claim, compose, decide, erase, submit
from comments.actions.decide import Ruling
from comments.actions.threads import Policy
from comments.models import Comment
from tests.builders import a_published_article
from tests.client import ApiClient
from tests.comments.people import NOBODY, words
from tests.matrix.world import a_reply, an_escalation
from tests.security.writes.write import EDITORIAL, Write


def of_the_moderators_desk(queue: str, client: ApiClient, moderator: User) -> Iterator[Write]:
    """Claiming, giving back, undoing."""
    waiting, taken, decided = [a_held_reply(f"waits-{number}") for number in range(3)]
    claim(comment_id=taken.pk, by=moderator, now=clock.read_instant())
    ruling = Ruling("publish", 1, "within_guidelines")
    tag = IfMatch((decided.etag,))
    made = decide(comment_id=decided.pk, ruling=ruling, if_match=tag, by=moderator, now=clock.read_instant())
    decided.refresh_from_db()
    one = f"{queue}/<comment_id>"
    yield Write(f"{queue}/next", "POST", f"{queue}/next", client)
    yield Write(f"{one}/claim", "POST", f"{queue}/{waiting.pk}/claim", client)
    yield Write(f"{one}/release", "POST", f"{queue}/{taken.pk}/release", client)
    labels = {"labels": ["violence", "abuse"]}
    yield Write(f"{one}/labels", "PUT", f"{queue}/{taken.pk}/labels", client, labels, taken.etag)
    many = [{"id": str(waiting.pk), "version": 1, "decision": "hold", "reason": "care", "note": "Later."}]
    yield Write(f"{queue}/decisions", "POST", f"{queue}/decisions", client, many)
    mine = f"{EDITORIAL}/me/preferences"
    yield Write(mine, "PATCH", mine, client, {"rather_not": ["violence"]}, '"p0"')
    undo = f"{queue}/{decided.pk}/decisions/{made.pk}/undo"
    yield Write(f"{one}/decisions/<decision_id>/undo", "POST", undo, client, {"note": "Oh."}, decided.etag)


def about_replies(client: ApiClient, article: Article, moderator: User) -> Iterator[Write]:
    """Reporting, handing on, writing to the author, appealing."""
    public, refused = a_reply(article), a_reply(article, "Turned away.")
    one = an_escalation(public.comment.pk, moderator)
    reports, queue = "/api/v1/comments/<comment_id>/reports", f"{EDITORIAL}/comments"
    said = {"reason": "privacy", "identifies_me": True, "frightens_me": False, "note": "My street."}
    said |= {"locale": "en"}
    yield Write(reports, "POST", f"/api/v1/comments/{public.comment.pk}/reports", ApiClient(), said)
    at, to = f"{queue}/{public.comment.pk}", {"to": "Clinical lead", "note": "Please read."}
    yield Write(f"{queue}/<comment_id>/escalations", "POST", f"{at}/escalations", client, to)
    yield Write(f"{queue}/<comment_id>/messages", "POST", f"{at}/messages", client, {"text": "Thank you."})
    shown = a_reply(article, "Call 555 0100.").comment
    span = {"start": 5, "end": 13, "version": 1, "label": "personal_data"}
    path = f"{queue}/{shown.pk}/redactions"
    yield Write(f"{queue}/<comment_id>/redactions", "POST", path, client, span, shown.etag)
    yield _named(article, queue, client)
    settled = f"{queue}/<comment_id>/escalations/<escalation_id>"
    tag = one.comment.etag
    yield Write(settled, "PATCH", f"{at}/escalations/{one.pk}", client, {"done": "Called."}, tag)
    _removed(refused.comment, moderator)
    path, author = f"/api/v1/my/comments/{refused.comment.pk}/appeals", ApiClient(token=refused.token)
    yield Write("/api/v1/my/comments/<comment_id>/appeals", "POST", path, author, {"text": "Look again."})


def _named(article: Article, queue: str, client: ApiClient) -> Write:
    """Saying of an answer that it names nobody any more."""
    gone = a_reply(article).comment
    answer = a_reply(article, "Dear Pieter, rest well.", to=gone).comment
    erase(comment_id=gone.pk, now=clock.read_instant())
    answer.refresh_from_db()
    path = f"{queue}/{answer.pk}/names-nobody"
    return Write(f"{queue}/<comment_id>/names-nobody", "POST", path, client, None, answer.etag)


def _removed(comment: Comment, by: User) -> None:
    comment.refresh_from_db()
    decide(
        comment_id=comment.pk,
        ruling=Ruling("remove", comment.last_version, "off_topic"),
        if_match=IfMatch((comment.etag,)),
        by=by,
        now=clock.read_instant(),
    )


def a_held_reply(slug: str) -> Comment:
    """A reply that waits, alone beneath its article."""
    return sent_to(a_published_article(slug=slug, comments_policy="hold"), f"{slug}@example.org").comment


def sent_to(article: Article, email: str) -> Submitted:
    """A reply that waits, and the token of its author."""
    return submit(
        article_id=article.pk,
        policy=Policy("hold"),
        submission=Submission(email=email, ip_digest=NOBODY),
        draft=compose(words("Thank you."), "hold"),
        now=clock.read_instant(),
    )
