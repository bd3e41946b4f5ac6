"""Whatever takes away what a scheduled release rests on cancels it whole, at once, and its owner is told why."""

from typing import Any

import pytest

from articles import actions
from articles.actions.releases.revisiting import Cause, cancel_containing
from articles.models import Article, CatalogueItem, Release
from cms.errors import WrongState
from cms.models import AuditEntry, PendingChange, User
from cms.preconditions import IfMatch
from tests.articles.refusals import refused
from tests.articles.releases.acts import (
    a_draft_and_a_better_one,
    a_release,
    ahead_of,
    now_of,
    publishing,
    scheduled,
    unpublishing,
    why_cancelled,
    withdrawing,
)
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    an_entry,
    fresh,
    published,
    reviewed,
    rows,
    tag,
    taken_down,
)

pytestmark = pytest.mark.django_db
CLAIM = '::: claim certainty=high population="adults" refs=berglind2021\nSleep helps.\n:::\n'


@pytest.fixture
def pair() -> tuple[Release, Article, Article]:
    """A scheduled release, the draft it publishes, and the public article that it publishes anew."""
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    scheduled(release, effective_from=ahead(days=2))
    return release, first, second


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        ("withdraw", "article_withdrawn"),
        ("unpublish", "article_unpublished"),
        ("archive", "article_archived"),
    ],
)
def test_taking_one_down_is_never_blocked_and_cancels_the_release(
    pair: tuple[Release, Article, Article], how: str, cause: str, editor: User
) -> None:
    release, first, second = pair
    outcome = taken_down(second, how, by=editor, explanation="Outdated.")
    assert why_cancelled(release) == [cause]
    assert any("“Spring” was cancelled" in warning for warning in outcome.warnings)
    assert rows(first) == []
    assert rows(second)[-1].state == ("withdrawn" if how == "withdraw" else "gone")
    assert not PendingChange.objects.filter(publication_id=release.pk).exists()
    entry = AuditEntry.objects.get(verb="release.cancel")
    assert (entry.actor, entry.subject) == (None, release.pk)
    assert entry.detail["causes"] == [{"code": cause, "article": str(second.pk)}]


def test_its_owner_is_told_when_why_and_which(pair: tuple[Release, Article, Article]) -> None:
    release, _, second = pair
    taken_down(second)
    notice = now_of(release).notices[0]
    assert notice["detail"] == "The article was unpublished."
    assert notice["article"] == str(second.pk)
    assert notice["at"].endswith("Z")


def test_an_approval_taken_back_cancels_it(author: User, reviewer: User) -> None:
    article, other = an_article(by=author, medical=True), an_article(slug="grief")
    reviewed(article, by=reviewer)
    release = a_release(publishing(article), publishing(other))
    scheduled(release, effective_from=ahead(days=2))
    reviewed(article, by=reviewer, decision="request_changes", note="A number is wrong.")
    assert "not_approved" in why_cancelled(release)
    assert rows(other) == []


def test_a_second_approval_leaves_it(author: User, reviewer: User) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    release = a_release(publishing(article))
    scheduled(release, effective_from=ahead(days=2))
    reviewed(article, by=reviewer)
    assert now_of(release).state == "scheduled"


def test_a_retraction_that_makes_a_claim_fall_cancels_it() -> None:
    reference = an_entry("reference", "berglind2021")
    an_entry("person", "ines-halloran")
    names = {"authors": ["ines-halloran"], "references": ["berglind2021"]}
    article = an_article(kind="guide", body_markdown=CLAIM, **names)
    other = an_article(slug="grief")
    release = a_release(publishing(article), publishing(other))
    scheduled(release, effective_from=ahead(days=2))
    saved(reference, publication_status="retracted")
    assert why_cancelled(release) == ["claim_on_retracted"]
    assert rows(article) == rows(other) == []


def test_a_change_of_an_entry_that_harms_nothing_leaves_it() -> None:
    topic = an_entry("topic", "sleep")
    article = an_article(topics=["sleep"])
    release = a_release(publishing(article))
    scheduled(release, effective_from=ahead(days=2))
    saved(topic, title={"en": "Rest"})
    actions.rerender_stale(limit=10)
    assert now_of(release).state == "scheduled"
    assert [row.release_id for row in rows(article)] == [release.pk]


