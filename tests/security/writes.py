"""One right request for everything that can be written, so that a test can spoil one thing of it at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.actions.previewing import link_to_article
from articles.models import Article, CatalogueItem
from cms import clock
from cms.models import ApiToken, Site, User
from cms.preconditions import IfMatch
from comments import stopping
from comments.actions import Submission, claim, compose, decide, erase, submit
from comments.actions.decide import Ruling
from comments.actions.threads import Policy
from comments.models import Comment
from tests.articles.collections.shelf import saved, titled
from tests.articles.consent.stories import a_story, agreed
from tests.articles.releases.acts import a_begun_release, a_release, publishing, scheduled
from tests.articles.suppression.histories import article_with_a_secret, asked, first_row
from tests.builders import (
    a_byline,
    a_published_article,
    a_redirect,
    a_request,
    a_revision,
    ahead,
    an_article,
    an_entry,
    published,
    rows,
)
from tests.client import ApiClient
from tests.comments.people import NOBODY, form, words
from tests.matrix.world import a_reply, a_waiting_confirmation, a_waiting_request, an_escalation

EDITORIAL = "/api/v1/editorial"
CATALOGUE = {
    "topics": {"key": "grief", "title": {"en": "Grief"}},
    "people": {"key": "mara-lund", "name": "Mara Lund", "roles": ["author"]},
    "references": {"key": "lund2021", "csl": {"type": "book", "title": "Grief"}},
    "helplines": {
        "key": "day-line",
        "name": "Day Line",
        "channels": [{"type": "phone", "value": "555 0101", "href": "tel:5550101"}],
    },
    "collections": {
        "key": "first-steps",
        "title": {"en": "First steps"},
        "summary": {"en": "Where to begin."},
        "effective_from": "2100-01-01T00:00:00Z",
    },
    "legal-statuses": {
        "key": "psilocybin-nl",
        "substance": "psilocybin",
        "jurisdiction": "NL",
        "status": "controlled",
        "summary": "Listed.",
        "as_of": "2026-01-01",
    },
}
KINDS = {
    "topics": "topic",
    "people": "person",
    "references": "reference",
    "helplines": "helpline",
    "legal-statuses": "legal_status",
    "collections": "collection",
}


@dataclass(frozen=True)
class Write:
    """A request that would succeed. `route` is its line of the URL map; `etag` the tag to send, if one is needed."""

    route: str
    method: str
    path: str
    client: ApiClient
    body: Any = None
    etag: str = ""

    def send(
        self, body: Any = ..., *, query: str = "", content_type: str = "application/json", **headers: str
    ) -> Any:
        """Send it with another body (bytes as they are) or with other headers; an empty header is left out."""
        sent = self.body if body is ... else body
        tags = {"If-Match": self.etag} if self.etag else {}
        named = tags | {name.replace("_", "-"): value for name, value in headers.items()}
        given = {name: value for name, value in named.items() if value}
        address = self.path + query
        if sent is None and body is ...:
            return self.client.generic(self.method, address, headers=given)
        if isinstance(sent, bytes):
            return self.client.generic(self.method, address, sent, content_type=content_type, headers=given)
        return getattr(self.client, self.method.lower())(address, sent, format="json", headers=given)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def every_write(
    as_user: Callable[..., ApiClient], people: dict[str, User], signed_in: ApiClient
) -> list[Write]:
    """The whole list. `as_user` gives a client with a token; `signed_in` holds an author's session."""
    by = {role: as_user(user) for role, user in people.items()}
    return [
        *_of_articles(by, people),
        *_of_releases(by["editor"]),
        *_of_catalogue(by),
        *_of_replies(by, people),
        *_of_tokens(by, people, signed_in),
        *_of_the_site(by["administrator"]),
        *_of_previews(by, people),
    ]


