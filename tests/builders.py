"""Small builders of what tests begin with: users, entries of the catalogue, articles, and articles with a past.

What they make is public at once, without waiting: entries and histories are laid down in the past.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group

from articles import actions
from articles.actions import Destination, Past
from articles.models import Article, Byline, CatalogueItem, Publication, Redirect, ReviewRequest, Revision
from cms import clock, transactions
from cms.models import User
from cms.preconditions import IfMatch

TEXT = "Sleep often changes after trauma.\n\nIt usually settles with time.\n"
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)

_CONTENT: dict[str, dict[str, Any]] = {
    "topic": {"title": {"en": "Sleep", "fr": "Sommeil"}},
    "person": {"name": "Ines Halloran", "roles": ["author"]},
    "reference": {
        "csl": {
            "type": "article-journal",
            "title": "Sleep after trauma",
            "author": [{"family": "Berglind", "given": "Tomas"}],
            "issued": {"date-parts": [[2021]]},
            "DOI": "10.1000/sleep.1",
        },
        "publication_status": "current",
    },
    "helpline": {
        "name": "Night Line",
        "country": "CA",
        "channels": [{"type": "phone", "value": "555 0100", "href": "tel:5550100"}],
        "verified_at": "2026-01-01T00:00:00Z",
    },
    "legal_status": {
        "substance": "psilocybin",
        "jurisdiction": "CA",
        "status": "controlled",
        "summary": "Listed; possession needs an authorisation.",
        "as_of": "2026-01-01",
    },
    "collection": {"title": {"en": "First steps"}, "summary": {"en": "Where to begin."}, "articles": []},
}


def ago(**how_long: float) -> datetime:
    """A whole second that lies so far behind the application's clock, for instance `ago(days=2)`."""
    return clock.read_instant() - timedelta(**how_long)


def ahead(**how_long: float) -> datetime:
    """A whole second that lies so far ahead of the application's clock."""
    return clock.read_instant() + timedelta(**how_long)


def a_user(username: str, *roles: str) -> User:
    """Somebody who works here, in these roles."""
    user = User.objects.create_user(username=username, email=f"{username}@staff.example")
    user.groups.add(*(Group.objects.get_or_create(name=role)[0] for role in roles))
    return user


def an_entry(kind: str, key: str, *, since: datetime | None = None, **content: Any) -> CatalogueItem:
    """An entry of the catalogue that has been public since a month ago."""
    return actions.create_entry(
        kind=kind, key=key, content=_CONTENT[kind] | content, by=None, starts=since or ago(days=30)
    )


def a_redirect(path: str, to: Article | str) -> Redirect:
    """A redirect to an article or to another path."""
    where = Destination(target=to) if isinstance(to, str) else Destination(to.pk)
    return actions.create_redirect(path=path, to=where, by=None).redirect


def a_byline(user: User, key: str, **content: Any) -> CatalogueItem:
    """The public person that a user is."""
    person = an_entry("person", key, **({"name": user.username.title()} | content))
    Byline.objects.create(user=user, person=person)
    return person


def an_article(*, by: User | None = None, kind: str = "page", locale: str = "en", **content: Any) -> Article:
    """A draft with one revision that the checks let through."""
    fields = {"title": "Sleep after trauma", "slug": "sleep", "summary": "What helps.", "body_markdown": TEXT}
    return actions.create_article(kind=kind, locale=locale, content=fields | content, by=by, now=clock.now())


def a_revision(article: Article, *, by: User | None = None, **patch: Any) -> Revision:
    """One more revision of the article."""
    saved = actions.save_revision(
        article_id=article.pk, patch=patch, expected=tag(article), by=by, now=clock.now()
    )
    return saved.revisions.get(number=saved.head_number)


def a_published_article(
    *,
    by: User | None = None,
    since: datetime | None = None,
    kind: str = "page",
    locale: str = "en",
    **content: Any,
) -> Article:
    """An article that has been public since ten days ago, in its first version."""
    article = an_article(by=by, kind=kind, locale=locale, **content)
    return with_past(article, since or ago(days=10))


def with_past(article: Article, *instants: datetime, **last: Any) -> Article:
    """Make the newest revision public at each of the instants; `last` says more of the last one."""
    revision = article.revisions.order_by("-number")[0]
    past = [
        Past(revision, instant, "major", f"Version {number}.") for number, instant in enumerate(instants, 1)
    ]
    if last:
        past[-1] = Past(**{**vars(past[-1]), **last})
    actions.lay_down(article_id=article.pk, past=past, by=None)
    return fresh(article)


def published(
    article: Article | UUID, revision: int | None = None, *, by: User | None = None, **how: Any
) -> actions.Outcome:
    """Publish a revision, the newest unless one is named, as somebody who has just read the article."""
    found = fresh(article)
    number = revision or found.head_number
    return transactions.run(
        lambda: actions.publish(article_id=found.pk, revision=number, expected=tag(found), by=by, **how)
    )


def taken_down(
    article: Article, how: str = "unpublish", *, by: User | None = None, **why: Any
) -> actions.Outcome:
    """Taken down by somebody who has just read the article."""
    return transactions.run(
        lambda: actions.take_down(article_id=article.pk, how=how, expected=tag(article), by=by, **why)
    )


def reviewed(
    article: Article, *, by: User, decision: str = "approve", revision: int | None = None, **words: Any
) -> Any:
    """A decision on a revision, the newest unless one is named."""
    return judged(article, by=by, decision=decision, revision=revision, **words).review


def a_request(article: Article, *, by: User | None = None, **words: Any) -> ReviewRequest:
    """A question for a review of the newest revision."""
    found = fresh(article)
    return actions.request_review(
        article_id=found.pk,
        revision=found.head_number,
        expected=tag(found),
        by=by,
        now=clock.now(),
        **words,
    )


def judged(
    article: Article, *, by: User, decision: str = "approve", revision: int | None = None, **words: Any
) -> actions.Decided:
    """A decision with what followed from it."""
    found = fresh(article)
    return transactions.run(
        lambda: actions.review(
            article_id=found.pk,
            revision=revision or found.head_number,
            decision=decision,
            expected=tag(found),
            by=by,
            now=clock.now(),
            **words,
        )
    )


def fresh(article: Article | UUID) -> Article:
    """The article as the database has it."""
    return Article.objects.get(pk=article if isinstance(article, UUID) else article.pk)


def tag(article: Article) -> IfMatch:
    """The condition of somebody who has just read the article."""
    return IfMatch((fresh(article).etag,))


def rows(article: Article) -> list[Publication]:
    """The timeline, in the order of time."""
    return list(Publication.objects.filter(article=article).in_time_order())
