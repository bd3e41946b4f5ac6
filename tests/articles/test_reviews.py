"""Reviews bind to one text, by somebody who wrote none of what changed."""

import pytest

from articles import actions
from articles.actions.approval import approval_of
from articles.models import Article, ReviewRequest
from cms import clock
from cms.errors import NotAllowed, NotFound, PreconditionFailed, WrongState
from cms.models import AuditEntry, User
from tests.builders import a_published_article, a_revision, an_article, fresh, published, reviewed, tag

pytestmark = pytest.mark.django_db


def requested(article: Article, revision: int, by: User) -> ReviewRequest:
    return actions.request_review(
        article_id=article.pk, revision=revision, expected=tag(article), by=by, now=clock.now()
    )


def test_a_review_is_asked_for_the_newest_revision(author: User) -> None:
    article = an_article(by=author)
    assert requested(article, 1, author).article.review_requested_at is not None


def test_an_older_revision_cannot_be_sent_to_review(author: User) -> None:
    article = an_article(by=author)
    a_revision(article, by=author, title="Better")
    with pytest.raises(WrongState) as caught:
        requested(article, 1, author)
    assert caught.value.code == "not_the_head"


def test_a_decision_answers_the_request(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    requested(article, 1, author)
    reviewed(article, by=reviewer, decision="request_changes", note="Cite the guideline.")
    assert fresh(article).review_requested_at is None


def test_a_review_holds_the_hash_of_what_was_read(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    remark = {"block_id": article.revisions.get(number=1).block_ids[0], "note": "Clear."}
    review = reviewed(article, by=reviewer, interests="None.", remarks=[remark])
    assert review.revision_sha256 == article.revisions.get(number=1).sha256
    assert (review.interests, review.remarks) == ("None.", [remark])


def test_an_approval_does_not_cover_a_later_revision(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    reviewed(article, by=reviewer)
    later = a_revision(article, by=author, title="Better")
    assert approval_of(article.revisions.get(number=1)) is not None
    assert approval_of(later) is None


def test_a_later_request_for_changes_takes_the_approval_back(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    reviewed(article, by=reviewer)
    reviewed(article, by=reviewer, decision="request_changes")
    assert approval_of(article.revisions.get(number=1)) is None


def test_nobody_reviews_what_they_wrote(reviewer: User) -> None:
    article = an_article(by=reviewer)
    with pytest.raises(NotAllowed) as caught:
        reviewed(article, by=reviewer)
    assert caught.value.code == "reviewer_is_author"


def test_a_reviewer_who_wrote_an_earlier_unpublished_revision_wrote_part_of_it(
    author: User, reviewer: User
) -> None:
    article = an_article(by=author)
    a_revision(article, by=reviewer, title="Mine")
    a_revision(article, by=author, summary="Not mine.")
    with pytest.raises(NotAllowed):
        reviewed(article, by=reviewer)


def test_a_reviewer_may_judge_what_changed_after_their_own_text_was_public(
    author: User, reviewer: User
) -> None:
    article = a_published_article(by=reviewer)
    a_revision(article, by=author, title="Not theirs")
    assert reviewed(article, by=reviewer).decision == "approve"


def test_a_review_of_a_revision_that_is_not_there_is_not_found(reviewer: User) -> None:
    with pytest.raises(NotFound):
        reviewed(an_article(), by=reviewer, revision=7)


def test_a_stale_review_is_refused(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    read = tag(article)
    requested(article, 1, author)
    with pytest.raises(PreconditionFailed):
        actions.review(
            article_id=article.pk, revision=1, decision="approve", expected=read, by=reviewer, now=clock.now()
        )


def test_decisions_are_in_the_audit(author: User, reviewer: User) -> None:
    article = an_article(by=author)
    requested(article, 1, author)
    reviewed(article, by=reviewer)
    verbs = (
        AuditEntry.objects.filter(subject=article.pk).order_by("id").values_list("verb", "actor__username")
    )
    assert list(verbs)[1:] == [("article.request_review", "author"), ("article.review.approve", "reviewer")]


def test_an_unapproved_medical_article_is_not_published(author: User, editor: User) -> None:
    article = an_article(by=author, medical=True)
    with pytest.raises(WrongState) as caught:
        published(article, by=editor)
    assert caught.value.code == "not_approved"


def test_an_approval_that_came_before_its_reviewer_wrote_in_it_does_not_count(
    author: User, reviewer: User, editor: User
) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    a_revision(article, by=author, title="Better")
    with pytest.raises(WrongState):
        published(article, by=editor)
    reviewed(article, by=reviewer)
    assert published(article, by=editor).row.review is not None
