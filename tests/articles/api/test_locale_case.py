"""`FR-ca` and `fr-CA` are one locale, wherever it is written (RFC 5646, section 2.1.1)."""

import pytest

from articles.models import Article
from cms.models import User
from comments.models import CommentPrivate
from tests.articles.api.writes import DESK
from tests.builders import a_published_article, ago
from tests.client import ApiClient
from tests.comments.forms import filled

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "page",
    "slug": "sommeil",
    "title": "Sommeil",
    "summary": "Du repos.",
    "body_markdown": "Calme.",
}


@pytest.fixture
def french() -> Article:
    return a_published_article(slug="sommeil", locale="fr-CA", title="Sommeil", since=ago(days=2))


@pytest.mark.parametrize(
    "address",
    [
        "articles/sommeil?locale=",
        "articles?locale=",
        "manifest?locale=",
        "search?q=sommeil&locale=",
        "feeds/articles.json?locale=",
        "articles/sommeil/comments?locale=",
        "sitemap.xml?month=2026-01&locale=",
    ],
)
def test_readers_may_write_it_as_they_like(api: ApiClient, french: Article, address: str) -> None:
    right = api.get(f"/api/v1/{address}fr-CA")
    assert right.status_code == 200
    for tag in ("FR-ca", "fr-ca"):
        other = api.get(f"/api/v1/{address}{tag}")
        assert other.headers.get("Content-Language") == right.headers.get("Content-Language")
        if "feeds" not in address:  # a feed says under which address it was asked for
            assert other.content == right.content


def test_the_desk_keeps_it_as_it_is_to_be_written(author: User, speaking_for) -> None:
    desk = speaking_for(author)
    made = desk.post(DESK, {**NEW, "locale": "FR-ca"})
    assert (made.status_code, made.json()["locale"]) == (201, "fr-CA")
    [found] = desk.get(f"{DESK}?locale=fr-cA").json()["results"]
    assert found["id"] == made.json()["id"]
    again = desk.post(DESK, {**NEW, "slug": "nuit", "locale": "fr-ca", "translation_of": made.json()["id"]})
    assert again.status_code == 409, "an article is no translation of itself"


def test_a_reply_is_answered_in_it(api: ApiClient, french: Article) -> None:
    answer = api.post(f"/api/v1/articles/{french.pk}/comments", {**filled(french), "locale": "FR-ca"})
    assert answer.status_code == 202
    assert CommentPrivate.objects.get().locale == "fr-CA"