def test_what_rested_on_a_cancelled_release_is_cancelled_too() -> None:
    """The later one withdraws what only the earlier one would have published."""
    first, second = a_draft_and_a_better_one()
    earlier = a_release(publishing(first), publishing(second), name="Earlier")
    later = a_release(withdrawing(first), name="Later")
    unharmed = a_release(withdrawing(second), name="Unharmed")
    scheduled(earlier, effective_from=ahead(days=1))
    scheduled(later, effective_from=ahead(days=2))
    third = a_published_article(slug="rest")
    scheduled(a_release(publishing(third)), effective_from=ahead(days=3))
    scheduled(unharmed, effective_from=ahead(days=4))
    taken_down(second)
    assert why_cancelled(earlier) == ["article_unpublished"]
    assert why_cancelled(later) == ["not_public"]
    assert why_cancelled(unharmed) == ["article_unpublished"]
    assert [row.release_id for row in rows(third)[1:]] != []


def test_cancelling_a_publication_that_a_release_rests_on_cancels_the_release() -> None:
    article = an_article()
    row = published(article, effective_from=ahead(days=1)).row
    release = a_release(withdrawing(article))
    scheduled(release, effective_from=ahead(days=2))
    assert row is not None
    outcome = actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)
    assert why_cancelled(release) == ["not_public"]
    assert outcome.warnings != []


def test_moving_one_behind_it_cancels_it_as_well() -> None:
    article = an_article()
    row = published(article, effective_from=ahead(days=1)).row
    release = a_release(withdrawing(article))
    scheduled(release, effective_from=ahead(days=2))
    assert row is not None
    actions.reschedule(
        article_id=article.pk,
        publication_id=row.pk,
        expected=tag(article),
        by=None,
        effective_from=ahead(days=3),
    )
    assert why_cancelled(release) == ["not_public"]


def test_a_release_before_another_cancels_what_cannot_follow_it() -> None:
    article = a_published_article()
    later, earlier = a_release(withdrawing(article)), a_release(unpublishing(article))
    scheduled(later, effective_from=ahead(days=2))
    outcome = scheduled(earlier, effective_from=ahead(days=1))
    assert why_cancelled(later) == ["not_public"]
    assert now_of(earlier).state == "scheduled"
    assert outcome.warnings != []


def test_its_slug_cannot_be_taken_from_it() -> None:
    """The database refuses the other writer, so that the release stays as it is."""
    release = a_release(publishing(an_article(slug="sleep")))
    scheduled(release, effective_from=ahead(days=2))
    thief = an_article(slug="sleep")
    with refused("publication_slug_free"):
        published(thief)
    assert now_of(release).state == "scheduled"


def test_other_verbs_may_cancel_what_holds_an_article(pair: tuple[Release, Article, Article]) -> None:
    release, first, _ = pair
    told = cancel_containing(Cause("article_purged", first.pk))
    assert [found.pk for found in told] == [release.pk]
    assert why_cancelled(release) == ["article_purged"]


def test_what_has_begun_is_not_cancelled(pair: tuple[Release, Article, Article], at_time: Any) -> None:
    release, _, second = pair
    at_time(ahead_of(release)[0].effective_from)
    taken_down(second)
    assert now_of(release).state == "scheduled"
    assert now_of(release).notices == []


def test_the_cancelled_leave_their_articles_free(pair: tuple[Release, Article, Article]) -> None:
    release, first, second = pair
    taken_down(second)
    published(first)
    assert now_of(release).state == "cancelled"
    with pytest.raises(WrongState):
        actions.cancel_release(release_id=release.pk, expected=IfMatch((now_of(release).etag,)), by=None)
    assert fresh(first).last_version == 1


def saved(item: CatalogueItem, **content: Any) -> None:
    item.refresh_from_db()
    current = item.versions.get(number=item.head_number).document
    actions.save_entry(item_id=item.pk, content=current | content, expected=IfMatch((item.etag,)), by=None)


def test_a_newer_text_changes_nothing(pair: tuple[Release, Article, Article]) -> None:
    release, first, second = pair
    a_revision(second, title="Even better")
    assert now_of(release).state == "scheduled"
    assert [row.revision_number for row in ahead_of(release)] == [1, 2]
    assert fresh(first).head_number == 1
