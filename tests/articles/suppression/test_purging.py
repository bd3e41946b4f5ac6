"""Deleting the texts of an article for good: what goes, what stays, and what every address says afterwards."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles import actions
from articles.models import Article, ConsentRecord, PreviewLink, Publication, Revision, Suppression
from cms import clock
from cms.errors import Gone, InvalidContent, PreconditionFailed, WrongState
from cms.models import AuditEntry, Change, IdempotencyRecord, Permit, User
from cms.preconditions import IfMatch
from tests.articles.suppression.histories import (
    SECRET,
    article_with_a_secret,
    confirmed,
    purged,
    taken_down_and_asked,
)
from tests.builders import ahead, an_article, fresh, published, reviewed, rows, tag, taken_down
from tests.client import ApiClient
from tests.matrix.addresses import filled, operations
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


@pytest.fixture
def doomed(
    author: User, editor: User, administrator: User, reviewer: User, at_time: Callable[[datetime], None]
) -> Article:
    """Taken down for privacy, with every past text suppressed; the secret stands in all that hangs on it."""
    article = article_with_a_secret(author)
    reviewed(article, by=reviewer, note=f"{SECRET}?", interests=SECRET, revision=2)
    actions.keep_working_copy(
        article_id=article.pk, based_on=1, content={"title": SECRET}, by=author, now=clock.now()
    )
    ConsentRecord.objects.create(
        article=article,
        scope=SECRET,
        document_reference="drawer 4",
        given_at=clock.now(),
        recorded_at=clock.now(),
    )
    PreviewLink.objects.create(
        article=article, token_digest="0" * 64, label=SECRET, created_at=clock.now(), expires_at=ahead(days=9)
    )
    outcome = taken_down_and_asked(article, by=editor, explanation=f"{SECRET} asked us.")
    at_time(outcome.visible_at)
    confirmed(article, Suppression.objects.get(), by=administrator)
    return fresh(article)


def tables_with(word: str) -> set[str]:
    """The tables in which the word stands, in any column of any row."""
    return {table for table, row in every_row() if word in text_of(row).lower()}


def test_the_text_is_nowhere_in_the_database(doomed: Article, administrator: User) -> None:
    assert len(tables_with(SECRET)) >= 7
    purged(doomed, by=administrator)
    assert tables_with(SECRET) == set()


def test_numbers_dates_addresses_and_hashes_stay(doomed: Article, administrator: User) -> None:
    kept = "id version revision_number state effective_from effective_until slug locale rendering_id etag".split()
    before = list(Publication.objects.in_time_order().values(*kept))
    revisions = list(
        Revision.objects.order_by("number").values("id", "number", "sha256", "created_at", "author")
    )
    purged(doomed, by=administrator)
    assert list(Publication.objects.in_time_order().values(*kept)) == before
    assert (
        list(Revision.objects.order_by("number").values("id", "number", "sha256", "created_at", "author"))
        == revisions
    )
    assert not Permit.objects.exists()


def test_the_hash_proves_a_copy_that_somebody_kept(doomed: Article, administrator: User) -> None:
    body = bytes(rows(doomed)[0].rendering.body)
    purged(doomed, by=administrator)
    row = rows(doomed)[0]
    assert row.rendering_id == hashlib.sha256(body).hexdigest()
    assert bytes(row.rendering.body) == b""


def test_other_articles_keep_their_texts(doomed: Article, administrator: User) -> None:
    other = article_with_a_secret(None, slug="other")
    before = [(bytes(row.card), bytes(row.rendering.body)) for row in rows(other)]
    purged(doomed, by=administrator)
    assert [(bytes(row.card), bytes(row.rendering.body)) for row in rows(other)] == before
    assert {row.document["title"] for row in other.revisions.all()} == {f"Sleep {SECRET}", "Sleep"}


def test_answers_that_were_remembered_go_too(doomed: Article, administrator: User) -> None:
    IdempotencyRecord.objects.create(lookup="0" * 64, fingerprint="", sealed=b"x", created_at=clock.now())
    purged(doomed, by=administrator)
    assert not IdempotencyRecord.objects.exists()


def test_its_slug_is_free(doomed: Article, administrator: User) -> None:
    purged(doomed, by=administrator)
    assert published(an_article(slug="sleep", title="Another")).row is not None


def test_it_is_audited_and_caches_are_told(doomed: Article, administrator: User) -> None:
    done = purged(doomed, by=administrator)
    entry = AuditEntry.objects.get(verb="article.purge")
    assert (entry.actor, entry.detail["reason"]) == (administrator, "privacy")
    change = Change.objects.filter(type="article.suppressed").latest("id")
    assert (change.at, change.version) == (done.visible_at, None)
    assert f"article-{doomed.pk}" in change.cache_tags
    assert any(found.startswith("topic-") for found in change.cache_tags)


def test_a_draft_that_was_never_public_can_go_at_once(author: User, administrator: User) -> None:
    draft = an_article(by=author, slug="", title=SECRET)
    purged(draft, by=administrator)
    assert tables_with(SECRET) == set()
    assert not Change.objects.exists()


def _refusal(article: Article, by: User, **other: Any) -> Any:
    said = {"confirm": "sleep", "reason": "privacy", "expected": tag(article)} | other
    with pytest.raises((WrongState, InvalidContent, Gone, PreconditionFailed)) as caught:
        actions.purge(article_id=article.pk, by=by, **said)
    return caught.value


def test_it_is_confirmed_by_the_slug(doomed: Article, administrator: User) -> None:
    error = _refusal(doomed, administrator, confirm="sleeping")
    assert [found.pointer for found in error.errors] == ["/confirm"]


def test_it_needs_the_tag_that_was_read_last(doomed: Article, administrator: User) -> None:
    assert _refusal(doomed, administrator, expected=IfMatch(('"r1-1"',))).code == "stale"


def test_what_is_public_is_not_purged(article: Article, administrator: User) -> None:
    assert _refusal(article, administrator).code == "still_public"


def test_what_will_be_public_is_not_purged(author: User, administrator: User) -> None:
    article = an_article(by=author)
    published(article, effective_from=ahead(days=3))
    assert _refusal(article, administrator).code == "still_public"


def test_a_past_within_reach_is_not_purged(
    article: Article, administrator: User, at_time: Callable[[datetime], None]
) -> None:
    at_time(taken_down(article).visible_at)
    assert _refusal(article, administrator).code == "not_suppressed"


def test_nothing_is_done_twice(doomed: Article, administrator: User) -> None:
    purged(doomed, by=administrator)
    assert _refusal(doomed, administrator, confirm=str(doomed.pk)).code == "purged"


def test_a_refusal_leaves_everything_as_it_was(article: Article, administrator: User) -> None:
    before = {text_of(row) for _, row in every_row()}
    _refusal(article, administrator)
    assert {text_of(row) for _, row in every_row()} == before


def _values(article: Article) -> dict[str, Any]:
    return {
        "slug": article.pk,
        "article_id": article.pk,
        "number": 1,
        "publication_id": rows(article)[0].pk,
        "suppression_id": Suppression.objects.get().pk,
    }


def _addresses_of_articles() -> Iterator[tuple[str, str]]:
    for method, route in operations():
        if "<uuid:article_id>" in route or "articles/<str:slug>" in route:
            yield method, route


BODIES: dict[str, dict[str, Any]] = {
    "autosave": {"based_on": 1, "title": "Typed"},
    "comments": {"author_name": "A", "author_email": "a@example.org", "text": "Hello."},
    "restore": {"revision": 1},
    "publications": {"revision": 1},
    "reviews": {"revision": 1, "decision": "approve"},
    "review-requests": {"revision": 1},
    "take-down": {"how": "unpublish"},
    "purge": {"confirm": "sleep", "reason": "privacy"},
    "suppress": {"reason": "privacy"},
}


def test_every_address_of_a_purged_article_answers(
    doomed: Article, administrator: User, as_administrator: ApiClient, api: ApiClient
) -> None:
    purged(doomed, by=administrator)
    told = {}
    for method, route in _addresses_of_articles():
        client = api if "articles/<str:slug>" in route and "preview" not in route else as_administrator
        path = filled(route, _values(doomed))
        body = BODIES.get(route.rpartition("/")[2], {})
        sent = {} if method == "GET" else {"data": body, "format": "json"}
        answer = getattr(client, method.lower())(path, headers={"if-match": fresh(doomed).etag}, **sent)
        assert answer.status_code in (200, 204, 404, 409, 410, 422), (method, route, answer.content)
        assert SECRET not in answer.content.decode().lower()
        told[method, route.partition("articles/")[2]] = answer.status_code
    base = "<uuid:article_id>"
    for method, verb in (
        ("POST", "restore"),
        ("POST", "publications"),
        ("POST", "duplicate"),
        ("PUT", "autosave"),
    ):
        assert told[method, f"{base}/{verb}"] == 410
    for verb in ("checks", "diff"):
        assert told["GET", f"{base}/{verb}"] == 410
    for read in ("", "/revisions", "/revisions/<int:number>", "/timeline", "/reviews", "/suppressions"):
        assert told["GET", base + read] == 200
    for read in ("", "/versions/<int:number>", "/timegate", "/diff"):
        assert told["GET", f"<str:slug>{read}"] == 410
    assert told["GET", "<str:slug>/versions"] == 200


def test_every_page_of_a_purged_article_is_shown(
    doomed: Article, administrator: User, browser_of: Callable[[User | None], Client]
) -> None:
    purged(doomed, by=administrator)
    browser = browser_of(administrator)
    for route in sorted({route for _, route in _addresses_of_articles()}):
        answer: Any = browser.get(filled(route, _values(doomed)))
        assert answer.status_code in (200, 302, 404, 405, 410), route
        assert SECRET not in answer.content.decode().lower()


def test_the_desk_says_that_the_texts_are_gone(
    doomed: Article, administrator: User, as_administrator: ApiClient
) -> None:
    purged(doomed, by=administrator)
    shown = as_administrator.get(f"{DESK}/{doomed.pk}").json()
    assert (shown["content"], shown["title"], shown["state"]) == (None, "", "gone")
    assert shown["purged_at"]
    revision = as_administrator.get(f"{DESK}/{doomed.pk}/revisions/1").json()
    assert (revision["content"], revision["message"]) == (None, "")
    assert len(revision["sha256"]) == 64
    assert as_administrator.get(f"{DESK}?q=sleep").json()["results"] == []


def test_only_an_administrator_purges(
    doomed: Article, as_editor: ApiClient, as_administrator: ApiClient
) -> None:
    url, body = f"{DESK}/{doomed.pk}/purge", {"confirm": "sleep", "reason": "privacy"}
    headers = {"if-match": doomed.etag, "idempotency-key": "once"}
    assert as_editor.post(url, body, headers=headers).status_code == 403
    assert as_administrator.post(url, body).status_code == 428
    done = as_administrator.post(url, body, headers=headers)
    assert done.status_code == 201
    assert done.json()["purged_at"]
    again = as_administrator.post(url, body, headers=headers)
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")


def test_by_its_slug_readers_are_told_why(doomed: Article, administrator: User, api: ApiClient) -> None:
    purged(doomed, by=administrator)
    answer = api.get("/api/v1/articles/sleep")
    assert (answer.status_code, answer.json()["reason"]) == (410, "privacy")
    connection.check_constraints()
