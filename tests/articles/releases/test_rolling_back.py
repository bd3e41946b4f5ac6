"""One call restores, as a release of its own, what was public before a release."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles.models import Article, Release, ReleaseItem
from cms import clock
from cms.errors import WrongState
from cms.models import User
from tests.articles.reader import document, state
from tests.articles.releases.acts import (
    a_draft_and_a_better_one,
    a_release,
    cancelled,
    now_of,
    publishing,
    rolled_back,
    rows_of,
    scheduled,
    unpublishing,
    withdrawing,
)
from tests.builders import a_published_article, a_revision, ahead, published, rows, taken_down

pytestmark = pytest.mark.django_db
AtTime = Callable[[datetime], None]
LATER = timedelta(hours=1)


@pytest.fixture
def released(at_time: AtTime) -> tuple[Release, dict[str, Article]]:
    """A release that has begun, with an article for each way in which one can be changed by it."""
    new, changed = a_draft_and_a_better_one()
    down, out = a_published_article(slug="rest"), a_published_article(slug="walk")
    withdrawn = a_published_article(slug="breathe")
    at_time(taken_down(withdrawn, "withdraw", explanation="Outdated.").visible_at)
    a_revision(withdrawn, title="Breathing again")
    release = a_release(
        publishing(new), publishing(changed), withdrawing(down), unpublishing(out), publishing(withdrawn)
    )
    at_time(scheduled(release, effective_from=ahead(hours=1)).visible_at)
    return release, {"new": new, "changed": changed, "down": down, "out": out, "withdrawn": withdrawn}


def states(articles: dict[str, Article]) -> dict[str, str | None]:
    return {name: state(article) for name, article in articles.items()}


def test_everything_is_as_it_was_at_one_instant(
    released: tuple[Release, dict[str, Article]], at_time: AtTime, editor: User
) -> None:
    release, articles = released
    during = {"new": "live", "changed": "live", "down": "withdrawn", "out": "gone", "withdrawn": "live"}
    assert states(articles) == during
    outcome = rolled_back(release, by=editor, change_note="The version before is back.")
    assert outcome.release.rolls_back_id == release.pk
    assert outcome.release.owner == editor
    assert {row.effective_from for row in rows_of(outcome.release)} == {outcome.visible_at}
    at_time(outcome.visible_at)
    before = {"new": "gone", "changed": "live", "down": "live", "out": "live", "withdrawn": "withdrawn"}
    assert states(articles) == before
    assert document(articles["changed"])["title"] == "Sleep after trauma"
    assert document(articles["withdrawn"])["title"] == "Sleep after trauma"
    assert document(articles["withdrawn"])["withdrawal"]["explanation"] == "Outdated."
    assert rows(articles["changed"])[-1].change_note == "The version before is back."
    assert rows(articles["changed"])[-1].version == 3


def test_a_rollback_can_be_rolled_back(released: tuple[Release, dict[str, Article]], at_time: AtTime) -> None:
    release, articles = released
    during = states(articles)
    undoing = rolled_back(release)
    at_time(undoing.visible_at)
    again = rolled_back(undoing.release)
    at_time(again.visible_at)
    assert states(articles) == during
    assert document(articles["changed"])["title"] == "Better sleep"


def test_it_may_be_planned_and_cancelled_and_planned_again(
    released: tuple[Release, dict[str, Article]],
) -> None:
    release, _ = released
    undoing = rolled_back(release, effective_from=ahead(hours=5), name="Back to winter")
    assert undoing.release.name == "Back to winter"
    with pytest.raises(WrongState) as caught:
        rolled_back(release)
    assert caught.value.code == "rolled_back"
    assert caught.value.extra["release"] == str(undoing.release.pk)
    cancelled(undoing.release)
    assert rolled_back(release).release.rolls_back_id == release.pk
    assert now_of(undoing.release).rolls_back_id is None


def test_what_has_not_begun_is_cancelled_and_not_rolled_back() -> None:
    first, second = a_draft_and_a_better_one()
    release = a_release(publishing(first), publishing(second))
    for _ in range(2):
        with pytest.raises(WrongState) as caught:
            rolled_back(release)
        assert caught.value.code == "release_not_begun"
        if release.state == "draft":
            release = scheduled(release, effective_from=ahead(hours=1)).release


def test_articles_that_were_changed_since_are_named(
    released: tuple[Release, dict[str, Article]], at_time: AtTime
) -> None:
    release, articles = released
    at_time(published(articles["changed"], 1).visible_at)
    with pytest.raises(WrongState) as caught:
        rolled_back(release)
    assert caught.value.code == "changed_since"
    assert [problem["article"] for problem in caught.value.extra["problems"]] == [str(articles["changed"].pk)]
    assert Release.objects.count() == 1


def test_what_can_no_longer_be_public_is_named_and_nothing_is_made(
    released: tuple[Release, dict[str, Article]], at_time: AtTime
) -> None:
    """Another article has taken the slug that one of them gave up."""
    release, articles = released
    heir = a_published_article(slug="heir")
    a_revision(heir, slug="walk")
    at_time(published(heir, 2).visible_at)
    with pytest.raises(WrongState) as caught:
        rolled_back(release)
    assert [(p["article"], p["code"]) for p in caught.value.extra["problems"]] == [
        (str(articles["out"].pk), "slug_taken")
    ]
    assert Release.objects.count() == 1
    assert ReleaseItem.objects.filter(release=release).count() == 5


def test_what_was_scheduled_after_it_stays(
    released: tuple[Release, dict[str, Article]], at_time: AtTime
) -> None:
    release, articles = released
    later = published(articles["changed"], 2, effective_from=clock.read_instant() + LATER).visible_at
    at_time(rolled_back(release).visible_at)
    assert document(articles["changed"])["title"] == "Sleep after trauma"
    at_time(later)
    assert document(articles["changed"])["title"] == "Better sleep"