def _of_articles(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
    author = people["author"]
    a_byline(author, "ines-halloran")
    draft = an_article(by=author, slug="draft", authors=["ines-halloran"])
    live = a_published_article(by=author, slug="live", comments_policy="publish")
    later = an_article(by=author, slug="later")
    published(later, effective_from=ahead(hours=1))
    coming = rows(later)[0]
    later.refresh_from_db()
    base = f"{EDITORIAL}/articles/<article_id>"
    desk = f"{EDITORIAL}/articles"
    at = f"{desk}/{draft.pk}"
    first = {"revision": 1}
    yield Write(
        desk, "POST", desk, by["author"], {"title": "Walking", "slug": "walking", "extra": {"a": [1]}}
    )
    yield Write(base, "PATCH", at, by["author"], {"title": "Better", "seo": {"title": "B"}}, draft.etag)
    yield Write(base, "DELETE", at, by["author"], None, draft.etag)
    asking = first | {"reviewers": ["reviewer"], "due_at": "2100-01-01T00:00:00Z", "note": "Please."}
    yield Write(f"{base}/review-requests", "POST", f"{at}/review-requests", by["author"], asking, draft.etag)
    sent = an_article(by=author, slug="sent")
    asked = a_request(sent, by=author)
    one_request = f"{base}/review-requests/<request_id>"
    path = f"{desk}/{sent.pk}/review-requests/{asked.pk}"
    yield Write(one_request, "DELETE", path, by["author"], None, asked.article.etag)
    review = first | {"decision": "approve", "note": "Good.", "comments": [{"note": "Here."}]}
    review |= {"interests": "None.", "next_due_at": "2100-01-01T00:00:00Z"}
    yield Write(f"{base}/reviews", "POST", f"{at}/reviews", by["reviewer"], review, draft.etag)
    begin = first | {"effective_from": "2100-01-01T00:00:00Z", "update_type": "major", "change_note": "New."}
    yield Write(f"{base}/publications", "POST", f"{at}/publications", by["editor"], begin, draft.etag)
    one = f"{base}/publications/<publication_id>"
    path = f"{desk}/{later.pk}/publications/{coming.pk}"
    yield Write(one, "PATCH", path, by["editor"], {"effective_from": "2100-01-01T00:00:00Z"}, later.etag)
    yield Write(one, "DELETE", path, by["editor"], None, later.etag)
    down = {"how": "withdraw", "explanation": "Outdated.", "alternative": str(draft.pk)}
    yield Write(f"{base}/take-down", "POST", f"{desk}/{live.pk}/take-down", by["editor"], down, live.etag)
    yield from _of_texts(base, desk, by["author"], author)
    yield from _of_stories(base, desk, by, author)
    yield from _of_suppressions(base, desk, by, author)
    preview = f"{EDITORIAL}/preview-markdown"
    yield Write(preview, "POST", preview, by["author"], {"body_markdown": "*Rest*"})


def _of_texts(base: str, desk: str, client: ApiClient, author: User) -> Iterator[Write]:
    """Restoring, copying and keeping what is typed."""
    old = an_article(by=author, slug="old")
    a_revision(old, by=author, title="New")
    old.refresh_from_db()
    at = f"{desk}/{old.pk}"
    yield Write(
        f"{base}/restore", "POST", f"{at}/restore", client, {"revision": 1, "message": "Back."}, old.etag
    )
    yield Write(f"{base}/duplicate", "POST", f"{at}/duplicate", client, {"title": "Copy", "slug": "copy"})
    typed = {"based_on": 1, "title": "Typ", "topics": ["a"], "extra": {"a": [1]}, "seo": {"title": "S"}}
    typed |= {
        "content_notes": [{"type": "loss", "intensity": 1}],
        "urgency": [{"level": "", "text": "Call."}],
    }
    yield Write(f"{base}/autosave", "PUT", f"{at}/autosave", client, typed)
    yield Write(f"{base}/autosave", "DELETE", f"{at}/autosave", client)


def _of_suppressions(base: str, desk: str, by: dict[str, ApiClient], author: User) -> Iterator[Write]:
    """Taking past texts out of reach, and deleting texts."""
    past = article_with_a_secret(author, slug="past")
    body = {"reason": "privacy", "note": "By letter."}
    path = f"{desk}/{past.pk}/publications/{first_row(past).pk}/suppress"
    suppress = f"{base}/publications/<publication_id>/suppress"
    yield Write(suppress, "POST", path, by["editor"], body, past.etag)
    waits = article_with_a_secret(author, slug="waits")
    made = asked(waits, by=author)
    waits.refresh_from_db()
    one, at = f"{base}/suppressions/<suppression_id>", f"{desk}/{waits.pk}/suppressions/{made.pk}"
    yield Write(one, "DELETE", at, by["editor"], None, waits.etag)
    yield Write(f"{one}/confirm", "POST", f"{at}/confirm", by["editor"], None, waits.etag)
    unwanted = an_article(by=author, slug="unwanted")
    sent = {"confirm": "unwanted", "reason": "privacy", "note": "By letter."}
    yield Write(
        f"{base}/purge", "POST", f"{desk}/{unwanted.pk}/purge", by["administrator"], sent, unwanted.etag
    )


def _of_stories(base: str, desk: str, by: dict[str, ApiClient], author: User) -> Iterator[Write]:
    """Translating, and what whom a story is about has agreed to."""
    story = a_story(by=author, slug="story", authors=["ines-halloran"])
    sent = {"locale": "fr", "title": "Une année", "slug": "une-annee"}
    yield Write(f"{base}/translate", "POST", f"{desk}/{story.pk}/translate", by["author"], sent)
    consent = agreed(story)
    story.refresh_from_db()
    at = f"{desk}/{story.pk}/consents"
    given = {"scope": "M.", "document_reference": "sheet 13", "given_at": "2026-01-01T00:00:00Z"}
    yield Write(f"{base}/consents", "POST", at, by["editor"], given, story.etag)
    one = f"{base}/consents/<consent_id>/withdraw"
    yield Write(one, "POST", f"{at}/{consent.pk}/withdraw", by["editor"], {"note": "By letter."}, story.etag)


def _of_releases(client: ApiClient) -> Iterator[Write]:
    desk = f"{EDITORIAL}/releases"
    one = f"{desk}/<release_id>"
    article = an_article(slug="released")
    draft, other = a_release(publishing(article)), a_release(publishing(article))
    coming = a_release(publishing(an_article(slug="coming")))
    begin = {"effective_from": "2100-01-01T00:00:00Z"}
    coming = scheduled(coming, effective_from=ahead(hours=2)).release
    begun = a_begun_release(a_published_article(slug="begun"))
    taken = {"article": str(article.pk), "verb": "publish", "revision": 1, "change_note": "New."}
    body = {"name": "Spring", "note": "For the team.", "items": [taken]}
    yield Write(desk, "POST", desk, client, body)
    yield Write(one, "PATCH", f"{desk}/{draft.pk}", client, body, draft.etag)
    yield Write(one, "DELETE", f"{desk}/{other.pk}", client, None, other.etag)
    yield Write(f"{one}/schedule", "POST", f"{desk}/{draft.pk}/schedule", client, begin, draft.etag)
    yield Write(f"{one}/cancel", "POST", f"{desk}/{coming.pk}/cancel", client, {}, coming.etag)
    undo = {"name": "Back", "change_note": "As before.", **begin}
    yield Write(f"{one}/rollback", "POST", f"{desk}/{begun.pk}/rollback", client, undo, begun.etag)


def _of_catalogue(by: dict[str, ApiClient]) -> Iterator[Write]:
    for noun, body in CATALOGUE.items():
        desk, kind = f"{EDITORIAL}/{noun}", KINDS[noun]
        entry: CatalogueItem = an_entry(kind, "there-already")
        change = {name: value for name, value in body.items() if name != "key"}
        yield Write(desk, "POST", desk, by["editor"], body)
        yield Write(f"{desk}/<item_id>", "PATCH", f"{desk}/{entry.pk}", by["editor"], change, entry.etag)
        yield Write(f"{desk}/<item_id>", "DELETE", f"{desk}/{entry.pk}", by["editor"], None, entry.etag)
    yield from _of_shelves(by["editor"])


def _of_shelves(client: ApiClient) -> Iterator[Write]:
    """Versions of collections that lie ahead, and redirects."""
    item = an_entry("collection", "with-a-plan")
    saved(item, titled("Soon"), ahead(days=2))
    item.refresh_from_db()
    desk = f"{EDITORIAL}/collections"
    one, path = f"{desk}/<item_id>/versions/<number>", f"{desk}/{item.pk}/versions/2"
    yield Write(one, "PATCH", path, client, {"title": {"en": "Later"}}, item.etag)
    yield Write(one, "DELETE", path, client, None, item.etag)
    redirects = f"{EDITORIAL}/redirects"
    row = a_redirect("/old", "/new")
    yield Write(redirects, "POST", redirects, client, {"path": "/older", "target": "/new"})
    one, path = f"{redirects}/<redirect_id>", f"{redirects}/{row.pk}"
    yield Write(one, "PATCH", path, client, {"target": "/newer"}, row.etag)
    yield Write(one, "DELETE", path, client, None, row.etag)


def _of_replies(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
    article = a_published_article(slug="replied-to", comments_policy="hold")
    done = submit(
        article_id=article.pk,
        policy=Policy("hold"),
        submission=Submission(email="reader@example.org", ip_digest=NOBODY),
        draft=compose(words("Thank you."), "hold"),
        now=clock.read_instant(),
    )
    held, author = done.comment, ApiClient(token=done.token)
    yield Write(
        "/api/v1/articles/<slug>/comments",
        "POST",
        "/api/v1/articles/replied-to/comments",
        ApiClient(),
        form(),
    )
    as_site = {"text": "Thank you.", "answer_as": "site"}
    path = f"{EDITORIAL}/articles/{article.pk}/comments"
    yield Write(f"{EDITORIAL}/articles/<article_id>/comments", "POST", path, by["moderator"], as_site)
    tokens = "/api/v1/form-tokens"
    yield Write(tokens, "POST", tokens, ApiClient(), {"article": str(article.pk)})
    mine, own = "/api/v1/my/comments/<comment_id>", f"/api/v1/my/comments/{held.pk}"
    yield Write(mine, "PATCH", own, author, {"text": "Thank you all."}, held.etag)
    yield Write(mine, "DELETE", own, author)
    yield from _about_replies(by["moderator"], article, people["moderator"])
    block, at = (
        f"{EDITORIAL}/comments/<comment_id>/author-block",
        f"{EDITORIAL}/comments/{held.pk}/author-block",
    )
    yield Write(block, "PUT", at, by["moderator"], {"note": "Sells."}, held.etag)
    yield Write(block, "DELETE", at, by["moderator"], None, held.etag)
    ruling = {"decision": "publish", "version": 1, "reason": "within_guidelines", "note": "Kind."}
    mute = f"{EDITORIAL}/comments/<comment_id>/mute-author"
    yield Write(mute, "POST", mute.replace("<comment_id>", str(held.pk)), by["moderator"], None, held.etag)
    confirming = f"/api/v1/confirmations/{a_waiting_confirmation(_held('confirming'))}"
    yield Write("/api/v1/confirmations/<token>", "POST", confirming, ApiClient())
    link = f"/api/v1/contact-links/{a_waiting_request(_held('asking'))}"
    yield Write("/api/v1/contact-links/<token>", "POST", link, ApiClient())
    asked_for = {"email": "reader@example.org", "purpose": "export", "locale": "en"}
    yield Write("/api/v1/contact-requests", "POST", "/api/v1/contact-requests", ApiClient(), asked_for)
    author_of = f"{EDITORIAL}/comments/<comment_id>/author"
    place = author_of.replace("<comment_id>", str(_held("to-be-told").pk))
    yield Write(f"{author_of}/export", "POST", f"{place}/export", by["administrator"])
    gone = _held("to-be-erased")
    place = author_of.replace("<comment_id>", str(gone.pk))
    yield Write(f"{author_of}/erasure", "POST", f"{place}/erasure", by["administrator"], None, gone.etag)
    stop = f"/api/v1/unsubscribe/{stopping.token(stopping.ONE, held.pk)}"
    yield Write("/api/v1/unsubscribe/<token>", "POST", stop, ApiClient())
    queue = f"{EDITORIAL}/comments"
    yield Write(
        f"{queue}/<comment_id>/decisions",
        "POST",
        f"{queue}/{held.pk}/decisions",
        by["moderator"],
        ruling,
        held.etag,
    )
    yield from _of_the_moderators_desk(queue, by["moderator"], people["moderator"])


def _of_the_moderators_desk(queue: str, client: ApiClient, moderator: User) -> Iterator[Write]:
    """Claiming, giving back, undoing."""
    waiting, taken, decided = [_held(f"waits-{number}") for number in range(3)]
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


def _held(slug: str) -> Comment:
    """A reply that waits, alone beneath its article."""
    done = submit(
        article_id=a_published_article(slug=slug, comments_policy="hold").pk,
        policy=Policy("hold"),
        submission=Submission(email=f"{slug}@example.org", ip_digest=NOBODY),
        draft=compose(words("Thank you."), "hold"),
        now=clock.read_instant(),
    )
    return done.comment


def _about_replies(client: ApiClient, article: Article, moderator: User) -> Iterator[Write]:
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


def _of_tokens(by: dict[str, ApiClient], people: dict[str, User], signed_in: ApiClient) -> Iterator[Write]:
    tokens = f"{EDITORIAL}/tokens"
    own, _ = ApiToken.objects.create(user=people["author"], name="old")
    yield Write(
        tokens, "POST", tokens, signed_in, {"name": "build", "scopes": ["articles:read"], "expires_in": 60}
    )
    yield Write(f"{tokens}/<id>", "DELETE", f"{tokens}/{own.id}", by["author"])


def _of_the_site(client: ApiClient) -> Iterator[Write]:
    Site.objects.get_or_create(pk=1, defaults={"name": "Kintsugi Review", "locales": ["en"]})
    path = f"{EDITORIAL}/site"
    hours = {"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", "12:30"]]}}
    body = {"description": "Of healing.", "privacy_version": "2", "staffed_hours": hours}
    yield Write(path, "PATCH", path, client, body, client.get(path)["ETag"])


def _of_previews(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
    links, draft = f"{EDITORIAL}/preview-links", an_article(by=people["author"], slug="to-be-shown")
    nested, own = f"{EDITORIAL}/articles/<article_id>/preview-links", f"{EDITORIAL}/articles/{draft.pk}"
    made = [
        link_to_article(article_id=draft.pk, by=people["author"], now=clock.now())[0].pk for _ in range(2)
    ]
    life = {"label": "For the printer", "expires_in": 3600}
    yield Write(links, "POST", links, by["editor"], life | {"instant": "2100-01-01T00:00:00Z"})
    yield Write(nested, "POST", f"{own}/preview-links", by["author"], life | {"revision": 1})
    yield Write(f"{links}/<link_id>", "DELETE", f"{links}/{made[0]}", by["author"])
    yield Write(f"{nested}/<link_id>", "DELETE", f"{own}/preview-links/{made[1]}", by["author"])
