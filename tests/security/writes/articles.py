"""Writing of articles: their texts, reviews, publications, stories, and what is taken out of the past."""

from collections.abc import Iterator

from cms.models import User
from tests.articles.consent.stories import a_story, agreed
from tests.articles.suppression.histories import article_with_a_secret, asked, first_row
from tests.builders import (
    a_byline,
    a_published_article,
    a_request,
    a_revision,
    ahead,
    an_article,
    published,
    rows,
)
from tests.client import ApiClient
from tests.security.writes.write import EDITORIAL, Write


def of_articles(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
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
