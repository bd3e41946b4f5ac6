"""Every list costs the same number of queries whatever it holds: at n and at 2n rows, on its first page and a later one.

A list without a line here fails the suite.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import actions as actions_of_articles
from articles.actions.previewing import link_to_article
from articles.models import Article, CatalogueItem, ConsentRecord, Suppression
from cms import clock
from cms.models import ApiToken, User
from cms.openapi import document
from cms.preconditions import IfMatch
from comments import actions
from comments.actions.decide import Ruling
from tests.articles.api.walking import local
from tests.articles.releases.acts import a_release, publishing
from tests.builders import (
    a_published_article,
    a_redirect,
    a_request,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    published,
    reviewed,
    with_past,
)
from tests.client import ApiClient
from tests.matrix.world import a_reply, an_answer, an_escalation

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
N = 4


@dataclass(frozen=True)
class Budget:
    """`grow` adds the n-th row; `reader` is nobody, or a role whose token and groups cost a query each.

    `later` is what a further page costs where that is another number than the first page's.
    """

    queries: int
    grow: Callable[["Shelf", int], object]
    reader: str = "nobody"
    query: str = "limit=3"
    later: int | None = None

    @property
    def expected(self) -> tuple[int, int]:
        return self.queries, self.queries if self.later is None else self.later


@dataclass
class Shelf:
    """What the lists are of."""

    article: Article
    author: User
    reviewer: User
    comment: Any

    def path(self, template: str) -> str:
        names = {"slug": self.article.pk, "article_id": self.article.pk, "comment_id": self.comment.pk}
        names["item_id"] = CatalogueItem.objects.get(kind="collection", key="alpha").pk
        return template.format(**names)


def _published(shelf: Shelf, n: int) -> None:
    a_published_article(slug=f"number-{n}", kind="guide", topics=["alpha"], authors=["alpha"])


def _entry(kind: str) -> Callable[[Shelf, int], object]:
    return lambda shelf, n: an_entry(kind, f"entry-{n}")


def _draft(shelf: Shelf, n: int) -> None:
    an_article(by=shelf.author, slug=f"number-{n}")


def _revision(shelf: Shelf, n: int) -> None:
    a_revision(shelf.article, by=shelf.author, title=f"Number {n}")


def _publication(shelf: Shelf, n: int) -> None:
    published(shelf.article, effective_from=ahead(days=n + 1), by=shelf.author)


def _version(shelf: Shelf, n: int) -> None:
    """Versions begin before they can be listed: an article with a longer past takes the place of the one before."""
    article = an_article(by=shelf.author, slug=f"past-{n}")
    shelf.article = with_past(article, *[ago(days=40 - number) for number in range(n + 2)])


def _request(shelf: Shelf, n: int) -> None:
    a_request(shelf.article, by=shelf.author, reviewers=["reviewer"], note=f"Number {n}")


def _review(shelf: Shelf, n: int) -> None:
    reviewed(shelf.article, by=shelf.reviewer, note=f"Number {n}")


def _suppression(shelf: Shelf, n: int) -> None:
    made = Suppression.objects.create(article=shelf.article, reason="harm", requested_at=ago(days=1))
    made.rows.create(publication=shelf.article.publications.get())


def _consent(shelf: Shelf, n: int) -> None:
    ConsentRecord.objects.create(
        article=shelf.article, scope=f"Number {n}", given_at=ago(days=1), recorded_at=ago(days=1)
    )


def _release(shelf: Shelf, n: int) -> None:
    a_release(publishing(shelf.article), name=f"Number {n}", by=shelf.author)


def _reply(shelf: Shelf, n: int) -> None:
    a_reply(shelf.article, f"Thank you, {n} times.")


def _site_answer(shelf: Shelf, n: int) -> None:
    an_answer(shelf.article, shelf.author, f"Thank you, {n} times.")


def _decision(shelf: Shelf, n: int) -> None:
    shelf.comment.refresh_from_db()
    _decided(shelf, "publish" if shelf.comment.state != "published" else "hold", shelf.reviewer)


def _decided(shelf: Shelf, decision: str, by: User) -> None:
    shelf.comment.refresh_from_db()
    actions.decide(
        comment_id=shelf.comment.pk,
        ruling=Ruling(decision, shelf.comment.last_version, "other", "Said."),
        if_match=IfMatch((shelf.comment.etag,)),
        by=by,
        now=clock.read_instant(),
    )


def _escalation(shelf: Shelf, n: int) -> None:
    an_escalation(shelf.comment.pk, shelf.reviewer)


def _message(shelf: Shelf, n: int) -> None:
    actions.send_message(
        comment_id=shelf.comment.pk, text=f"Number {n}.", by=shelf.reviewer, now=clock.read_instant()
    )


def _appeal(shelf: Shelf, n: int) -> None:
    """Each decision that answers one takes the reply in again, for the next to be about a decision of its own."""
    _decided(shelf, "publish", shelf.author)
    _decided(shelf, "remove", shelf.reviewer)
    actions.appeal(comment_id=shelf.comment.pk, text=f"Number {n}.", now=clock.read_instant())


def _report(shelf: Shelf, n: int) -> None:
    reported = actions.Reported(network=f"198.51.100.{n}", reason="spam", frightens_me=n % 2 == 0)
    actions.report(comment_id=shelf.comment.pk, reported=reported, now=clock.read_instant())


def _redirect(shelf: Shelf, n: int) -> None:
    a_redirect(f"/api/v1/articles/old-{n}", a_published_article(slug=f"number-{n}"))


def _collection_version(shelf: Shelf, n: int) -> None:
    item = CatalogueItem.objects.get(kind="collection", key="alpha")
    actions_of_articles.save_collection(
        item_id=item.pk,
        change=lambda document: document | {"title": {"en": f"Number {n}"}},
        expected=IfMatch((item.etag,)),
        by=shelf.author,
        effective_from=ahead(days=n + 1),
    )


def _link(shelf: Shelf, n: int) -> None:
    """Links to upcoming texts of one article: whether they are spent costs no query of its own."""
    head = a_revision(shelf.article, by=shelf.author, title=f"Number {n}").number
    now = clock.now()
    link_to_article(article_id=shelf.article.pk, revision=head if n % 2 else None, by=shelf.author, now=now)


def _token(shelf: Shelf, n: int) -> None:
    ApiToken.objects.create(user=shelf.author, name=f"Number {n}", scopes=[])


BUDGETS = {
    # the rows; the transition before now, to pin, with the next one, for the age. Later pages: whether anything began
    # since the instant that the first pinned; the rows
    f"{V1}/articles": Budget(2, _published),
    # as the list of articles, without bytes
    f"{V1}/manifest": Budget(2, _published),
    # the article that the slug means; its rows; the next transition
    f"{V1}/articles/{{slug}}/versions": Budget(3, _version, query=""),
    # the transitions of the kind around now; the rows with their entries
    f"{V1}/topics": Budget(2, _entry("topic")),
    f"{V1}/people": Budget(2, _entry("person")),
    f"{V1}/references": Budget(2, _entry("reference")),
    f"{V1}/legal-statuses": Budget(2, _entry("legal_status")),
    f"{V1}/collections": Budget(2, _entry("collection")),
    # the redirects; the articles they lead to; which of their paths are live; the next transition
    f"{V1}/redirects": Budget(4, _redirect),
    # a page of results with the next transition; their number and facets
    f"{V1}/search": Budget(2, _published, query="q=sleep&limit=3&count=true&include=facets"),
    # whether this is a demonstration; all lines; the transitions of the kind
    f"{V1}/helplines": Budget(3, _entry("helpline"), query="country=CA"),
    # the article; the replies with their versions, on later pages behind the one that the cursor names
    f"{V1}/articles/{{slug}}/comments": Budget(2, _reply),
    # each of the following: the token with its user; the roles; then
    # the rows, with their states as subqueries
    f"{V1}/editorial/articles": Budget(3, _draft, "editor"),
    # the article, if visible; its revisions with their authors
    f"{V1}/editorial/articles/{{article_id}}/revisions": Budget(4, _revision, "editor"),
    # the article; its reviews with reviewer and revision; the head; the newest decision on each text
    f"{V1}/editorial/articles/{{article_id}}/reviews": Budget(6, _review, "editor"),
    # the article; its requests with who asked for which revision; who was asked; their names
    f"{V1}/editorial/articles/{{article_id}}/review-requests": Budget(6, _request, "editor"),
    # the article; its suppressions with who asked and confirmed; the publications that each names, in two
    f"{V1}/editorial/articles/{{article_id}}/suppressions": Budget(6, _suppression, "editor", query=""),
    # the suppressions; the publications that each names, in two
    f"{V1}/editorial/suppressions": Budget(5, _suppression, "editor"),
    # the article; its publications with who made them
    f"{V1}/editorial/articles/{{article_id}}/publications": Budget(4, _publication, "editor", query=""),
    f"{V1}/editorial/articles/{{article_id}}/timeline": Budget(4, _publication, "editor", query=""),
    # the article; the consents of its group, with who recorded and withdrew them
    f"{V1}/editorial/articles/{{article_id}}/consents": Budget(4, _consent, "editor", query=""),
    # the article; the site's answers; their versions
    f"{V1}/editorial/articles/{{article_id}}/comments": Budget(5, _site_answer, "editor"),
    # the releases with their owners
    f"{V1}/editorial/releases": Budget(3, _release, "editor"),
    # the heads with their entries
    f"{V1}/editorial/topics": Budget(3, _entry("topic"), "editor"),
    f"{V1}/editorial/people": Budget(3, _entry("person"), "editor"),
    f"{V1}/editorial/references": Budget(3, _entry("reference"), "editor"),
    f"{V1}/editorial/helplines": Budget(3, _entry("helpline"), "editor"),
    f"{V1}/editorial/legal-statuses": Budget(3, _entry("legal_status"), "editor"),
    # the collections; their versions that have not ended, with who made them
    f"{V1}/editorial/collections": Budget(4, _entry("collection"), "editor"),
    # the collection; its versions with who made them
    f"{V1}/editorial/collections/{{item_id}}/versions": Budget(4, _collection_version, "editor"),
    # the redirects with who made them
    f"{V1}/editorial/redirects": Budget(3, _redirect, "editor"),
    # the entries with their actors
    f"{V1}/editorial/audit": Budget(3, _draft, "administrator"),
    # what an editor previews: the token with its user; the roles; then as in delivery, without the transitions
    f"{V1}/preview/articles": Budget(3, _published, "editor"),
    f"{V1}/preview/topics": Budget(4, _entry("topic"), "editor"),
    f"{V1}/preview/people": Budget(4, _entry("person"), "editor"),
    f"{V1}/preview/references": Budget(4, _entry("reference"), "editor"),
    f"{V1}/preview/legal-statuses": Budget(4, _entry("legal_status"), "editor"),
    f"{V1}/preview/collections": Budget(4, _entry("collection"), "editor"),
    f"{V1}/preview/helplines": Budget(5, _entry("helpline"), "editor", query="country=CA"),
    # the links, with what they name and whether they are spent
    f"{V1}/editorial/preview-links": Budget(3, _link, "editor"),
    # the article; its links
    f"{V1}/editorial/articles/{{article_id}}/preview-links": Budget(4, _link, "editor"),
    # the tokens
    f"{V1}/editorial/tokens": Budget(3, _token, "author"),
    # what the caller would rather not see; the replies; their versions; their labels; the articles' titles
    f"{V1}/editorial/comments": Budget(7, _reply, "moderator", query="limit=3&state=published"),
    # the reply; its versions
    f"{V1}/editorial/comments/{{comment_id}}/versions": Budget(4, _decision, "moderator"),
    # the reply; its decisions with who made them
    f"{V1}/editorial/comments/{{comment_id}}/decisions": Budget(4, _decision, "moderator"),
    # the reply; what was said about it, with who said it
    f"{V1}/editorial/comments/{{comment_id}}/escalations": Budget(4, _escalation, "moderator"),
    f"{V1}/editorial/comments/{{comment_id}}/messages": Budget(4, _message, "moderator"),
    f"{V1}/editorial/comments/{{comment_id}}/appeals": Budget(4, _appeal, "moderator"),
    f"{V1}/editorial/comments/{{comment_id}}/reports": Budget(4, _report, "moderator"),
    # the open ones
    f"{V1}/editorial/comments/escalations": Budget(3, _escalation, "moderator"),
    f"{V1}/editorial/comments/reports": Budget(3, _report, "moderator"),
}


@pytest.fixture
def shelf(author: User, reviewer: User) -> Shelf:
    an_entry("topic", "alpha")
    an_entry("person", "alpha")
    an_entry("collection", "alpha")
    article = a_published_article(slug="first", comments_policy="publish", by=author)
    return Shelf(article, author, reviewer, a_reply(article).comment)


def lists() -> set[str]:
    """Every GET of the OpenAPI document whose answer holds `results`."""
    built = document.build()
    return {
        path
        for path, item in built["paths"].items()
        if "get" in item and _is_list(item["get"]["responses"].get("200", {}), built["components"]["schemas"])
    }


def _is_list(answer: dict[str, Any], components: dict[str, Any]) -> bool:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return "results" in schema.get("properties", {})


def test_every_list_has_a_budget() -> None:
    assert lists() == set(BUDGETS)


@pytest.mark.parametrize(("template", "budget"), BUDGETS.items(), ids=BUDGETS)
def test_a_list_costs_the_same_however_long_it_is(
    request: pytest.FixtureRequest, shelf: Shelf, template: str, budget: Budget
) -> None:
    client = request.getfixturevalue("api" if budget.reader == "nobody" else f"as_{budget.reader}")
    costs = []
    for n in range(2 * N):
        budget.grow(shelf, n)
        if n + 1 in (N, 2 * N):
            costs.append(_pages(client, f"{shelf.path(template)}?{budget.query}".rstrip("?")))
    assert len(costs) == 2
    for first, *later in costs:
        assert len(first) == budget.queries, _told(first)
        for page in later[-1:]:
            assert len(page) == budget.expected[1], _told(page)


def _pages(client: ApiClient, url: str) -> list[list[str]]:
    """The statements of each page of a list."""
    pages = []
    following: str | None = url
    while following:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(local(following))
        assert answer.status_code == 200, answer.content
        pages.append([query["sql"] for query in captured])
        following = answer.json()["next"]
    return pages


def _told(statements: list[str]) -> str:
    return "\n".join(f"{number}: {sql[:200]}" for number, sql in enumerate(statements, 1))
