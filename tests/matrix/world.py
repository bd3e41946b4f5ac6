"""One of everything, to ask about: an author's article in a given state, a reply, the catalogue, a token."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group

from articles import actions
from articles.models import Article, PreviewLink, Suppression
from articles.models.catalogue import CATALOGUE_KINDS
from cms import clock
from cms.models import ApiToken, Site, User
from cms.sealing import token_digest
from comments import actions as replies
from comments import stopping
from comments.actions.threads import Policy
from comments.models import Comment, Confirmation, ContactRequest, Escalation
from tests.articles.releases.acts import a_release, publishing
from tests.builders import (
    a_published_article,
    a_redirect,
    a_request,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    tag,
    taken_down,
)
from tests.client import ApiClient
from tests.matrix.table import PEOPLE

NOUNS = {
    "topic": "topics",
    "person": "people",
    "reference": "references",
    "helpline": "helplines",
    "legal_status": "legal-statuses",
    "collection": "collections",
}
SCOPES = {
    "reading": "articles:read",
    "writing": "articles:write",
    "cataloguing": "catalogue:write",
    "moderating": "comments:moderate",
    "answering": "comments:answer",
    "relaying": "comments:relay",
}


@dataclass
class World:
    """`article` is what addresses mean; `values` fills them."""

    article: Article
    values: dict[str, Any]
    users: dict[str, User]
    replier_token: str = ""
    clients: dict[str, ApiClient] = field(default_factory=dict)

    def client(self, caller: str) -> ApiClient:
        """The client that speaks for a caller of the table."""
        if caller not in self.clients:
            self.clients[caller] = self._speaking_for(caller)
        return self.clients[caller]

    def _speaking_for(self, caller: str) -> ApiClient:
        if caller == "nobody":
            return ApiClient()
        if caller == "replier":
            return ApiClient(token=self.replier_token)
        if caller in self.users:
            client = ApiClient()
            client.force_login(self.users[caller], backend="django.contrib.auth.backends.ModelBackend")
            return client
        scopes = [SCOPES[caller]] if caller in SCOPES else []
        secret = ApiToken.objects.create(user=self.users["administrator"], name=caller, scopes=scopes)[1]
        return ApiClient(token=secret)


def people() -> dict[str, User]:
    """Everybody who works here, by role, and a stranger who has none."""
    users = {name: User.objects.create_user(username=name) for name in (*PEOPLE, "stranger")}
    for name in PEOPLE:
        role = name.rstrip("2")
        users[name].groups.add(Group.objects.get_or_create(name=role)[0])
    return users


def a_world(state: str = "live") -> World:
    """One of everything; the article that addresses mean is the first author's, and in this state."""
    users = people()
    Site.objects.create(name="Kintsugi", locales=["en"], contact="editors@staff.example")
    host = a_published_article(slug="with-replies", comments_policy="publish")
    article = an_article_in(state, users["author"])
    row = published(article, effective_from=ahead(days=30)).row if state in ("live", "gone") else None
    for name in ("author", "editor", "administrator"):
        a_working_copy(article, users[name])
    sent = a_reply(host)
    a_reply(host, "Please read this.", policy="hold")
    token = ApiToken.objects.create(user=users["administrator"], name="kept", scopes=[])[0]
    entries = {NOUNS[kind]: an_entry(kind, "alpha") for kind in CATALOGUE_KINDS}
    values: dict[str, Any] = {
        "slug": article.pk,
        "article_id": article.pk,
        "publication_id": row.pk if row else article.pk,
        "consent_id": article.pk,
        "link_id": a_link(article).pk,
        "suppression_id": _a_suppression(article, users["editor"]),
        "request_id": a_request(article).pk if state != "binned" else article.pk,
        "number": 1,
        "key": "alpha",
        "redirect_id": a_redirect("/old/replies", host).pk,
        "release_id": a_release(publishing(host)).pk,
        "comment_id": sent.comment.pk,
        "decision_id": sent.comment.decisions.get().pk,
        "escalation_id": an_escalation(sent.comment.pk, users["moderator"]).pk,
        "id": token.id,
        "token": stopping.token(stopping.ONE, sent.comment.pk),
        "confirmations/token": a_waiting_confirmation(sent.comment),
        "contact-links/token": a_waiting_request(sent.comment),
    }
    values |= {f"{noun}/item_id": entry.pk for noun, entry in entries.items()}
    return World(article, values, users, replier_token=sent.token)


def _a_suppression(article: Article, by: User) -> Any:
    return Suppression.objects.create(
        article=article, reason="harm", requested_by=by, requested_at=clock.now()
    ).pk


def an_article_in(state: str, author: User) -> Article:
    """`draft`, `live`, `gone` or `binned`."""
    if state in ("live", "gone"):
        article = a_published_article(by=author, slug="sleep")
        if state == "gone":
            taken_down(article, explanation="Outdated.")
        return fresh(article)
    article = an_article(by=author, slug="sleep")
    if state == "binned":
        actions.delete_draft(article_id=article.pk, expected=tag(article), by=author, now=clock.now())
    return article


def a_working_copy(article: Article, user: User) -> None:
    """What somebody has typed and not saved; none for an article that is in the bin."""
    if fresh(article).binned_at is None:
        actions.keep_working_copy(
            article_id=article.pk, based_on=1, content={"title": "Typed"}, by=user, now=clock.now()
        )


def a_link(article: Article) -> PreviewLink:
    """A preview link, whatever the article's state."""
    digest = f"{article.pk.hex}{article.pk.hex}"
    return PreviewLink.objects.create(
        article=article, token_digest=digest, created_at=ahead(days=0), expires_at=ahead(days=7)
    )


def an_escalation(comment_id: Any, by: User) -> Escalation:
    """A reply in the hands of somebody who can do more."""
    return replies.escalate(
        comment_id=comment_id, to="Clinical lead", note="Please read.", by=by, now=clock.read_instant()
    )


def a_waiting_confirmation(comment: Comment) -> str:
    """The token of a link that a letter to the author of a reply carries."""
    contact = comment.private.contact
    Confirmation.objects.create(
        contact=contact, token_sha256=token_digest("kl_1"), created_at=clock.now(), expires_at=ahead(days=1)
    )
    return "kl_1"


def a_waiting_request(comment: Comment, purpose: str = "stop_mail") -> str:
    """The token of a link that a letter to whoever asked about an address carries."""
    ContactRequest.objects.create(
        contact=comment.private.contact,
        purpose=purpose,
        locale="en",
        token_sha256=token_digest("kq_1"),
        created_at=clock.now(),
        expires_at=ahead(days=1),
    )
    return "kq_1"


def an_answer(article: Article, by: User, text: str = "Thank you for asking.") -> Comment:
    """A public answer in the name of the site."""
    words = replies.Words("Kintsugi", "", text, "name")
    draft = replies.compose(words, "publish", is_staff=True)
    given = replies.SiteAnswer(article.pk, Policy("publish"), None, draft, "site")
    return replies.answer(given, by=by, now=clock.read_instant()).comment


def a_reply(
    article: Article, text: str = "Thank you.", policy: str = "publish", to: Comment | None = None
) -> replies.Submitted:
    """A reply that is public at once, or with the policy `hold` waits."""
    words = replies.Words("Pieter van Dam", "", text, "name")
    return replies.submit(
        article_id=article.pk,
        policy=Policy(policy),
        submission=replies.Submission(
            email="pieter@example.org", ip_digest="0" * 64, parent_id=to.pk if to else None
        ),
        draft=replies.compose(words, policy),
        now=clock.read_instant(),
    )
