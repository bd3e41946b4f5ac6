"""Search speaks of the instant: what is scheduled comes at its second, what is taken down goes at its own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from articles import actions
from articles.models import Article, SearchSpelling, SearchText
from cms.models import User
from tests.articles.search.asking import asked, slugs, text
from tests.articles.suppression.histories import SECRET, article_with_a_secret
from tests.builders import a_revision, ago, ahead, an_article, fresh, published, tag, taken_down, with_past
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
AtTime = Callable[[datetime], None]


def indexed(article: Article) -> int:
    return SearchText.objects.filter(publication__article=article).count()


def test_what_is_published_is_found_from_its_second_on(reader: ApiClient, at_time: AtTime) -> None:
    article = an_article(title="A lighthouse", slug="lighthouse")
    at_time(published(article).visible_at)
    assert slugs(reader, "lighthouse") == ["lighthouse"]


def test_what_is_scheduled_comes_and_goes_with_no_worker(reader: ApiClient, at_time: AtTime) -> None:
    begins, ends = ahead(hours=1), ahead(hours=2)
    published(
        an_article(title="A lighthouse", slug="lighthouse"), effective_from=begins, effective_until=ends
    )
    found = []
    for instant in (begins - SECOND, begins, ends - SECOND, ends):
        at_time(instant)
        found.append(slugs(reader, "lighthouse"))
    assert found == [[], ["lighthouse"], ["lighthouse"], []]


def test_nobody_learns_a_word_of_what_is_to_come(reader: ApiClient) -> None:
    published(an_article(title="A lighthouse", slug="lighthouse"), effective_from=ahead(hours=1))
    answer = asked(reader, "lighthous", include="facets", count="true")
    assert (answer["results"], answer["count"], answer["suggestion"]) == ([], 0, None)
    assert asked(reader, "lihgthouse")["suggestion"] is None


def test_a_new_version_is_found_by_its_own_words_alone(reader: ApiClient, at_time: AtTime) -> None:
    article = text("place", "A lighthouse", days=3)
    a_revision(article, title="A harbour")
    assert slugs(reader, "lighthouse") == ["place"]
    at_time(published(article).visible_at)
    assert (slugs(reader, "lighthouse"), slugs(reader, "harbour")) == ([], ["place"])


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "archive"])
def test_what_is_taken_down_is_found_no_more(how: str, reader: ApiClient, at_time: AtTime) -> None:
    article = text("place", "A lighthouse", days=3)
    words = {"explanation": "Out of date."} if how == "withdraw" else {}
    assert slugs(reader, "lighthouse") == ["place"]
    at_time(taken_down(article, how, reason="outdated", **words).visible_at)
    assert slugs(reader, "lighthouse") == []


def test_drafts_and_later_revisions_are_never_found(reader: ApiClient) -> None:
    an_article(title="A lighthouse", slug="draft")
    a_revision(text("place", "A harbour", days=3), title="A lighthouse again")
    assert slugs(reader, "lighthouse") == []
    assert not SearchSpelling.objects.filter(word="lighthouse").exists()


def test_the_past_is_not_indexed_and_what_is_over_is_swept(author: User) -> None:
    article = an_article(by=author, title="A lighthouse", slug="lighthouse")
    with_past(article, ago(days=3), ago(days=2), ago(days=1))
    assert indexed(article) == 1
    published(fresh(article), effective_from=ahead(hours=1))
    assert indexed(article) == 2


def test_a_row_that_is_cancelled_leaves_the_index(author: User, editor: User) -> None:
    article = an_article(by=author, title="A lighthouse", slug="lighthouse")
    row = published(article, effective_from=ahead(hours=1)).row
    actions.cancel(article_id=article.pk, publication_id=row.pk, expected=tag(article), by=editor)
    assert indexed(article) == 0


def test_a_text_within_the_past_of_an_article_is_not_found(reader: ApiClient, author: User) -> None:
    article_with_a_secret(author)
    assert slugs(reader, SECRET) == []
    assert slugs(reader, "rest") == ["sleep"]
