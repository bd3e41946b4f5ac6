"""The desk's lists of what is to be reviewed: GET /editorial/articles?review="""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Publication
from cms.models import User
from tests.builders import (
    a_published_article,
    a_request,
    a_revision,
    ahead,
    an_article,
    published,
    reviewed,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
Travel = Callable[[float], None]


def slugs(client: ApiClient, review: str) -> list[str]:
    answer = client.get(f"{DESK}?review={review}")
    assert answer.status_code == 200
    return [card["slug"] for card in answer.json()["results"]]


def a_stale_article(slug: str, author: User, reviewer: User) -> Article:
    article = a_published_article(by=author, slug=slug)
    reviewed(article, by=reviewer)
    a_revision(article, by=author, summary="Rest 3 times.")
    published(article, effective_from=ahead(minutes=1))
    return article


def test_what_is_not_as_it_was_approved_is_stale_once_readers_have_it(
    as_editor: ApiClient, author: User, reviewer: User, travel: Travel
) -> None:
    a_published_article(by=author, slug="never-reviewed")
    article = a_stale_article("stale", author, reviewer)
    assert slugs(as_editor, "stale") == []
    travel(120)
    assert slugs(as_editor, "stale") == ["stale"]
    reviewed(article, by=reviewer)
    travel(2)
    assert slugs(as_editor, "stale") == []


def test_what_broke_the_glass_is_listed_until_its_follow_up(
    as_editor: ApiClient, author: User, reviewer: User, travel: Travel
) -> None:
    article = an_article(by=author, medical=True, slug="broken")
    published(article, break_glass="A number was dangerous.")
    travel(2)
    assert slugs(as_editor, "stale") == ["broken"]
    reviewed(article, by=reviewer)
    travel(2)
    assert slugs(as_editor, "stale") == []


def test_what_is_due_is_overdue_from_its_day_on_while_it_is_public(
    as_editor: ApiClient, author: User, travel: Travel
) -> None:
    article = a_published_article(by=author, slug="due")
    a_revision(article, by=author, review_due_at=f"{ahead(hours=1):%Y-%m-%dT%H:%M:%SZ}")
    published(article)
    a_published_article(by=author, slug="later", review_due_at="2100-01-01T00:00:00Z")
    travel(2)
    assert slugs(as_editor, "overdue") == []
    travel(3600)
    assert slugs(as_editor, "overdue") == ["due"]
    taken_down(article)
    travel(2)
    assert slugs(as_editor, "overdue") == []


def test_an_author_sees_what_concerns_their_own(
    as_author2: ApiClient, author: User, reviewer: User, travel: Travel
) -> None:
    a_stale_article("stale", author, reviewer)
    a_request(an_article(by=author, slug="asked"), by=author)
    travel(120)
    assert slugs(as_author2, "stale") == slugs(as_author2, "waiting") == []


@pytest.mark.parametrize(
    "review", ["waiting&ordering=review_wanted_by", "waiting&mine=true", "stale", "overdue"]
)
def test_each_list_costs_the_same_however_long_it_is(
    as_reviewer: ApiClient, author: User, reviewer: User, travel: Travel, review: str
) -> None:
    costs = []
    for round_ in range(2):
        for number in range(3):
            article = a_published_article(
                by=author, slug=f"a{round_}{number}", review_due_at="2020-01-01T00:00:00Z"
            )
            reviewed(article, by=reviewer)
            a_revision(article, by=author, summary="Rest 3 times.")
            published(article)
            a_request(article, by=author, reviewers=["reviewer"])
        travel(60)
        with CaptureQueriesContext(connection) as captured:
            answer = as_reviewer.get(f"{DESK}?limit=2&review={review}")
        assert len(answer.json()["results"]) == 2
        costs.append(len(captured))
    assert costs == [3, 3]  # the token with its user; the roles; the rows, with their states as subqueries


def test_an_index_finds_what_is_stale_and_what_is_overdue() -> None:
    names = {index.name for index in Publication._meta.indexes}
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, Publication._meta.db_table)
    assert {"publication_review", "publication_review_due"} <= names & set(held)


@pytest.mark.parametrize("query", ["review=soon", "ordering=due_at", "review=stale&review=overdue"])
def test_anything_else_is_refused(as_editor: ApiClient, query: str) -> None:
    assert as_editor.get(f"{DESK}?{query}").status_code == 400
