"""Every write of the desk that changes something existing, as one table: what is sent where, by whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from articles.actions import Destination, change_redirect, save_entry
from articles.actions.releases.drafting import count_release_write
from articles.models import Article, CatalogueItem, Redirect, Release
from cms.preconditions import IfMatch
from tests.articles.collections.shelf import DESK as COLLECTIONS
from tests.articles.collections.shelf import a_collection, saved, titled
from tests.articles.consent.stories import a_story, agreed
from tests.articles.releases.acts import a_begun_release, a_release, now_of, publishing, scheduled
from tests.articles.suppression.histories import article_with_a_secret, asked, first_row
from tests.builders import (
    a_published_article,
    a_redirect,
    a_request,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
)
from tests.client import ApiClient

DESK = "/api/v1/editorial/articles"


@dataclass(frozen=True)
class Target:
    """What a write is aimed at: its address, and the tag that somebody who has just read it knows."""

    path: str
    tag: Callable[[], str]
    touch: Callable[[], object]
    """Somebody else's write to it."""


@dataclass(frozen=True)
class Write:
    """One method at one address. `by` is the role that does it; `succeeds` the status when all is well.

    `other` is what another right body would say; None where nothing else can be said.
    """

    method: str
    target: Callable[[Any], Target]
    succeeds: int
    body: dict[str, Any] | None = None
    by: str = "editor"
    other: dict[str, Any] | None = None

    def send(self, client: ApiClient, target: Target, body: Any = None, **headers: str) -> Any:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, self.method)(
            target.path, body if body is not None else self.body, headers=names
        )


def _of(article: Article, suffix: str = "") -> Target:
    return Target(
        f"{DESK}/{article.pk}{suffix}",
        lambda: fresh(article).etag,
        lambda: published(article, effective_from=ahead(days=40)),
    )


def _draft(author: Any, suffix: str = "") -> Target:
    return _of(an_article(by=author), suffix)


def _live(author: Any) -> Target:
    return _of(a_published_article(by=author), "/take-down")


def _changed(author: Any) -> Target:
    article = an_article(by=author)
    a_revision(article, by=author, title="Changed")
    return _of(article, "/restore")


def _asked(author: Any) -> Target:
    article = an_article(by=author)
    return _of(article, f"/review-requests/{a_request(article, by=author).pk}")


def _scheduled(author: Any) -> Target:
    article = an_article(by=author)
    row = published(article, effective_from=ahead(days=2)).row
    return _of(article, f"/publications/{row.pk}")


def _past(author: Any) -> Target:
    article = article_with_a_secret(author)
    return _of(article, f"/publications/{first_row(article).pk}/suppress")


def _waiting(author: Any, suffix: str = "") -> Target:
    article = article_with_a_secret(author)
    return _of(article, f"/suppressions/{asked(article, by=author).pk}{suffix}")


def _purgeable(author: Any) -> Target:
    article = an_article(by=author)
    target = _of(article, "/purge")
    return replace(target, touch=lambda: a_revision(article, by=author, summary="Another."))


def _story(author: Any) -> Target:
    return _of_story(a_story(by=author), "/consents")


def _agreed(author: Any) -> Target:
    story = a_story(by=author)
    return _of_story(story, f"/consents/{agreed(story).pk}/withdraw")


def _of_story(story: Article, suffix: str) -> Target:
    path = f"{DESK}/{story.pk}{suffix}"
    return Target(path, lambda: fresh(story).etag, lambda: agreed(story, "Somebody else"))


def _entry(author: Any) -> Target:
    item = an_entry("topic", "sleep")

    def tag() -> str:
        return CatalogueItem.objects.get(pk=item.pk).etag

    def touch() -> object:
        changed = {"title": {"en": "Somebody else's"}}
        return save_entry(item_id=item.pk, content=changed, expected=IfMatch((tag(),)), by=None)

    return Target(f"/api/v1/editorial/topics/{item.pk}", tag, touch)


def _release(author: Any, suffix: str = "", **how: Any) -> Target:
    release = a_release(publishing(an_article(by=author)))
    if how:
        scheduled(release, **how)
    return _of_release(release, suffix)


def _of_release(release: Release, suffix: str = "") -> Target:
    path = f"/api/v1/editorial/releases/{release.pk}{suffix}"
    return Target(path, lambda: now_of(release).etag, lambda: count_release_write(now_of(release)))


def _begun(author: Any) -> Target:
    return _of_release(a_begun_release(a_published_article(by=author)), "/rollback")


