"""What lies ahead: urgent fixes before it, moving it, cancelling it. What has begun stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles import actions
from articles.models import Article, Publication
from cms.clock import FAR
from cms.errors import InvalidContent, NotFound, PreconditionFailed, WrongState
from cms.ids import uuid7
from cms.models import AuditEntry, PendingChange, User
from tests.articles.reader import document, served, versions
from tests.builders import (
    SECOND,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    published,
    rows,
    tag,
    taken_down,
    with_past,
)

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]


def moved(article: Article, row: Publication, **bounds: object) -> actions.Outcome:
    return actions.reschedule(
        article_id=article.pk,
        publication_id=row.pk,
        expected=tag(article),
        by=None,
        keep_end="effective_until" not in bounds,
        **bounds,
    )


def cancelled(article: Article, row: Publication) -> actions.Outcome:
    return actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=None)


@pytest.fixture
def scheduled() -> tuple[Article, Publication]:
    """A live article whose second revision begins on another day."""
    article = a_published_article()
    a_revision(article, title="For Friday")
    return article, published(article, effective_from=ahead(days=5), update_type="major").row


def test_an_urgent_fix_before_a_scheduled_version_renumbers_what_lies_ahead(
    scheduled: tuple[Article, Publication], travel: Travel
) -> None:
    article, friday = scheduled
    assert (friday.version, document(article, at=friday.effective_from)["version"]) == (2, 2)
    a_revision(article, title="Urgent")
    fix = published(article, correction="A wrong number.")
    assert [warning for warning in fix.warnings if "next scheduled change" in warning]
    travel(5 * 86400)
    assert versions(rows(article)) == [(1, 1, "live"), (2, 3, "live"), (3, 2, "live")]
    shown = document(article)
    assert (shown["version"], shown["title"], shown["links"]["version"]) == (
        3,
        "For Friday",
        f"/api/v1/articles/{article.pk}/versions/3",
    )
    assert shown["corrections"][0]["note"] == "A wrong number."


def test_a_scheduled_row_keeps_its_id_and_who_made_it_when_it_is_laid_anew(
    scheduled: tuple[Article, Publication], editor: User
) -> None:
    article, friday = scheduled
    published(article, 1, by=editor)
    anew = Publication.objects.get(pk=friday.pk)
    assert (anew.version, anew.created_at, anew.created_by) == (3, friday.created_at, friday.created_by)


def test_a_scheduled_version_can_be_moved(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    later = friday.effective_from + timedelta(days=1)
    outcome = moved(article, friday, effective_from=later)
    assert (outcome.row.pk, outcome.row.effective_from, outcome.visible_at) == (friday.pk, later, later)
    assert document(article, at=later)["updated_at"] == f"{later:%Y-%m-%dT%H:%M:%SZ}"
    assert rows(article)[0].effective_until == later
    assert PendingChange.objects.get(publication_id=friday.pk).due_at == later


def test_two_scheduled_versions_can_change_places(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    a_revision(article, title="For Saturday")
    published(article, effective_from=friday.effective_from + timedelta(days=1))
    moved(article, friday, effective_from=friday.effective_from + timedelta(days=2))
    assert versions(rows(article)) == [(1, 1, "live"), (2, 3, "live"), (3, 2, "live")]


def test_an_end_can_be_set_moved_and_opened_while_it_lies_ahead() -> None:
    article = a_published_article()
    (row,) = rows(article)
    moved(article, row, effective_until=ahead(days=2))
    assert versions(rows(article)) == [(1, 1, "live"), (2, 1, "gone")]
    moved(article, row, effective_until=ahead(days=3))
    assert len(rows(article)) == 2
    assert served(article, ahead(days=2)) == served(article, ahead())
    moved(article, row, effective_until=None)
    assert versions(rows(article)) == [(1, 1, "live")]
    assert rows(article)[0].effective_until == FAR


def test_moving_the_beginning_keeps_the_end(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    end = friday.effective_from + timedelta(days=2)
    moved(article, friday, effective_until=end)
    moved(article, friday, effective_from=friday.effective_from + timedelta(days=1))
    assert Publication.objects.get(pk=friday.pk).effective_until == end


def test_a_beginning_behind_its_own_end_is_refused(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    moved(article, friday, effective_until=friday.effective_from + timedelta(days=1))
    with pytest.raises(InvalidContent) as caught:
        moved(article, friday, effective_from=friday.effective_from + timedelta(days=2))
    assert caught.value.code == "invalid_interval"


def test_a_bound_that_has_begun_cannot_be_moved() -> None:
    article = a_published_article()
    with pytest.raises(WrongState) as caught:
        moved(article, rows(article)[0], effective_from=ahead(days=1))
    assert caught.value.code == "has_begun"


@pytest.mark.parametrize("bound", ["effective_from", "effective_until"])
def test_a_bound_cannot_be_moved_into_the_past(scheduled: tuple[Article, Publication], bound: str) -> None:
    article, friday = scheduled
    with pytest.raises(InvalidContent):
        moved(article, friday, **{bound: ago(hours=1)})


def test_a_row_that_is_over_cannot_be_moved() -> None:
    article = with_past(an_article(), ago(days=4), ago(days=2))
    with pytest.raises(WrongState) as caught:
        moved(article, rows(article)[0], effective_until=ahead(days=1))
    assert caught.value.code == "has_ended"


def test_a_row_of_another_article_is_not_found(scheduled: tuple[Article, Publication]) -> None:
    _, friday = scheduled
    other = a_published_article(slug="dreams")
    with pytest.raises(NotFound):
        moved(other, friday, effective_from=ahead(days=1))
    with pytest.raises(NotFound):
        actions.cancel(article_id=other.pk, publication_id=uuid7(), expected=tag(other), by=None)


def test_moving_to_an_instant_that_is_taken_is_refused(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    other = published(article, 1, effective_from=friday.effective_from + timedelta(days=1)).row
    with pytest.raises(WrongState) as caught:
        moved(article, friday, effective_from=other.effective_from)
    assert caught.value.code == "instant_taken"


def test_a_scheduled_version_can_be_cancelled(scheduled: tuple[Article, Publication], travel: Travel) -> None:
    article, friday = scheduled
    cancelled(article, friday)
    assert versions(rows(article)) == [(1, 1, "live")]
    assert rows(article)[0].effective_until == FAR
    assert not PendingChange.objects.filter(publication_id=friday.pk).exists()
    travel(6 * 86400)
    assert document(article)["title"] == "Sleep after trauma"


def test_cancelling_takes_the_expiry_that_was_made_with_it(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    moved(article, friday, effective_until=friday.effective_from + timedelta(days=1))
    cancelled(article, friday)
    assert versions(rows(article)) == [(1, 1, "live")]


def test_cancelling_leaves_the_expiry_of_another(travel: Travel) -> None:
    article = an_article()
    expires = ahead(days=5)
    published(article, effective_until=expires)
    travel(2)
    a_revision(article, title="For a while")
    second = published(article, effective_from=ahead(days=2)).row
    cancelled(article, second)
    assert versions(rows(article)) == [(1, 1, "live"), (2, 1, "gone")]
    assert rows(article)[0].effective_until == expires


def test_what_has_begun_cannot_be_cancelled() -> None:
    article = a_published_article()
    with pytest.raises(WrongState) as caught:
        cancelled(article, rows(article)[0])
    assert caught.value.code == "has_begun"


def test_the_only_publication_can_be_cancelled_and_leaves_nothing_public(travel: Travel) -> None:
    article = an_article()
    cancelled(article, published(article, effective_from=ahead(days=1)).row)
    travel(2 * 86400)
    assert rows(article) == []
    assert served(article, ahead()) is None


def test_an_expiry_alone_can_be_cancelled(travel: Travel) -> None:
    article = an_article()
    published(article, effective_until=ahead(days=1))
    cancelled(article, rows(article)[1])
    travel(2 * 86400)
    assert document(article)["version"] == 1


def test_stale_changes_of_what_lies_ahead_are_refused(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    read = tag(article)
    published(article, 1)
    with pytest.raises(PreconditionFailed):
        actions.cancel(article_id=article.pk, publication_id=friday.pk, expected=read, by=None)
    with pytest.raises(PreconditionFailed):
        actions.reschedule(
            article_id=article.pk,
            publication_id=friday.pk,
            expected=read,
            by=None,
            effective_from=ahead(days=9),
        )


def test_a_fix_that_lasts_until_behind_the_next_version_ends_with_it(
    scheduled: tuple[Article, Publication],
) -> None:
    article, friday = scheduled
    outcome = published(article, 1, effective_until=friday.effective_from + timedelta(days=3))
    assert outcome.row.effective_until == friday.effective_from
    assert outcome.warnings == [
        f"It ends where the next scheduled change begins: {friday.effective_from:%Y-%m-%dT%H:%M:%SZ}."
    ]


def test_every_change_of_what_lies_ahead_is_in_the_audit(scheduled: tuple[Article, Publication]) -> None:
    article, friday = scheduled
    moved(article, friday, effective_from=friday.effective_from + SECOND)
    cancelled(article, friday)
    found = AuditEntry.objects.filter(subject=article.pk).order_by("-id").values_list("verb", "detail")[:2]
    assert list(found) == [
        ("article.cancel", {"publication": str(friday.pk)}),
        ("article.reschedule", {"publication": str(friday.pk)}),
    ]


def test_unpublishing_cancels_what_was_scheduled(
    scheduled: tuple[Article, Publication], travel: Travel
) -> None:
    article, _ = scheduled
    assert taken_down(article).warnings == ["What was scheduled after this has been cancelled."]
    travel(6 * 86400)
    assert versions(rows(article)) == [(1, 1, "live"), (2, 1, "gone")]


def test_an_end_does_not_outlive_all_that_it_could_end(travel: Travel) -> None:
    """Each of two went with the other between it and its expiry: nothing would be left to be gone."""
    article = an_article()
    first = published(article, effective_from=ahead(days=1), effective_until=ahead(days=3)).row
    second = published(article, effective_from=ahead(days=2)).row
    cancelled(article, first)
    cancelled(article, second)
    assert rows(article) == []
    travel(4 * 86400)
    assert served(article, ahead()) is None


def test_an_expiry_cannot_be_moved_before_what_it_ends() -> None:
    article = an_article()
    published(article, effective_from=ahead(days=2), effective_until=ahead(days=3))
    with pytest.raises(InvalidContent) as caught:
        moved(article, rows(article)[1], effective_from=ahead(days=1))
    assert caught.value.code == "invalid_interval"
