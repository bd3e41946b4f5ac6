"""When a publication may call itself minor, now and while it lies ahead."""

from collections.abc import Callable

import pytest

from articles import actions
from articles.models import Article
from cms.errors import InvalidContent, WrongState
from cms.models import AuditEntry, User
from tests.builders import (
    a_published_article,
    a_revision,
    ahead,
    an_article,
    published,
    reviewed,
    rows,
    tag,
    taken_down,
)

pytestmark = pytest.mark.django_db
Travel = Callable[[float], None]


def refused(article: Article, **how: object) -> list[str]:
    with pytest.raises(InvalidContent) as caught:
        published(article, update_type="minor", **how)
    assert caught.value.code == "not_minor"
    return sorted({error.code for error in caught.value.errors})


def test_the_first_publication_is_a_major_one() -> None:
    assert refused(an_article()) == ["first_publication"]


def test_so_is_the_first_after_it_was_gone(travel: Travel) -> None:
    article = a_published_article()
    taken_down(article)
    travel(2)
    assert refused(article) == ["first_publication"]


def test_what_was_never_reviewed_is_compared_with_what_is_public() -> None:
    article = a_published_article()
    a_revision(article, summary="What helps 3 of 10.")
    assert refused(article) == ["number"]
    a_revision(article, summary="What helps.")
    assert published(article, update_type="minor").row.update_type == "minor"


def test_it_is_compared_with_what_comes_before_it_and_not_with_what_is_live() -> None:
    article = a_published_article()
    a_revision(article, summary="What helps 3 of 10.")
    published(article, effective_from=ahead(days=1))
    a_revision(article, summary="What helps 3 of 10 people.")
    assert refused(article) == ["number"]
    assert refused(article, effective_from=ahead(hours=1)) == ["number"]
    a_revision(article, summary="What helps 3 of 10.", title="Sleep, after trauma")
    assert published(article, update_type="minor", effective_from=ahead(days=2)).row.version == 3


def test_a_medical_article_needs_no_second_approval_for_a_comma(
    author: User, reviewer: User, travel: Travel
) -> None:
    article = an_article(by=author, medical=True)
    reviewed(article, by=reviewer)
    published(article)
    travel(2)
    a_revision(article, by=author, title="Sleep, after trauma")
    with pytest.raises(WrongState) as caught:
        published(article)
    assert caught.value.code == "not_approved"
    assert published(article, update_type="minor").row.review_status == "current"


def test_a_broken_glass_does_not_make_it_minor(author: User) -> None:
    article = a_published_article(by=author)
    a_revision(article, by=author, summary="Never do this.")
    assert refused(article, break_glass="Urgent.") == ["negation"]


def test_an_urgent_fix_before_it_cancels_a_minor_update_that_would_undo_it(editor: User) -> None:
    article = a_published_article()
    a_revision(article, title="Sleep, after trauma")
    comma = published(article, update_type="minor", by=editor, effective_from=ahead(days=3)).row
    a_revision(article, summary="What helps 3 of 10.")
    outcome = published(article)
    assert [row.revision_number for row in rows(article)] == [1, 3]
    assert "scheduled by editor" in outcome.warnings[-1]
    assert AuditEntry.objects.get(verb="article.cancel").detail["publication"] == str(comma.pk)


def test_an_urgent_comma_before_it_leaves_it_alone() -> None:
    article = a_published_article()
    a_revision(article, title="Sleep, after trauma")
    published(article, update_type="minor", effective_from=ahead(days=3))
    published(article, 1)
    assert [row.revision_number for row in rows(article)] == [1, 1, 2]


def test_a_minor_update_is_not_moved_before_what_makes_it_minor() -> None:
    article = a_published_article()
    a_revision(article, summary="What helps 3 of 10.")
    published(article, effective_from=ahead(days=2))
    a_revision(article, title="Sleep, after trauma")
    row = published(article, update_type="minor", effective_from=ahead(days=3)).row
    with pytest.raises(InvalidContent) as caught:
        actions.reschedule(
            article_id=article.pk,
            publication_id=row.pk,
            expected=tag(article),
            by=None,
            effective_from=ahead(days=1),
        )
    assert caught.value.code == "not_minor"
