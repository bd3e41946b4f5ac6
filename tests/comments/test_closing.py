"""The site may close threads so many days after an article was first published; an article's own end may come sooner."""

from datetime import timedelta

import pytest

from articles.rendering.times import rfc3339
from cms import clock
from cms.models import Site
from comments.models import Comment, Thread
from tests.comments.conftest import LONG_AGO
from tests.comments.people import form, thread_url

pytestmark = pytest.mark.django_db


def site_closing_after(days: int | None) -> None:
    Site.objects.update_or_create(id=1, defaults={"name": "Review", "comments_close_after_days": days})


def test_a_thread_closes_at_the_earlier_of_both_ends_and_its_form_says_when(api, published) -> None:
    soon = rfc3339(LONG_AGO + timedelta(days=20))
    plain, own_end = published(slug="plain"), published(slug="own-end", comments_close_at=soon)
    days_since = (clock.now() - LONG_AGO).days

    def ends(days: int | None) -> list[str | None]:
        site_closing_after(days)
        articles = (plain, own_end)
        return [api.get(f"/api/v1/articles/{a.pk}/comment-form").json()["closes_at"] for a in articles]

    assert ends(None) == [None, soon]
    assert api.post(thread_url(plain), form()).status_code == 202
    ten = rfc3339(LONG_AGO + timedelta(days=10))
    assert ends(10) == [ten, ten]
    refused = api.post(thread_url(plain), form())
    assert (refused.status_code, refused.json()["code"]) == (409, "comments_closed")
    assert refused.json()["closes_at"] == ten
    assert Comment.objects.count() == 1
    assert ends(days_since + 30) == [rfc3339(LONG_AGO + timedelta(days=days_since + 30)), soon]
    assert api.post(thread_url(own_end), form()).json()["closes_at"] == soon
    assert api.post(thread_url(plain), form(text="It is open again.")).status_code == 202
    assert Thread.objects.get(article=plain).closes_at == LONG_AGO + timedelta(days=days_since + 30)


def test_an_administrator_sets_and_takes_away_the_rule(as_administrator, as_moderator) -> None:
    site_closing_after(None)
    path = "/api/v1/editorial/site"

    def set_to(days, client=as_administrator):
        tag = {"If-Match": client.get(path)["ETag"]}
        return client.patch(path, {"comments_close_after_days": days}, headers=tag)

    assert set_to(90).json()["comments_close_after_days"] == 90
    assert set_to(30, as_moderator).status_code == 403
    for wrong in (0, -1, 10_001, "soon", 1.5):
        assert set_to(wrong).json()["errors"][0]["pointer"] == "/comments_close_after_days"
    assert set_to(None).json()["comments_close_after_days"] is None
