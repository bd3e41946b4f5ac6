"""The second changes while somebody is answered: what ended with it is still there for an answer of the one before."""

from datetime import datetime

import pytest

from articles.models import Article, Listing, Publication, SearchText
from articles.querysets import public
from articles.querysets.public import Walk
from cms import clock
from tests.builders import SECOND, a_published_article, a_revision, ago, an_entry, published, taken_down

pytestmark = pytest.mark.django_db(transaction=True)
NEWEST = Walk.along(("published_at", "desc"))


@pytest.fixture
def ended() -> tuple[Article, datetime]:
    """An article whose second version has just begun and that was written to once more, and that instant."""
    an_entry("topic", "rest")
    article = a_published_article(topics=["rest"], since=ago(days=2))
    a_revision(article, summary="Written anew.")
    began = published(article).visible_at
    clock.wait_until(began)
    a_revision(article, summary="And again.")
    published(article, effective_from=began + 3600 * SECOND)
    return article, began


def test_a_list_of_the_second_before_has_it_in_the_short_index(ended: tuple[Article, datetime]) -> None:
    article, began = ended
    before = Publication.objects.listed(began - SECOND, NEWEST)
    assert "listable" in str(before.query)
    [row] = before
    assert (row.article_id, row.effective_until) == (article.pk, began)
    assert {listing.publication_id for listing in Listing.objects.all()} > {row.pk}
    assert SearchText.objects.filter(publication=row).exists()


def test_the_next_write_sweeps_what_has_been_over_for_a_while(
    ended: tuple[Article, datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    article, began = ended
    monkeypatch.setattr(public, "LINGERS", 0 * SECOND)
    taken_down(article, "withdraw", explanation="Outdated.", reason="outdated")
    [old] = Publication.objects.filter(article=article, effective_until=began)
    assert not old.listable
    assert not Listing.objects.filter(publication=old).exists()
    assert not SearchText.objects.filter(publication=old).exists()


def test_the_list_of_longer_ago_asks_every_version(ended: tuple[Article, datetime]) -> None:
    article, began = ended
    long_before = Publication.objects.listed(began - 60 * SECOND, NEWEST)
    assert "listable" not in str(long_before.query).partition("WHERE")[2]
    assert [row.article_id for row in long_before] == [article.pk]
