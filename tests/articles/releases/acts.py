"""What tests of releases do: draft, schedule, cancel and roll back, as somebody who has just read the release."""

from typing import Any
from uuid import UUID

from articles import actions
from articles.models import Article, Publication, Release
from cms import clock, transactions
from cms.models import User
from cms.preconditions import IfMatch
from tests.builders import a_published_article, a_revision, an_article


def publishing(article: Article, revision: int | None = None, **words: Any) -> dict[str, Any]:
    """An item that makes a revision public, the newest unless one is named."""
    number = revision or Article.objects.get(pk=article.pk).head_number
    return {"article": article.pk, "verb": "publish", "revision": number, **words}


def withdrawing(article: Article, why: str = "Outdated.") -> dict[str, Any]:
    return {"article": article.pk, "verb": "withdraw", "explanation": why}


def unpublishing(article: Article, **words: Any) -> dict[str, Any]:
    return {"article": article.pk, "verb": "unpublish", **words}


def a_release(*items: dict[str, Any], name: str = "Spring", by: User | None = None) -> Release:
    """A draft."""
    return actions.create_release(name=name, items=items, by=by, now=clock.now())


def a_draft_and_a_better_one(by: User | None = None) -> tuple[Article, Article]:
    """An article that was never public, and one that is and has a newer revision."""
    first = an_article(slug="grief", title="Grief", by=by)
    second = a_published_article(slug="sleep", by=by)
    a_revision(second, title="Better sleep", by=by)
    return first, second


def now_of(release: Release | UUID) -> Release:
    """The release as the database has it."""
    return Release.objects.get(pk=release if isinstance(release, UUID) else release.pk)


def tag(release: Release) -> IfMatch:
    return IfMatch((now_of(release).etag,))


def scheduled(release: Release, by: User | None = None, **how: Any) -> actions.ReleaseOutcome:
    return transactions.run(
        lambda: actions.schedule_release(release_id=release.pk, expected=tag(release), by=by, **how)
    )


def cancelled(release: Release, by: User | None = None) -> actions.ReleaseOutcome:
    return transactions.run(
        lambda: actions.cancel_release(release_id=release.pk, expected=tag(release), by=by)
    )


def rolled_back(release: Release, by: User | None = None, **how: Any) -> actions.ReleaseOutcome:
    return transactions.run(
        lambda: actions.roll_back(release_id=release.pk, expected=tag(release), by=by, **how)
    )


def ahead_of(release: Release) -> list[Publication]:
    """The rows that the release has laid down, and that have not begun."""
    rows = Publication.objects.filter(release=release, effective_from__gt=clock.now())
    return list(rows.order_by("article_id"))


def rows_of(release: Release) -> list[Publication]:
    """The rows that the release has laid down, begun or not."""
    return list(Publication.objects.filter(release=release).order_by("article_id"))


def why_cancelled(release: Release) -> list[str]:
    """The codes of what its owner is told; the release must be cancelled, with nothing of it left ahead."""
    found = now_of(release)
    assert found.state == "cancelled"
    assert ahead_of(found) == []
    return [notice["code"] for notice in found.notices]


def a_begun_release(article: Article) -> Release:
    """A release that began in the past, with what it did to an article that has a past already; it can be rolled back."""
    row = Publication.objects.filter(article=article).in_time_order().last()
    release = a_release(publishing(article), name="Begun")
    release.items.update(publication_id=row.pk)
    Release.objects.filter(pk=release.pk).update(state="scheduled", effective_from=row.effective_from)
    return now_of(release)
