"""Two people take a past text out of public time travel."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from articles import actions
from articles.models import Article, Suppression
from articles.reading import body_of
from cms import clock
from cms.errors import Gone, LegallyUnavailable, NotAllowed, NotFound, PreconditionFailed, WrongState
from cms.ids import uuid7
from cms.models import AuditEntry, Change, User
from cms.preconditions import IfMatch
from tests.articles.reader import document, served
from tests.articles.suppression.histories import (
    SECRET,
    asked,
    confirmed,
    first_row,
    suppressed,
    taken_down_and_asked,
    when_it_was_public,
)
from tests.builders import (
    a_revision,
    ago,
    ahead,
    an_article,
    fresh,
    published,
    rows,
    tag,
    taken_down,
    with_past,
)

pytestmark = pytest.mark.django_db


def test_asking_alone_changes_nothing_for_readers(article: Article, editor: User) -> None:
    made = asked(article, by=editor)
    assert made.confirmed_at is None
    assert SECRET in json.dumps(document(article, when_it_was_public()))


def test_a_second_person_puts_it_in_force(article: Article, editor: User, administrator: User) -> None:
    done = suppressed(article, by=editor, second=administrator)
    assert (done.suppression.requested_by, done.suppression.confirmed_by) == (editor, administrator)
    with pytest.raises(Gone) as caught:
        body_of(first_row(article))
    assert caught.value.code == "suppressed"
    assert caught.value.extra["reason"] == "privacy"
    assert caught.value.extra["sha256"] == first_row(article).rendering_id
    assert SECRET not in json.dumps(document(article))


def test_a_legal_reason_is_said_as_one(article: Article, editor: User, administrator: User) -> None:
    suppressed(article, by=editor, second=administrator, reason="legal")
    with pytest.raises(LegallyUnavailable):
        body_of(first_row(article))


def test_the_same_person_cannot_confirm(article: Article, editor: User) -> None:
    made = asked(article, by=editor)
    with pytest.raises(NotAllowed) as caught:
        confirmed(article, made, by=editor)
    assert caught.value.code == "second_person_needed"
    assert Suppression.objects.in_force().count() == 0


def test_every_publication_of_the_text_goes_with_it(
    article: Article, editor: User, administrator: User
) -> None:
    other = an_article(by=editor, slug="walking", body_markdown=f"It is {SECRET}.\n")
    a_revision(other, by=editor, body_markdown="Something else.\n")
    actions.restore_revision(article_id=other.pk, revision=1, expected=tag(other), by=editor, now=clock.now())
    a_revision(other, by=editor, body_markdown="The end.\n")
    revisions = {row.number: row for row in other.revisions.all()}
    past = [
        actions.Past(revisions[number], ago(days=days), "major", "")
        for number, days in zip((1, 2, 3, 4), (8, 6, 4, 2), strict=True)
    ]
    actions.lay_down(article_id=other.pk, past=past, by=None)
    done = suppressed(other, by=editor, second=administrator)
    hit = {row.publication.version for row in done.suppression.rows.all()}
    assert hit == {1, 3}
    assert isinstance(served(other, ago(days=5)), bytes)


def test_what_is_public_must_be_taken_down_first(article: Article, editor: User) -> None:
    with pytest.raises(WrongState) as caught:
        asked(article, by=editor, row=rows(article)[1])
    assert caught.value.code == "still_public"


def test_a_text_that_will_be_public_again_is_not_suppressed(article: Article, editor: User) -> None:
    published(article, 1, effective_from=ahead(days=2))
    with pytest.raises(WrongState) as caught:
        asked(article, by=editor)
    assert caught.value.code == "still_public"


def test_a_text_that_became_public_since_is_not_suppressed(
    article: Article, editor: User, administrator: User
) -> None:
    made = asked(article, by=editor)
    published(article, 1)
    with pytest.raises(WrongState) as caught:
        confirmed(article, made, by=administrator)
    assert caught.value.code == "still_public"


def test_what_ended_since_it_was_asked_for_goes_with_it(
    article: Article, editor: User, administrator: User, at_time: Callable[[datetime], None]
) -> None:
    made = asked(article, by=editor)
    at_time(published(article, 1).visible_at)
    at_time(published(article, 2).visible_at)
    done = confirmed(article, made, by=administrator)
    assert {row.publication.version for row in done.suppression.rows.all()} == {1, 3}


def test_it_cannot_be_asked_for_twice(article: Article, editor: User, administrator: User) -> None:
    made = asked(article, by=editor)
    with pytest.raises(WrongState) as caught:
        asked(article, by=administrator)
    assert caught.value.code == "already_suppressed"
    confirmed(article, made, by=administrator)
    with pytest.raises(WrongState, match="in force") as again:
        confirmed(article, made, by=administrator)
    assert again.value.code == "already_confirmed"


def test_a_request_can_be_taken_back_until_it_is_confirmed(
    article: Article, editor: User, administrator: User
) -> None:
    made = asked(article, by=editor)
    _taken_back(article, made, editor)
    assert Suppression.objects.count() == 0
    again = asked(article, by=editor)
    confirmed(article, again, by=administrator)
    with pytest.raises(WrongState):
        _taken_back(article, again, editor)


def _taken_back(article: Article, made: Suppression, by: User) -> None:
    actions.withdraw_suppression(
        article_id=article.pk, suppression_id=made.pk, expected=tag(article), by=by, now=clock.now()
    )


def test_a_publication_without_a_text_has_nothing_to_suppress(
    article: Article, editor: User, at_time: Callable[[datetime], None]
) -> None:
    at_time(taken_down(article).visible_at)
    gone = rows(article)[-1]
    with pytest.raises(WrongState):
        asked(article, by=editor, row=gone)


def test_what_is_not_there_cannot_be_named(article: Article, editor: User) -> None:
    nothing = {"article_id": article.pk, "expected": tag(article), "by": editor}
    with pytest.raises(NotFound):
        actions.ask_for_suppression(publication_id=uuid7(), reason="harm", now=clock.now(), **nothing)
    with pytest.raises(NotFound):
        actions.confirm_suppression(suppression_id=uuid7(), **nothing)
    other = an_article(slug="other")
    made = asked(article, by=editor)
    with pytest.raises(NotFound):
        actions.confirm_suppression(
            article_id=other.pk, suppression_id=made.pk, expected=tag(other), by=editor
        )


def test_every_verb_needs_the_tag_that_was_read_last(
    article: Article, editor: User, administrator: User
) -> None:
    old = tag(article)
    made = asked(article, by=editor)
    with pytest.raises(PreconditionFailed):
        actions.confirm_suppression(
            article_id=article.pk, suppression_id=made.pk, expected=old, by=administrator
        )
    with pytest.raises(PreconditionFailed):
        actions.withdraw_suppression(
            article_id=article.pk,
            suppression_id=made.pk,
            expected=IfMatch(('"r1-1"',)),
            by=editor,
            now=clock.now(),
        )


def test_a_suppressed_text_is_not_published_again(
    article: Article, editor: User, administrator: User
) -> None:
    suppressed(article, by=editor, second=administrator)
    with pytest.raises(WrongState) as caught:
        published(article, 1)
    assert caught.value.code == "text_suppressed"
    actions.restore_revision(
        article_id=article.pk, revision=1, expected=tag(article), by=editor, now=clock.now()
    )
    with pytest.raises(WrongState):
        published(article)


def test_it_is_audited_and_in_the_log_of_changes(article: Article, editor: User, administrator: User) -> None:
    done = suppressed(article, by=editor, second=administrator)
    verbs = list(
        AuditEntry.objects.filter(subject=article.pk).order_by("at").values_list("verb", "actor__username")
    )
    assert verbs[-2:] == [
        ("article.ask_for_suppression", "editor"),
        ("article.suppress", "administrator"),
    ]
    change = Change.objects.get(type="article.suppressed")
    assert (change.subject, change.version, change.at) == (article.pk, 1, done.visible_at)
    assert f"article-{article.pk}" in change.cache_tags
    assert "list-en" in change.cache_tags
    assert any(tag_.startswith("topic-") for tag_ in change.cache_tags)


def test_nothing_of_it_names_the_text_outside_the_desk(
    article: Article, editor: User, administrator: User
) -> None:
    suppressed(article, by=editor, second=administrator)
    for entry in (*AuditEntry.objects.all(), *Change.objects.all()):
        assert SECRET not in str(vars(entry))


def test_dates_and_numbers_of_the_timeline_stay(article: Article, editor: User, administrator: User) -> None:
    before = [vars(row) for row in rows(article)]
    suppressed(article, by=editor, second=administrator)
    for row, was in zip(rows(article), before, strict=True):
        assert {k: v for k, v in vars(row).items() if k != "_state"} == {
            k: v for k, v in was.items() if k != "_state"
        }


@pytest.mark.parametrize("how", ["unpublish", "archive"])
def test_taking_down_for_such_a_reason_asks_for_all_texts(
    article: Article, editor: User, administrator: User, at_time: Callable[[datetime], None], how: str
) -> None:
    outcome = taken_down_and_asked(article, by=editor, reason="consent", how=how)
    assert outcome.warnings[-1].startswith("The past texts stay readable until a second person")
    found = Suppression.objects.get(pk=outcome.suppression_id)
    assert {row.publication.version for row in found.rows.all()} == {1, 2}
    assert found.reason == "consent"
    at_time(outcome.visible_at)
    assert served(article, clock.read_instant()) == "gone: consent"
    confirmed(article, found, by=administrator)
    for instant in (when_it_was_public(), ago(days=5)):
        assert served(article, instant) == "gone: consent"


def test_confirming_waits_until_what_was_taken_down_has_ended(
    article: Article, editor: User, administrator: User
) -> None:
    outcome = taken_down_and_asked(article, by=editor, reason="harm")
    found = Suppression.objects.get(pk=outcome.suppression_id)
    with pytest.raises(WrongState) as caught:
        confirmed(article, found, by=administrator)
    assert caught.value.code == "still_public"


@pytest.mark.parametrize(
    ("how", "reason", "asks"),
    [
        ("unpublish", "privacy", True),
        ("archive", "security", True),
        ("withdraw", "harm", False),
        ("unpublish", "outdated", False),
        ("archive", "editorial", False),
    ],
)
def test_which_reasons_are_about_the_past_too(how: str, reason: str, asks: bool) -> None:
    assert actions.asks_for_history(how, reason) is asks


def test_a_second_take_down_asks_for_nothing_that_waits_already(
    article: Article, editor: User, at_time: Callable[[datetime], None]
) -> None:
    at_time(taken_down_and_asked(article, by=editor).visible_at)
    a_revision(article, by=editor, title="Another")
    at_time(published(article).visible_at)
    outcome = taken_down_and_asked(article, by=editor)
    found = Suppression.objects.get(pk=outcome.suppression_id)
    assert [row.publication.revision_number for row in found.rows.all()] == [3]


def test_an_article_of_one_version_that_is_live_has_no_past_to_suppress(editor: User) -> None:
    article = with_past(an_article(slug="one"), ago(days=3))
    with pytest.raises(WrongState):
        asked(article, by=editor)
    assert fresh(article).sequence == article.sequence
