"""Something of every kind, so that a made-up request meets what is there: its address, its ETag, who may."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from articles.actions.previewing import link_to_article
from articles.models import (
    Article,
    CatalogueItem,
    ConsentRecord,
    PreviewLink,
    Redirect,
    Release,
    ReviewRequest,
    Suppression,
)
from cms import clock
from cms.models import ApiToken, User
from comments import stopping
from comments.actions import Submission, compose, submit
from comments.actions.threads import Policy
from comments.models import Comment, Escalation
from tests.articles.consent.stories import a_story, agreed
from tests.articles.releases.acts import a_release, publishing
from tests.articles.suppression.histories import article_with_a_secret, asked
from tests.builders import (
    a_byline,
    a_published_article,
    a_redirect,
    a_request,
    ahead,
    an_article,
    an_entry,
    published,
    rows,
)
from tests.comments.people import NOBODY, words
from tests.matrix.world import a_waiting_confirmation, a_waiting_request, an_escalation

NOUNS = {
    "topics": ("topic", "sleep"),
    "people": ("person", "mara-lund"),
    "references": ("reference", "lund2021"),
    "helplines": ("helpline", "night-line"),
    "legal-statuses": ("legal_status", "psilocybin-ca"),
    "collections": ("collection", "first-steps"),
}


@dataclass
class Things:
    """What is there. Of articles: a live one, a draft and one that is scheduled."""

    administrator: User
    live: Article
    draft: Article
    coming: Article
    publication_id: UUID
    comment: Comment
    author_token: str
    entries: dict[str, CatalogueItem]
    token: ApiToken
    redirect: Redirect
    link: PreviewLink
    release: Release
    request: ReviewRequest
    consent: ConsentRecord
    suppression: Suppression
    escalation: Escalation
    tokens: dict[str, str]
    """Of letters, by the noun of their address."""

    def address(self, template: str) -> dict[str, Any]:
        """Values for the variable parts of a template."""
        noun = next((noun for noun in self.entries if f"/{noun}" in template), "topics")
        parts = {
            "slug": "live",
            "number": 1,
            "article_id": str(self._article(template).pk),
            "publication_id": str(self.publication_id),
            "comment_id": str(self.comment.pk),
            "decision_id": str(self.comment.decisions.latest("id").pk),
            "item_id": str(self.entries[noun].pk),
            "key": self.entries[noun].key,
            "id": str(self.token.id),
            "redirect_id": str(self.redirect.pk),
            "link_id": str(self.link.pk),
            "release_id": str(self.release.pk),
            "request_id": str(self.request.pk),
            "consent_id": str(self.consent.pk),
            "suppression_id": str(self.suppression.pk),
            "escalation_id": str(self.escalation.pk),
            "token": next((value for noun, value in self.tokens.items() if f"/{noun}/" in template), ""),
        }
        return {name: value for name, value in parts.items() if f"{{{name}}}" in template}

    def etag(self, template: str) -> str:
        """The tag that whoever has just read it would send; it changes while requests change what is there."""
        if "{article_id}" in template:
            return _tag(self._article(template))
        if "{redirect_id}" in template:
            return _tag(self.redirect)
        if "{release_id}" in template:
            return _tag(self.release)
        if "{comment_id}" in template:
            return _tag(self.comment)
        noun = next((noun for noun in self.entries if f"/{noun}" in template), "topics")
        return _tag(self.entries[noun])

    def _article(self, template: str) -> Article:
        if template.endswith("{publication_id}"):
            return self.coming
        if "{consent_id}" in template:
            return self.consent.article
        if "{suppression_id}" in template:
            return self.suppression.article
        return self.live if template.endswith("take-down") else self.draft


def _tag(thing: Article | Redirect | Release | Comment | CatalogueItem) -> str:
    """As it is now; of what was deleted meanwhile, as it was."""
    found = type(thing).objects.filter(pk=thing.pk).first() or thing
    return str(found.etag)


def everything(author: User, administrator: User) -> Things:
    entries = {noun: an_entry(kind, key) for noun, (kind, key) in NOUNS.items()}
    a_byline(author, "ines-halloran")
    content = {"authors": ["ines-halloran"], "topics": ["sleep"], "legal": ["psilocybin-ca"]}
    live = a_published_article(by=author, slug="live", comments_policy="publish", **content)
    draft = an_article(by=author, slug="draft", **content)
    coming = an_article(by=author, slug="coming")
    published(coming, effective_from=ahead(hours=1))
    done = submit(
        article_id=live.pk,
        policy=Policy("publish"),
        submission=Submission(email="reader@example.org", ip_digest=NOBODY),
        draft=compose(words("Thank you."), "publish"),
        now=clock.read_instant(),
    )
    token = ApiToken.objects.create(user=administrator, name="old")[0]
    redirect = a_redirect("/old", live)
    link, _ = link_to_article(article_id=draft.pk, by=author, now=clock.now())
    return Things(
        administrator,
        live,
        draft,
        coming,
        rows(coming)[0].pk,
        done.comment,
        done.token,
        entries,
        token,
        redirect,
        link,
        release=a_release(publishing(draft)),
        request=a_request(draft, by=author),
        consent=agreed(a_story(by=author, slug="story", authors=["ines-halloran"])),
        suppression=asked(article_with_a_secret(author), by=author),
        escalation=an_escalation(done.comment.pk, administrator),
        tokens={
            "confirmations": a_waiting_confirmation(done.comment),
            "contact-links": a_waiting_request(done.comment),
            "unsubscribe": stopping.token(stopping.ONE, done.comment.pk),
        },
    )
