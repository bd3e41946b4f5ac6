"""A site in which everything that readers must not see carries a word that is found nowhere else.

Each word names its place, so that a test that finds one says at once what got out: `zqplant-draft-title`.
"""

from dataclasses import dataclass, field
from typing import Any

from articles import actions
from articles.models import Article
from cms.models import ApiToken, User
from tests.builders import (
    a_byline,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    reviewed,
    rows,
    tag,
    taken_down,
    with_past,
)
from tests.client import ApiClient
from tests.comments.forms import a_token

PLANTED = "zqplant"


def mark(group: str, place: str) -> str:
    """A word for a place. It can stand in a slug, a name and the local part of an address."""
    return f"{PLANTED}-{group}-{place}"


def marked_content(group: str, **others: Any) -> dict[str, Any]:
    """Every field of an article's content that holds words."""
    return {
        "title": mark(group, "title"),
        "slug": mark(group, "slug"),
        "summary": mark(group, "summary"),
        "body_markdown": f"## {mark(group, 'heading')}\n\n{mark(group, 'body')}\n",
        "seo": {"title": mark(group, "seo-title"), "description": mark(group, "seo-description")},
        "urgency": [{"level": "urgent", "text": mark(group, "urgency")}],
        "extra": {mark(group, "extra-name"): mark(group, "extra")},
    } | others


@dataclass
class Planted:
    """Ids by what is hidden there, and the secrets that are no words of ours."""

    articles: dict[str, Article] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    publications: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    @property
    def words(self) -> set[str]:
        """What no reader may be sent."""
        return {PLANTED, *self.secrets}


def plant_articles(site: Planted, author: User, editor: User, reviewer: User) -> None:
    """Drafts, unpublished revisions, what is scheduled, what is gone, the bin; reviews, messages and notes on them."""
    person = a_byline(author, "ines-halloran", name="Ines Halloran")
    known = {"authors": [person.key]}
    _plant_catalogue()
    a = site.articles
    a["public"] = an_article(by=author, slug="public", comments_policy="publish", **known)
    _save(a["public"], author, "draft-message", body_markdown="What helps.")
    reviewed(a["public"], by=reviewer, **_remarks("draft-review"))
    a["public"] = with_past(a["public"], ago(days=9), ago(days=8))
    a["changed"] = a_published_article(by=author, slug="changed", **known)
    _save(a["changed"], author, "draft-changed", **marked_content("draft-changed"))
    reviewed(a["changed"], by=reviewer, decision="request_changes", **_remarks("draft-changed"))
    a["draft"] = _draft(author, "draft-new")
    reviewed(a["draft"], by=reviewer, **_remarks("draft-new"))
    a["scheduled"] = _draft(author, "draft-scheduled")
    published(
        a["scheduled"],
        by=editor,
        effective_from=ahead(hours=1),
        effective_until=ahead(hours=2),
        change_note=mark("draft-notes-a", "change"),
    )
    a["rescheduled"] = a_published_article(by=author, slug="rescheduled", **known)
    a_revision(a["rescheduled"], by=author, **marked_content("draft-later"))
    published(a["rescheduled"], by=editor, effective_from=ahead(hours=1), **_notes("b"))
    a["gone"] = a_published_article(by=author, slug="gone", **known)
    a_revision(a["gone"], by=author, **marked_content("draft-gone"))
    taken_down(a["gone"], by=editor, reason="outdated", explanation="Another text is better.")
    a["cancelled"] = _draft(author, "draft-cancelled")
    row = published(
        a["cancelled"], by=editor, effective_from=ahead(hours=1), change_note=mark("draft-notes-c", "change")
    ).row
    assert row is not None
    actions.cancel(
        article_id=a["cancelled"].pk, publication_id=row.pk, expected=tag(a["cancelled"]), by=editor
    )
    for group, who in {"draft-typed": author, "draft-typing": editor}.items():
        actions.keep_working_copy(
            article_id=a["public"].pk, based_on=1, content=marked_content(group), by=who, now=ago(seconds=0)
        )
    a["binned"] = _draft(author, "draft-binned")
    actions.delete_draft(article_id=a["binned"].pk, expected=tag(a["binned"]), by=author, now=ago(seconds=0))
    site.publications = [str(row.pk), *(str(row.pk) for article in a.values() for row in rows(article))]


def plant_people(site: Planted, people: list[User]) -> None:
    """Names, addresses and tokens of those who work here."""
    for person in people:
        person.username = mark("staff", person.username)
        person.email = f"{mark('staff', 'mail')}@{PLANTED}.example"
        person.first_name, person.last_name = mark("staff", "first"), mark("staff", "last")
        person.save()
        token, secret = ApiToken.objects.create(user=person, name=mark("staff", "token"))
        site.secrets |= {secret, token.digest}


