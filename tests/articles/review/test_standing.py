"""What readers are told of review, and what follows for them from a decision: the table of docs/review.md."""

from collections.abc import Callable

import pytest

from articles.models import Article, PublicationPerson
from cms.errors import InvalidContent
from cms.models import AuditEntry, User
from tests.articles.reader import document
from tests.builders import (
    a_byline,
    a_published_article,
    a_revision,
    ahead,
    an_article,
    judged,
    published,
    reviewed,
    rows,
    taken_down,
)

pytestmark = pytest.mark.django_db
Travel = Callable[[float], None]
DUE = "2100-01-01T00:00:00Z"


@pytest.fixture
def approved(author: User, reviewer: User, travel: Travel) -> Article:
    """A medical article that is public as its reviewer approved it."""
    a_byline(reviewer, "dr-sorrel", name="Dr Sorrel")
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    published(article)
    travel(2)
    return article


def status(article: Article) -> tuple[str, int | None]:
    shown = document(article)["review"]
    assert rows_now(article) == shown["status"]
    return shown["status"], shown["reviewed_version"]


def rows_now(article: Article) -> str:
    """What the row that is live holds, for the desk's lists."""
    current = [row for row in rows(article) if row.version == document(article)["version"]]
    return current[-1].review_status


def test_what_nobody_reviewed_says_none() -> None:
    article = a_published_article()
    assert status(article) == ("none", None)


def test_an_approved_text_is_current(approved: Article) -> None:
    assert status(approved) == ("current", 1)


def test_a_minor_update_rests_on_the_text_it_barely_differs_from(
    approved: Article, author: User, travel: Travel
) -> None:
    before = document(approved)
    a_revision(approved, by=author, title="Sleep after a trauma")
    row = published(approved, update_type="minor").row
    travel(2)
    after = document(approved)
    assert status(approved) == ("current", 1)
    assert after["review"] == before["review"]
    assert (after["version"], after["title"]) == (2, "Sleep after a trauma")
    assert [after[name] for name in ("published_at", "updated_at")] == [
        before[name] for name in ("published_at", "updated_at")
    ]
    assert row.review == rows(approved)[0].review


def test_minor_updates_do_not_add_up(approved: Article, author: User, travel: Travel) -> None:
    a_revision(approved, by=author, summary="What may help.")
    published(approved, update_type="minor")
    travel(2)
    a_revision(approved, by=author, summary="What may help in 3 weeks.")
    with pytest.raises(InvalidContent) as caught:
        published(approved, update_type="minor")
    assert caught.value.code == "not_minor"
    assert [(error.code, error.pointer) for error in caught.value.errors] == [("number", "/summary")]


def test_a_text_that_was_not_approved_after_one_that_was_is_stale(
    author: User, reviewer: User, travel: Travel
) -> None:
    article = an_article(by=author)
    reviewed(article, by=reviewer)
    published(article)
    travel(2)
    a_revision(article, by=author, title="Another")
    published(article)
    travel(2)
    assert status(article) == ("stale", 1)
    assert "lastReviewed" not in document(article)["json_ld"]
    assert not PublicationPerson.objects.filter(publication=rows(article)[-1], role="reviewer").exists()


def test_what_broke_the_glass_is_pending_until_somebody_approves_it(
    approved: Article, author: User, reviewer: User, travel: Travel
) -> None:
    a_revision(approved, by=author, summary="Call first.")
    published(approved, break_glass="A number was dangerous.")
    travel(2)
    assert status(approved) == ("pending", 1)
    broken = document(approved)
    assert broken["review"]["unreviewed_reason"] == "A number was dangerous."
    reviewed(approved, by=reviewer)
    travel(2)
    assert status(approved) == ("current", 2)
    after = document(approved)
    assert after["review"]["unreviewed_reason"] is None
    assert after["corrections"] == broken["corrections"]
    assert (after["version"], after["updated_at"]) == (broken["version"], broken["updated_at"])


def test_a_minor_update_of_what_is_pending_stays_pending(
    approved: Article, author: User, travel: Travel
) -> None:
    a_revision(approved, by=author, summary="Call first.")
    published(approved, break_glass="A number was dangerous.")
    travel(2)
    a_revision(approved, by=author, summary="Call, first.")
    published(approved, update_type="minor")
    travel(2)
    assert status(approved) == ("pending", 1)
    assert document(approved)["review"]["unreviewed_reason"] == "A number was dangerous."
    assert len(document(approved)["corrections"]) == 1


def test_whoever_wrote_past_the_review_does_not_approve_what_stands_on_it(
    approved: Article, author: User, reviewer: User, travel: Travel
) -> None:
    a_revision(approved, by=reviewer, summary="Call first.")
    published(approved, break_glass="Urgent.")
    travel(2)
    a_revision(approved, by=author, title="Another")
    with pytest.raises(Exception, match="wrote themselves"):
        reviewed(approved, by=reviewer)


