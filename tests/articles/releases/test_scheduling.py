"""Releases begin at one instant, whole; nothing of them is seen before; they are cancelled whole."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles import actions
from articles.models import Publication, Release, ReleaseItem
from cms import changes, clock, transactions
from cms.errors import InvalidContent, NotFound, PreconditionFailed, WrongState
from cms.models import AuditEntry, Change, PendingChange, User
from cms.preconditions import IfMatch
from tests.articles.reader import document, state
from tests.articles.releases.acts import (
    a_draft_and_a_better_one,
    a_release,
    ahead_of,
    cancelled,
    now_of,
    publishing,
    rows_of,
    scheduled,
    tag,
    unpublishing,
    withdrawing,
)
from tests.builders import a_published_article, a_revision, ahead, an_article, fresh, published, rows

pytestmark = pytest.mark.django_db
AtTime = Callable[[datetime], None]


def test_everything_begins_at_one_instant_and_nothing_before(at_time: AtTime) -> None:
    first, second = a_draft_and_a_better_one()
    third = a_published_article(slug="rest")
    friday = ahead(days=2)
    release = a_release(publishing(first), publishing(second), withdrawing(third))
    outcome = scheduled(release, effective_from=friday)
    assert outcome.visible_at == friday
    assert [row.effective_from for row in ahead_of(release)] == [friday] * 3
    assert [state(article, friday) for article in (first, second, third)] == ["live", "live", "withdrawn"]
    at_time(friday - timedelta(minutes=1))
    assert [state(article) for article in (first, second, third)] == [None, "live", "live"]
    assert document(second)["title"] == "Sleep after trauma"
    at_time(friday)
    assert [state(article) for article in (first, second, third)] == ["live", "live", "withdrawn"]
    assert document(second)["title"] == "Better sleep"


def test_without_an_instant_it_begins_at_the_stamp(at_time: AtTime) -> None:
    first, second = a_draft_and_a_better_one()
    outcome = scheduled(a_release(publishing(first), publishing(second)))
    assert {row.effective_from for row in rows_of(outcome.release)} == {outcome.visible_at}
    assert (outcome.visible_at - clock.now()).total_seconds() < 2
    at_time(outcome.visible_at)
    assert state(first) == "live"


def test_a_release_that_begins_now_takes_the_next_second_that_is_free_for_all() -> None:
    first, second = a_draft_and_a_better_one()
    taken = published(first).visible_at
    outcome = scheduled(a_release(publishing(second)))
    later = scheduled(a_release(publishing(first), withdrawing(second)))
    assert later.visible_at > max(taken, outcome.visible_at)


def test_the_items_know_their_rows_and_the_articles_were_written(editor: User) -> None:
    first, second = a_draft_and_a_better_one()
    tags = [first.etag, fresh(second).etag]
    release = a_release(publishing(first), publishing(second))
    scheduled(release, by=editor, effective_from=ahead(days=1))
    items = ReleaseItem.objects.filter(release=release)
    assert {item.publication_id for item in items} == {row.pk for row in ahead_of(release)}
    assert [fresh(first).etag, fresh(second).etag] != tags
    verbs = AuditEntry.objects.filter(actor=editor).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["article.publish", "article.publish", "release.schedule"]


def test_the_log_tells_of_the_release_once_with_all_its_articles(at_time: AtTime) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), unpublishing(second))
    instant = scheduled(release, effective_from=ahead(hours=1)).visible_at
    assert PendingChange.objects.get(publication_id=release.pk).due_at == instant
    at_time(instant)
    changes.settle(instant)
    entry = Change.objects.get(type="release.published")
    assert (entry.subject, entry.at, entry.article_id) == (release.pk, instant, None)
    assert {f"article-{first.pk}", f"article-{second.pk}", "list-en"} <= set(entry.cache_tags)
    kinds = set(Change.objects.filter(at=instant).values_list("type", flat=True))
    assert kinds == {"article.published", "article.gone", "release.published"}


def test_slugs_may_pass_between_its_articles(at_time: AtTime) -> None:
    """One gives its slug up and another takes it at the same instant, whichever id comes first; two may swap."""
    old, other = a_published_article(slug="sleep"), a_published_article(slug="rest")
    a_revision(old, slug="rest")
    a_revision(other, slug="sleep")
    heir, gone = an_article(slug="grief"), a_published_article(slug="grief")
    release = a_release(publishing(old), publishing(other), publishing(heir), unpublishing(gone))
    at_time(scheduled(release, effective_from=ahead(hours=1)).visible_at)
    assert [rows(article)[-1].slug for article in (old, other, heir)] == ["rest", "sleep", "grief"]
    assert (state(heir), state(gone)) == ("live", "gone")


def test_cancelling_takes_everything_back(editor: User) -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    scheduled(release, effective_from=ahead(days=1))
    outcome = cancelled(release, by=editor)
    assert (outcome.release.state, outcome.release.notices) == ("cancelled", [])
    assert ahead_of(release) == []
    assert [row.effective_until for row in rows(second)] == [clock.FAR]
    assert not PendingChange.objects.filter(publication_id=release.pk).exists()
    assert not PendingChange.objects.filter(due_at__gt=ahead(hours=1)).exists()


def test_what_was_cancelled_can_be_saved_and_scheduled_again() -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    scheduled(release, effective_from=ahead(days=1))
    cancelled(release)
    saved = actions.save_release(
        release_id=release.pk, expected=tag(release), by=None, now=clock.now(), items=[publishing(second)]
    )
    assert (saved.state, saved.effective_from) == ("draft", None)
    scheduled(release, effective_from=ahead(days=1))
    assert [row.article_id for row in ahead_of(release)] == [second.pk]


def test_an_urgent_fix_before_it_keeps_it(at_time: AtTime) -> None:
    _, article = a_draft_and_a_better_one()
    a_revision(article, title="An urgent fix")
    release = a_release(publishing(article, 2))
    friday = scheduled(release, effective_from=ahead(days=2)).visible_at
    outcome = published(article, 3)
    assert now_of(release).state == "scheduled"
    assert [(row.revision_number, row.version) for row in ahead_of(release)] == [(2, 3)]
    assert ReleaseItem.objects.get(release=release).publication_id == ahead_of(release)[0].pk
    at_time(outcome.visible_at)
    assert document(article)["title"] == "An urgent fix"
    at_time(friday)
    assert document(article)["title"] == "Better sleep"


def test_what_follows_a_release_stays(at_time: AtTime) -> None:
    _, article = a_draft_and_a_better_one()
    later = published(article, 2, effective_from=ahead(days=3)).visible_at
    at_time(scheduled(a_release(unpublishing(article)), effective_from=ahead(days=1)).visible_at)
    assert state(article) == "gone"
    at_time(later)
    assert state(article) == "live"


def test_a_member_is_not_moved_or_cancelled_alone() -> None:
    _, article = a_draft_and_a_better_one()
    release = a_release(publishing(article))
    scheduled(release, effective_from=ahead(days=1))
    row = ahead_of(release)[0]
    with pytest.raises(WrongState) as moving:
        actions.reschedule(
            article_id=article.pk,
            publication_id=row.pk,
            expected=IfMatch((fresh(article).etag,)),
            by=None,
            effective_from=ahead(days=3),
        )
    with pytest.raises(WrongState) as cancelling:
        actions.cancel(
            article_id=article.pk, publication_id=row.pk, expected=IfMatch((fresh(article).etag,)), by=None
        )
    assert moving.value.code == cancelling.value.code == "in_release"
    assert cancelling.value.extra == {"release": str(release.pk)}


def test_its_tag_moves_with_every_write_and_an_old_one_is_refused() -> None:
    article = an_article()
    release = a_release(publishing(article))
    tags = [release.etag]
    actions.save_release(
        release_id=release.pk, expected=tag(release), by=None, now=clock.now(), name="Summer"
    )
    tags.append(now_of(release).etag)
    scheduled(release, effective_from=ahead(days=1))
    tags.append(now_of(release).etag)
    cancelled(release)
    tags.append(now_of(release).etag)
    assert tags == ['"l1"', '"l2"', '"l3"', '"l4"']
    for verb in (actions.schedule_release, actions.cancel_release, actions.roll_back):
        with pytest.raises(PreconditionFailed):
            verb(release_id=release.pk, expected=IfMatch(('"l1"',)), by=None)


def test_what_has_no_place_in_a_state_is_refused(at_time: AtTime) -> None:
    article = an_article()
    release = a_release(publishing(article))
    assert refused(lambda: cancelled(release)) == "wrong_state"
    instant = scheduled(release, effective_from=ahead(hours=1)).visible_at
    assert refused(lambda: scheduled(release)) == "wrong_state"
    assert refused(lambda: save(release)) == "wrong_state"
    at_time(instant)
    for verb in (lambda: scheduled(release), lambda: cancelled(release), lambda: save(release)):
        assert refused(verb) == "has_begun"


def test_a_draft_can_be_deleted_and_nothing_else() -> None:
    article = an_article()
    release, other = a_release(publishing(article)), a_release(publishing(article))
    deleted = release.pk
    actions.delete_release(release_id=deleted, expected=tag(release), by=None, now=clock.now())
    with pytest.raises(NotFound):
        actions.schedule_release(release_id=deleted, expected=IfMatch(('"l1"',)), by=None)
    scheduled(other, effective_from=ahead(days=1))
    with pytest.raises(WrongState):
        actions.delete_release(release_id=other.pk, expected=tag(other), by=None, now=clock.now())


def test_an_instant_behind_us_is_refused() -> None:
    release = a_release(publishing(an_article()))
    with pytest.raises(InvalidContent) as caught:
        scheduled(release, effective_from=clock.read_instant())
    assert caught.value.code == "invalid_interval"
    assert not Publication.objects.exists()


def test_twenty_articles_are_committed_in_time(at_time: AtTime) -> None:
    articles = [an_article(slug=f"number-{number}") for number in range(20)]
    release = a_release(*(publishing(article) for article in articles))
    outcome = scheduled(release)
    assert {row.effective_from for row in rows_of(release)} == {outcome.visible_at}
    at_time(outcome.visible_at)
    assert {state(article) for article in articles} == {"live"}


def save(release: Release) -> None:
    actions.save_release(
        release_id=release.pk, expected=tag(release), by=None, now=clock.now(), name="Autumn"
    )


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(WrongState) as caught:
        transactions.run(work)
    return caught.value.code
