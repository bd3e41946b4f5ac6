"""A thread belongs to the article's identity: another slug moves nothing of it."""

import pytest

from comments.models import Comment, Thread
from tests.builders import a_revision, published
from tests.comments.people import texts

pytestmark = pytest.mark.django_db


def rows() -> list[tuple]:
    return [*Comment.objects.order_by("pk").values_list(), *Thread.objects.values_list()]


def test_another_slug_leaves_every_reply_and_every_address_of_one_as_it_was(
    api, open_article, thread, travel
) -> None:
    before, order = rows(), texts(api.get("/api/v1/articles/walking/comments"))
    a_revision(open_article, slug="walking-slowly")
    published(open_article)
    travel(2)
    assert rows() == before
    for slug in ("walking-slowly", "walking", str(open_article.pk)):
        assert texts(api.get(f"/api/v1/articles/{slug}/comments")) == order
    answer = api.get(f"/api/v1/comments/{thread['a1x'].pk}").json()
    assert (answer["text"], answer["article"]) == ("a1x", str(open_article.pk))
