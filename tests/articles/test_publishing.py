"""Publishing: now, later, until; what moves the dates that readers see, and what is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import actions
from articles.models import Article, Embed, PublicationPerson, PublicationTopic
from cms import clock
from cms.clock import FAR
from cms.constraints import meaning_of
from cms.errors import InvalidContent, NotFound, PreconditionFailed, WrongState
from cms.models import AuditEntry, PendingChange, User
from tests.articles.reader import document, served, state, versions
from tests.builders import (
    SECOND,
    a_byline,
    a_published_article,
    a_revision,
    ago,
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
Travel = Callable[[float], datetime]


def test_publishing_now_begins_at_a_whole_second_ahead_of_the_clock(editor: User) -> None:
    article = an_article()
    before = clock.now()
    outcome = published(article, by=editor)
    assert outcome.row.effective_from.microsecond == 0
    assert before + timedelta(seconds=0.25) < outcome.row.effective_from <= clock.now() + timedelta(seconds=2)
    assert (outcome.visible_at, outcome.row.effective_until) == (outcome.row.effective_from, FAR)


def test_readers_see_it_from_its_instant_on_and_not_before(travel: Travel) -> None:
    article = an_article()
    visible_at = published(article).visible_at
    assert served(article, visible_at - SECOND) is None
    travel(2)
    assert document(article)["title"] == "Sleep after trauma"
    assert document(article, at=visible_at)["published_at"] == f"{visible_at:%Y-%m-%dT%H:%M:%SZ}"


def test_publishing_later_changes_nothing_until_then(travel: Travel) -> None:
    article = a_published_article()
    a_revision(article, title="Better")
    outcome = published(article, effective_from=ahead(days=2))
    assert document(article)["title"] == "Sleep after trauma"
    assert document(article, at=outcome.visible_at - SECOND)["title"] == "Sleep after trauma"
    travel(2 * 86400)
    assert document(article)["title"] == "Better"


def test_publishing_until_an_instant_makes_it_gone_then(travel: Travel) -> None:
    article = an_article()
    until = ahead(days=1)
    published(article, effective_until=until)
    travel(86400)
    assert served(article, until - SECOND) is not None
    assert served(article, until) == "gone: expired"
    assert versions(rows(article)) == [(1, 1, "live"), (2, 1, "gone")]


def test_an_older_revision_can_be_published_again() -> None:
    article = a_published_article()
    a_revision(article, title="Worse")
    published(article, 2)
    published(article, 1)
    assert versions(rows(article)) == [(1, 1, "live"), (2, 2, "live"), (3, 1, "live")]


def test_publishing_now_twice_takes_the_next_free_second() -> None:
    article = an_article()
    first, second = published(article).visible_at, published(article).visible_at
    assert second >= first + SECOND


def test_a_major_update_moves_updated_at_and_a_minor_one_moves_no_date(travel: Travel) -> None:
    article = a_published_article()
    first = document(article)
    major = published(article, update_type="major").visible_at
    travel(2)
    after_major = document(article)
    published(article, update_type="minor", change_note="A comma.")
    travel(2)
    after_minor = document(article)
    assert after_major["published_at"] == first["published_at"]
    assert after_major["updated_at"] == f"{major:%Y-%m-%dT%H:%M:%SZ}"
    assert [after_minor[name] for name in ("published_at", "updated_at", "first_published_at")] == [
        after_major[name] for name in ("published_at", "updated_at", "first_published_at")
    ]
    assert [document(article, at=row.effective_from)["version"] for row in rows(article)] == [1, 2, 3]


def test_after_it_was_gone_it_is_published_anew_and_first_published_at_stays(travel: Travel) -> None:
    article = a_published_article()
    first = document(article)
    taken_down(article)
    travel(2)
    again = published(article).visible_at
    travel(2)
    shown = document(article)
    assert shown["published_at"] == shown["updated_at"] == f"{again:%Y-%m-%dT%H:%M:%SZ}"
    assert shown["first_published_at"] == first["published_at"]
    assert shown["version"] == 3


def test_publishing_an_archived_article_brings_it_back_to_the_desk(travel: Travel) -> None:
    article = a_published_article()
    taken_down(article, "archive")
    travel(2)
    assert fresh(article).archived_at is not None
    published(article)
    assert fresh(article).archived_at is None


def test_a_correction_is_told_with_the_versions_before_and_after(travel: Travel) -> None:
    article = a_published_article()
    at = published(article, correction="The year was wrong.").visible_at
    travel(2)
    published(article, update_type="minor")
    travel(2)
    told = [
        {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "note": "The year was wrong.", "from_version": 1, "to_version": 2}
    ]
    assert document(article)["corrections"] == told
    assert document(article, at=at - SECOND)["corrections"] == []


def test_a_first_version_corrects_nothing() -> None:
    article = an_article()
    with pytest.raises(InvalidContent) as caught:
        published(article, correction="There was nothing before.")
    assert [(error.code, error.pointer) for error in caught.value.errors] == [
        ("nothing_to_correct", "/correction")
    ]
    assert rows(article) == []


def test_a_medical_article_rests_on_its_approval_and_says_so(
    author: User, reviewer: User, travel: Travel
) -> None:
    person = a_byline(reviewer, "dr-sorrel", name="Dr Hanneke Sorrel")
    article = an_article(by=author, medical=True)
    approval = reviewed(article, by=reviewer)
    outcome = published(article)
    travel(2)
    shown = document(article)["review"]
    assert outcome.row.review == approval
    assert (shown["status"], shown["reviewed_version"]) == ("current", 1)
    assert (shown["reviewed_by"]["name"], shown["reviewed_by"]["id"]) == ("Dr Hanneke Sorrel", str(person.pk))
    assert PublicationPerson.objects.get(publication=outcome.row).role == "reviewer"


def test_an_approved_revision_does_not_carry_a_later_one(author: User, reviewer: User) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    a_revision(article, by=author, title="Not what was read")
    with pytest.raises(WrongState) as caught:
        published(article)
    assert caught.value.code == "not_approved"
    assert published(article, 1).row.revision_number == 1


def test_a_broken_glass_is_seen_by_readers_with_its_reason(
    author: User, reviewer: User, travel: Travel
) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    published(article)
    travel(2)
    a_revision(article, by=author, summary="A wrong number was taken out.")
    published(article, break_glass="A number was dangerous.")
    travel(2)
    shown = document(article)
    assert (shown["review"]["status"], shown["review"]["unreviewed_reason"]) == (
        "pending",
        "A number was dangerous.",
    )
    assert [entry["note"] for entry in shown["corrections"]] == ["A number was dangerous."]
    assert AuditEntry.objects.filter(detail__break_glass=True).count() == 1


def test_the_checks_stand_before_the_readers() -> None:
    article = an_article(summary="", body_markdown="")
    with pytest.raises(InvalidContent) as caught:
        published(article)
    assert caught.value.code == "checks_failed"
    assert {error.pointer for error in caught.value.errors} == {"/summary", "/body_markdown"}
    assert rows(article) == []


def test_a_claim_that_rests_on_retracted_work_is_not_published() -> None:
    an_entry("reference", "mitchell2021", publication_status="retracted")
    an_entry("person", "ines-halloran")
    claim = '::: claim certainty=low population="adults" refs=mitchell2021\nIt helps.\n:::\n'
    article = an_article(kind="guide", authors=["ines-halloran"], body_markdown=claim)
    with pytest.raises(InvalidContent) as caught:
        published(article)
    assert "claim_on_retracted" in {error.code for error in caught.value.errors}


def test_an_instant_that_has_passed_is_refused() -> None:
    with pytest.raises(InvalidContent) as caught:
        published(an_article(), effective_from=ago(seconds=1))
    assert (caught.value.code, caught.value.errors[0].pointer) == ("invalid_interval", "/effective_from")


@pytest.mark.parametrize("hours", [0, -1])
def test_an_end_that_is_not_after_the_beginning_is_refused(hours: int) -> None:
    starts = ahead(hours=2)
    with pytest.raises(InvalidContent) as caught:
        published(an_article(), effective_from=starts, effective_until=starts + timedelta(hours=hours))
    assert (caught.value.code, caught.value.errors[0].pointer) == ("invalid_interval", "/effective_until")


def test_an_instant_at_which_something_else_begins_is_refused() -> None:
    article = a_published_article()
    instant = ahead(days=1)
    published(article, effective_from=instant)
    with pytest.raises(WrongState) as caught:
        published(article, effective_from=instant)
    assert caught.value.code == "instant_taken"


def test_a_revision_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        published(an_article(), 7)


def test_a_stale_publication_is_refused_whatever_was_written_since(author: User) -> None:
    article = an_article(by=author)
    read = tag(article)
    actions.request_review(article_id=article.pk, revision=1, expected=read, by=author, now=clock.now())
    with pytest.raises(PreconditionFailed):
        actions.publish(article_id=article.pk, revision=1, expected=read, by=author)


def test_what_a_publication_shows_is_written_beside_it() -> None:
    topic = an_entry("topic", "sleep")
    person = an_entry("person", "ines-halloran")
    reference = an_entry("reference", "berglind2021")
    article = an_article(
        kind="guide",
        topics=["sleep"],
        authors=["ines-halloran"],
        body_markdown="It settles [@berglind2021].\n",
    )
    row = published(article).row
    assert PublicationTopic.objects.get(publication=row).topic == topic
    assert PublicationPerson.objects.get(publication=row).person == person
    embedded = Embed.objects.filter(publication=row).values_list("item_id", "item_version")
    assert set(embedded) == {(topic.pk, 1), (person.pk, 1), (reference.pk, 1)}


def test_each_transition_waits_for_the_log_of_changes() -> None:
    topic = an_entry("topic", "sleep")
    article = an_article(topics=["sleep"])
    outcome = published(article, effective_until=ahead(days=1))
    waiting = PendingChange.objects.filter(article_id=article.pk).order_by("due_at")
    assert [(row.type, row.version) for row in waiting] == [("article.published", 1), ("article.gone", 2)]
    assert waiting[0].due_at == outcome.visible_at
    assert set(waiting[0].cache_tags) == {f"article-{article.pk}", "list", "list-en", f"topic-{topic.pk}"}


def test_a_moved_slug_is_told_as_a_move() -> None:
    article = a_published_article()
    a_revision(article, slug="sleeping")
    published(article)
    assert PendingChange.objects.order_by("-due_at")[0].type == "article.moved"


def test_a_slug_that_another_article_holds_is_refused() -> None:
    a_published_article(slug="sleep")
    other = an_article(slug="sleep")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        published(other)
    assert meaning_of(caught.value).code == "slug_taken"


def test_state_follows_the_clock_with_nobody_at_work(travel: Travel) -> None:
    article: Article = an_article()
    published(article, effective_from=ahead(hours=1), effective_until=ahead(hours=2))
    seen = [state(article)]
    for _ in range(3):
        travel(3600)
        seen.append(state(article))
    assert seen == [None, "live", "gone", "gone"]