def test_reading_it_again_without_a_change_is_a_re_review(
    approved: Article, reviewer: User, travel: Travel
) -> None:
    before = document(approved)
    travel(3)
    made = judged(approved, by=reviewer)
    travel(2)
    after = document(approved)
    assert rows(approved)[-1].update_type == "rerender"
    assert made.visible_at == rows(approved)[-1].effective_from
    assert after["review"]["reviewed_at"] > before["review"]["reviewed_at"]
    assert {**after, "review": None, "json_ld": None} == {**before, "review": None, "json_ld": None}
    assert status(approved) == ("current", 1)


def test_a_re_review_may_set_the_day_of_the_next_one(
    approved: Article, reviewer: User, travel: Travel
) -> None:
    assert document(approved)["review"]["due_at"] is None
    day = ahead(days=300)
    reviewed(approved, by=reviewer, next_due_at=day)
    travel(2)
    assert document(approved)["review"]["due_at"] == f"{day:%Y-%m-%dT%H:%M:%SZ}"
    assert rows(approved)[-1].review_due_at == day
    reviewed(approved, by=reviewer)
    travel(2)
    assert document(approved)["review"]["due_at"] is None


def test_the_day_that_the_text_names_is_kept_for_the_desk() -> None:
    article = a_published_article(review_due_at=DUE)
    assert f"{rows(article)[0].review_due_at:%Y-%m-%dT%H:%M:%SZ}" == DUE
    assert document(article)["review"]["due_at"] == DUE


@pytest.mark.parametrize(("decision", "days"), [("approve", -1), ("request_changes", 30)])
def test_a_day_that_cannot_be_is_refused(approved: Article, reviewer: User, decision: str, days: int) -> None:
    with pytest.raises(InvalidContent) as caught:
        reviewed(approved, by=reviewer, decision=decision, next_due_at=ahead(days=days))
    assert [error.pointer for error in caught.value.errors] == ["/next_due_at"]


def test_what_lies_ahead_with_that_text_gets_the_review_too(
    approved: Article, author: User, reviewer: User
) -> None:
    later = a_revision(approved, by=author, title="Later", medical=False)
    published(approved, effective_from=ahead(days=2))
    assert rows(approved)[-1].review_status == "stale"
    reviewed(approved, by=reviewer)
    row = rows(approved)[-1]
    assert (row.revision_number, row.review_status) == (later.number, "current")
    assert document(approved, at=row.effective_from)["review"]["status"] == "current"


def test_asking_for_changes_of_what_is_live_takes_the_approval_back(
    approved: Article, reviewer: User, travel: Travel
) -> None:
    before = document(approved)
    reviewed(approved, by=reviewer, decision="request_changes", note="A study was retracted.")
    travel(2)
    assert status(approved) == ("stale", 1)
    after = document(approved)
    assert "retracted" not in str(after)
    assert (after["version"], after["updated_at"]) == (before["version"], before["updated_at"])
    reviewed(approved, by=reviewer)
    travel(2)
    assert status(approved)[0] == "current"


def test_asking_for_changes_of_what_nobody_approved_tells_readers_nothing(
    author: User, reviewer: User
) -> None:
    article = a_published_article(by=author)
    made = judged(article, by=reviewer, decision="request_changes")
    assert made.visible_at is None
    assert len(rows(article)) == 1


def test_an_approval_that_is_taken_back_cancels_what_was_scheduled_on_it(
    approved: Article, author: User, editor: User, reviewer: User
) -> None:
    a_revision(approved, by=author, title="Friday")
    reviewed(approved, by=reviewer)
    row = published(approved, by=editor, effective_from=ahead(days=2), effective_until=ahead(days=4)).row
    made = judged(approved, by=reviewer, decision="request_changes")
    assert [found.revision_number for found in rows(approved)] == [1]
    assert len(made.warnings) == 1
    assert "scheduled by editor" in made.warnings[0]
    told = AuditEntry.objects.get(verb="article.cancel")
    assert told.detail == {
        "publication": str(row.pk),
        "because": "changes_requested",
        "scheduled_by": "editor",
    }


def test_a_restored_text_keeps_its_approval(approved: Article, author: User, travel: Travel) -> None:
    a_revision(approved, by=author, title="Worse")
    a_revision(approved, by=author, title="Sleep after trauma")
    published(approved)
    travel(2)
    assert document(approved)["revision"] == 3
    assert status(approved) == ("current", 1)


def test_a_withdrawn_text_says_what_it_said_of_its_review(approved: Article, travel: Travel) -> None:
    before = document(approved)["review"]
    taken_down(approved, "withdraw", explanation="Outdated.")
    travel(2)
    assert document(approved)["review"] == before


def test_a_correction_says_from_which_version_to_which(
    approved: Article, author: User, reviewer: User, travel: Travel
) -> None:
    a_revision(approved, by=author, summary="It helps 3 of 10.")
    reviewed(approved, by=reviewer)
    published(approved, correction="A number was wrong.")
    travel(2)
    a_revision(approved, by=author, title="Sleep after some trauma")
    published(approved, update_type="minor", correction="A word was missing.")
    travel(2)
    told = document(approved)["corrections"]
    assert [(entry["note"], entry["from_version"], entry["to_version"]) for entry in told] == [
        ("A number was wrong.", 1, 2),
        ("A word was missing.", 2, 3),
    ]
