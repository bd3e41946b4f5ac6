"""Every write of the desk that changes something existing, as one table: what is sent where, by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles.actions import save_entry
from articles.models import Article, CatalogueItem
from cms.preconditions import IfMatch
from tests.builders import a_published_article, a_revision, ahead, an_article, an_entry, fresh, published
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
    """One method at one address. `by` is the role that does it; `succeeds` the status when all is well."""

    method: str
    target: Callable[[Any], Target]
    succeeds: int
    body: dict[str, Any] | None = None
    by: str = "editor"

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


def _scheduled(author: Any) -> Target:
    article = an_article(by=author)
    row = published(article, effective_from=ahead(days=2)).row
    return _of(article, f"/publications/{row.pk}")


def _entry(author: Any) -> Target:
    item = an_entry("topic", "sleep")

    def tag() -> str:
        return CatalogueItem.objects.get(pk=item.pk).etag

    def touch() -> object:
        changed = {"title": {"en": "Somebody else's"}}
        return save_entry(item_id=item.pk, content=changed, expected=IfMatch((tag(),)), by=None)

    return Target(f"/api/v1/editorial/topics/{item.pk}", tag, touch)


WRITES = {
    "saving": Write("patch", _draft, 200, {"summary": "Another."}, by="author"),
    "deleting a draft": Write("delete", _draft, 204, by="author"),
    "asking for a review": Write(
        "post", lambda a: _draft(a, "/review-requests"), 201, {"revision": 1}, by="author"
    ),
    "reviewing": Write(
        "post", lambda a: _draft(a, "/reviews"), 201, {"revision": 1, "decision": "approve"}, by="reviewer"
    ),
    "publishing": Write(
        "post",
        lambda a: _draft(a, "/publications"),
        201,
        {"revision": 1, "effective_from": "2100-01-01T00:00:00Z"},
    ),
    "moving a publication": Write("patch", _scheduled, 200, {"effective_from": "2100-01-01T00:00:00Z"}),
    "cancelling a publication": Write("delete", _scheduled, 204),
    "restoring": Write("post", _changed, 201, {"revision": 1}, by="author"),
    "taking down": Write("post", _live, 201, {"how": "unpublish"}),
    "saving an entry": Write("patch", _entry, 200, {"title": {"en": "Rest"}}),
    "retiring an entry": Write("delete", _entry, 204),
}
