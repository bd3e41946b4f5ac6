"""Taking down: withdrawn is still readable, with a banner; gone is gone, with a reason."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles import actions
from articles.models import Article
from cms import clock
from cms.errors import InvalidContent, PreconditionFailed, WrongState
from cms.ids import uuid7
from cms.models import AuditEntry, PendingChange, User
from tests.articles.reader import document, served, state, versions
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    fresh,
    published,
    reviewed,
    rows,
    tag,
    taken_down,
)

pytestmark = pytest.mark.django_db
Travel = Callable[[float], datetime]


def test_what_is_withdrawn_stays_readable_with_why_and_where_to_go(travel: Travel) -> None:
    better = a_published_article(slug="dreams")
    article = a_published_article()
    taken_down(article, "withdraw", explanation="The guideline changed.", alternative_id=better.pk)
    travel(2)
    shown = document(article)
    assert state(article) == "withdrawn"
    assert shown["withdrawal"] == {
        "explanation": "The guideline changed.",
        "alternative_href": f"/api/v1/articles/{better.pk}",
    }
    assert (shown["body"], shown["version"]) == (
        document(article, at=rows(article)[0].effective_from)["body"],
        2,
    )


def test_withdrawing_moves_no_date(travel: Travel) -> None:
    article = a_published_article()
    before = document(article)
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    assert [document(article)[name] for name in ("published_at", "updated_at")] == [
        before["published_at"],
        before["updated_at"],
    ]


def test_a_withdrawal_of_what_broke_the_glass_is_not_a_second_correction(
    author: User, travel: Travel
) -> None:
    article = an_article(by=author, medical=True)
    published(article, break_glass="Urgent.")
    travel(2)
    a_revision(article, by=author, title="Corrected")
    published(article, break_glass="A number was dangerous.")
    travel(2)
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    shown = document(article)
    assert [entry["note"] for entry in shown["corrections"]] == ["A number was dangerous."]
    assert shown["review"]["unreviewed_reason"] == "A number was dangerous."


def test_a_withdrawn_article_keeps_its_review(author: User, reviewer: User, travel: Travel) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    published(article)
    travel(2)
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    assert document(article)["review"]["status"] == "current"


@pytest.mark.parametrize("how", ["unpublish", "archive"])
def test_what_is_unpublished_or_archived_is_gone_with_its_reason(how: str, travel: Travel) -> None:
    article = a_published_article()
    taken_down(article, how, reason="consent", explanation="Its author asked for it.")
    travel(2)
    assert served(article, clock.read_instant()) == "gone: consent"
    assert (fresh(article).archived_at is not None) is (how == "archive")


def test_a_withdrawn_article_can_be_unpublished(travel: Travel) -> None:
    article = a_published_article()
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    taken_down(article)
    travel(2)
    assert versions(rows(article)) == [(1, 1, "live"), (2, 1, "withdrawn"), (3, 1, "gone")]


def test_a_withdrawn_article_can_be_published_again(travel: Travel) -> None:
    article = a_published_article()
    first = document(article)["published_at"]
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    published(article)
    travel(2)
    assert (document(article)["withdrawal"], document(article)["published_at"]) == (None, first)


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "archive"])
def test_what_was_never_public_cannot_be_taken_down(how: str) -> None:
    with pytest.raises(WrongState) as caught:
        taken_down(an_article(), how)
    assert caught.value.code == "not_public"


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "archive"])
def test_what_is_gone_cannot_be_taken_down_again(how: str, travel: Travel) -> None:
    article = a_published_article()
    taken_down(article)
    travel(2)
    with pytest.raises(WrongState):
        taken_down(article, how)


def test_what_is_withdrawn_cannot_be_withdrawn_again(travel: Travel) -> None:
    article = a_published_article()
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    with pytest.raises(WrongState):
        taken_down(article, "withdraw", explanation="Again.")


def test_what_is_only_scheduled_cannot_be_taken_down() -> None:
    article = an_article()
    published(article, effective_from=ahead(days=1))
    with pytest.raises(WrongState):
        taken_down(article)


def test_an_alternative_must_be_another_article() -> None:
    article = a_published_article()
    for alternative in (article.pk, uuid7()):
        with pytest.raises(InvalidContent) as caught:
            taken_down(article, "withdraw", explanation="Outdated.", alternative_id=alternative)
        assert caught.value.errors[0].pointer == "/alternative"


def test_a_stale_take_down_is_refused() -> None:
    article = a_published_article()
    read = tag(article)
    a_revision(article, title="Better")
    with pytest.raises(PreconditionFailed):
        actions.take_down(article_id=article.pk, how="unpublish", expected=read, by=None)


def test_withdrawing_leaves_what_is_scheduled(travel: Travel) -> None:
    article = a_published_article()
    a_revision(article, title="Corrected")
    published(article, effective_from=ahead(days=1))
    taken_down(article, "withdraw", explanation="Until it is corrected.")
    travel(86400 + 2)
    assert (state(article), document(article)["title"]) == ("live", "Corrected")


def test_withdrawing_as_another_version_begins_withdraws_that_one(travel: Travel) -> None:
    article: Article = a_published_article()
    a_revision(article, title="Begins in a moment")
    begins = published(article, effective_from=clock.stamp() + timedelta(seconds=1)).visible_at
    _until_just_before(begins, travel)
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(3)
    assert (state(article), document(article)["title"]) == ("withdrawn", "Begins in a moment")


def _until_just_before(instant: datetime, travel: Travel) -> None:
    """A third of a second before it: nearer than any stamp."""
    travel((instant - timedelta(seconds=0.35) - clock.now()).total_seconds())


def test_taking_down_is_told_in_the_log_and_the_audit(travel: Travel) -> None:
    article = a_published_article()
    taken_down(article, "withdraw", explanation="Planted words.", reason="outdated")
    assert PendingChange.objects.order_by("-due_at")[0].type == "article.withdrawn"
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.detail) == ("article.withdraw", {"reason": "outdated"})


def test_what_is_about_to_begin_is_public_for_a_second_before_it_is_gone(
    travel: Callable[[float], datetime],
) -> None:
    """Whoever published was told when it begins: that stays, and what comes after is cancelled."""
    article = an_article()
    begins = published(article).visible_at
    published(article, effective_from=begins + timedelta(days=1))
    gone = taken_down(article)
    assert [(row.state, row.effective_from) for row in rows(article)] == [
        ("live", begins),
        ("gone", gone.visible_at),
    ]