def plant_replies(site: Planted, reader: ApiClient, moderator: ApiClient) -> None:
    """Replies in every state, each with marked words, name, website and address; some above a public reply."""
    website = f"https://{mark('reply', 'site')}.example/"
    reply(site, reader, "public", text="Thank you.")
    reply(
        site,
        reader,
        "initials",
        text="So do I.",
        display_as="initials",
        author_name=f"Anna {mark('reply', 'kin')}",
    )
    reply(site, reader, "held", author_website=website, parent=site.replies["public"])
    for state, decision in {"rejected": "reject", "spam": "spam"}.items():
        reply(site, reader, state, author_website=website)
        decide(moderator, site.replies[state], decision)
    for state, child in {"removed": None, "kept-removed": "child"}.items():
        reply(site, reader, state)
        _answered(site, reader, state, child)
        decide(moderator, site.replies[state], "remove")
    for state, child in {"deleted": None, "kept-deleted": "other-child"}.items():
        token = reply(site, reader, state)
        _answered(site, reader, state, child)
        erased = reader.delete(own(site.replies[state]), headers={"Authorization": f"Bearer {token}"})
        assert erased.status_code == 204
    _about_replies(site, reader, moderator)
    token = reply(site, reader, "edited", text="At first.")
    edit(reader, site.replies["edited"], token, mark("reply", "pending") + " https://a.example")
    token = reply(site, reader, "reworded")
    edit(reader, site.replies["reworded"], token, "Better words.")


def _about_replies(site: Planted, reader: ApiClient, moderator: ApiClient) -> None:
    """A report, an escalation and a message on the public reply, and an appeal about one that was turned away."""
    public, desk = site.replies["public"], "/api/v1/editorial/comments"
    note = mark("reply", "said")
    answers = [
        reader.post(f"/api/v1/comments/{public}/reports", {"reason": "privacy", "note": note}),
        moderator.post(f"{desk}/{public}/escalations", {"to": note, "note": note}),
        moderator.post(f"{desk}/{public}/messages", {"text": note}),
    ]
    website = f"https://{mark('reply', 'site')}.example/"  # held for it, so that it can be turned away
    token = reply(site, reader, "appealed", author_website=website)
    decide(moderator, site.replies["appealed"], "reject")
    bearer = {"Authorization": f"Bearer {token}"}
    answers.append(reader.post(f"{own(site.replies['appealed'])}/appeals", {"text": note}, headers=bearer))
    assert [answer.status_code for answer in answers] == [202, 201, 201, 201]


def reply(site: Planted, reader: ApiClient, state: str, text: str = "", **typed: Any) -> str:
    """The token of a new reply whose words, unless told otherwise, and whose name and address are marked."""
    body = {
        "author_name": mark("reply", f"name-{state}"),
        "author_email": f"{mark('mail', state)}@{mark('mail', state)}.example",
        "text": text or mark("reply", f"text-{state}"),
        "display_as": "anonymous",
        "form_token": a_token(site.articles["public"]),
    }
    answer = reader.post(
        f"/api/v1/articles/{site.articles['public'].pk}/comments",
        body | typed,
        headers={"Idempotency-Key": mark("key", state)},
    )
    assert answer.status_code in (201, 202), answer.content
    made = answer.json()
    site.replies[state] = made["id"]
    site.secrets.add(made["author_token"])
    return str(made["author_token"])


def _answered(site: Planted, reader: ApiClient, state: str, child: str | None) -> None:
    if child:
        reply(site, reader, child, text="I agree.", parent=site.replies[state])


def decide(moderator: ApiClient, id_: str, decision: str) -> None:
    url = f"/api/v1/editorial/comments/{id_}"
    seen = moderator.get(url).json()
    body = {
        "decision": decision,
        "version": seen["version"],
        "reason": "off_topic",
        "note": mark("reply", "note"),
    }
    answer = moderator.post(f"{url}/decisions", body, headers={"If-Match": seen["etag"]})
    assert answer.status_code == 201, answer.content


def edit(reader: ApiClient, id_: str, token: str, text: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    etag = reader.get(own(id_), headers=bearer).headers["ETag"]
    answer = reader.patch(own(id_), {"text": text}, headers=bearer | {"If-Match": etag})
    assert answer.status_code == 200, answer.content


def own(id_: str) -> str:
    return f"/api/v1/my/comments/{id_}"


def _draft(author: User, group: str) -> Article:
    article = an_article(by=author, **marked_content(group))
    _save(article, author, group, summary=mark(group, "second-summary"))
    return fresh(article)


def _save(article: Article, author: User, group: str, **patch: Any) -> None:
    actions.save_revision(
        article_id=article.pk,
        patch=patch,
        expected=tag(article),
        by=author,
        now=ago(seconds=0),
        message=mark(group, "message"),
    )


def _remarks(group: str) -> dict[str, Any]:
    remark = {"note": mark(group, "remark")}
    return {"note": mark(group, "note"), "interests": mark(group, "interests"), "remarks": [remark]}


def _notes(which: str) -> dict[str, str]:
    group = f"draft-notes-{which}"
    return {"change_note": mark(group, "change"), "correction": mark(group, "correction")}


def _plant_catalogue() -> None:
    """What the desk notes on an entry, and a helpline that nobody has verified."""
    an_entry(
        "helpline", "verified-line", verified_by=mark("desk", "verified-by"), source=mark("desk", "source")
    )
    an_entry(
        "helpline",
        "unverified-line",
        verified_at=None,
        name=mark("desk", "unverified"),
        note=mark("desk", "note"),
    )