def _collection(author: Any) -> Target:
    item = a_collection()

    def tag() -> str:
        return CatalogueItem.objects.get(pk=item.pk).etag

    return Target(f"{COLLECTIONS}/{item.pk}", tag, lambda: saved(item, titled("Theirs"), ahead(days=40)))


def _collection_version(author: Any) -> Target:
    target = _collection(author)
    item = CatalogueItem.objects.get(kind="collection")
    saved(item, titled("Soon"), ahead(days=2))
    return replace(target, path=f"{target.path}/versions/2")


def _redirect(author: Any) -> Target:
    row = a_redirect("/old", "/new")

    def tag() -> str:
        return Redirect.objects.get(pk=row.pk).etag

    def touch() -> object:
        to, expected = Destination(target="/theirs"), IfMatch((tag(),))
        return change_redirect(redirect_id=row.pk, path="/old", to=to, expected=expected, by=None)

    return Target(f"/api/v1/editorial/redirects/{row.pk}", tag, touch)


WRITES = {
    "saving": Write("patch", _draft, 200, {"summary": "Another."}, by="author"),
    "deleting a draft": Write("delete", _draft, 204, by="author"),
    "asking for a review": Write(
        "post",
        lambda a: _draft(a, "/review-requests"),
        201,
        {"revision": 1},
        by="author",
        other={"revision": 2},
    ),
    "taking a request back": Write("delete", _asked, 204, by="author"),
    "reviewing": Write(
        "post",
        lambda a: _draft(a, "/reviews"),
        201,
        {"revision": 1, "decision": "approve"},
        by="reviewer",
        other={"revision": 2},
    ),
    "publishing": Write(
        "post",
        lambda a: _draft(a, "/publications"),
        201,
        {"revision": 1, "effective_from": "2100-01-01T00:00:00Z"},
        other={"revision": 2},
    ),
    "moving a publication": Write("patch", _scheduled, 200, {"effective_from": "2100-01-01T00:00:00Z"}),
    "cancelling a publication": Write("delete", _scheduled, 204),
    "restoring": Write("post", _changed, 201, {"revision": 1}, by="author", other={"revision": 2}),
    "taking down": Write("post", _live, 201, {"how": "unpublish"}, other={"reason": "harm"}),
    "asking for a suppression": Write("post", _past, 201, {"reason": "privacy"}, other={"reason": "harm"}),
    "confirming a suppression": Write("post", lambda a: _waiting(a, "/confirm"), 201),
    "taking a suppression back": Write("delete", _waiting, 204),
    "purging": Write(
        "post",
        _purgeable,
        201,
        {"confirm": "sleep", "reason": "privacy"},
        by="administrator",
        other={"reason": "harm"},
    ),
    "recording a consent": Write(
        "post",
        _story,
        201,
        {"scope": "E.", "document_reference": "sheet 12", "given_at": "2026-01-01T00:00:00Z"},
        other={"scope": "M."},
    ),
    "withdrawing a consent": Write("post", _agreed, 201, {}, other={"note": "By letter."}),
    "saving a release": Write("patch", _release, 200, {"name": "Summer"}),
    "deleting a release": Write("delete", _release, 204),
    "scheduling a release": Write(
        "post",
        lambda a: _release(a, "/schedule"),
        201,
        {"effective_from": "2100-01-01T00:00:00Z"},
        other={"effective_from": "2101-01-01T00:00:00Z"},
    ),
    "cancelling a release": Write(
        "post", lambda a: _release(a, "/cancel", effective_from=ahead(days=2)), 201, {}
    ),
    "rolling a release back": Write(
        "post", _begun, 201, {"effective_from": "2100-01-01T00:00:00Z"}, other={"name": "Back"}
    ),
    "saving an entry": Write("patch", _entry, 200, {"title": {"en": "Rest"}}),
    "retiring an entry": Write("delete", _entry, 204),
    "saving a collection": Write("patch", _collection, 200, {"title": {"en": "Rest"}}),
    "retiring a collection": Write("delete", _collection, 204),
    "changing what is scheduled of a collection": Write(
        "patch", _collection_version, 200, {"title": {"en": "Rest"}}
    ),
    "cancelling what is scheduled of a collection": Write("delete", _collection_version, 204),
    "changing a redirect": Write("patch", _redirect, 200, {"target": "/newer"}),
    "deleting a redirect": Write("delete", _redirect, 204),
}
