"""Articles whose first text holds a planted string, and the verbs of two people about it."""

from datetime import datetime, timedelta

from articles import actions
from articles.actions import Past
from articles.actions.suppressing import InForce
from articles.models import Article, Publication, Suppression
from cms import clock, transactions
from cms.models import User
from tests.builders import a_revision, ago, an_article, an_entry, fresh, rows, tag

SECRET = "zirkonvogel"
FIRST, SECOND_BEGAN = timedelta(days=20), timedelta(days=10)


def article_with_a_secret(author: User | None, slug: str = "sleep") -> Article:
    """Two versions: the first, of twenty days ago, holds the secret everywhere a text can hold one."""
    an_entry("topic", f"topic-{slug}")
    article = an_article(
        by=author,
        kind="page",
        slug=slug,
        title=f"Sleep {SECRET}",
        summary=f"About {SECRET}.",
        body_markdown=f"They call it {SECRET}.\n",
        topics=[f"topic-{slug}"],
        seo={"title": SECRET},
    )
    first = article.revisions.get(number=1)
    second = a_revision(
        article,
        by=author,
        title="Sleep",
        summary="About rest.",
        body_markdown="Rest.\n",
        seo={"title": "Sleep"},
    )
    past = [
        Past(first, clock.read_instant() - FIRST, "major", f"Named {SECRET}."),
        Past(second, clock.read_instant() - SECOND_BEGAN, "major", "Better."),
    ]
    actions.lay_down(article_id=article.pk, past=past, by=None)
    return fresh(article)


def first_row(article: Article) -> Publication:
    return rows(article)[0]


def when_it_was_public() -> datetime:
    return ago(days=15)


def asked(
    article: Article, *, by: User, reason: str = "privacy", row: Publication | None = None
) -> Suppression:
    """Asked for by somebody who has just read the article; the first version unless another is named."""
    return transactions.run(
        lambda: actions.ask_for_suppression(
            article_id=article.pk,
            publication_id=(row or first_row(article)).pk,
            reason=reason,
            note=f"The family of {SECRET} wrote.",
            expected=tag(article),
            by=by,
            now=clock.now(),
        )
    )


def confirmed(article: Article, found: Suppression, *, by: User) -> InForce:
    """Confirmed by somebody who has just read the article."""
    return transactions.run(
        lambda: actions.confirm_suppression(
            article_id=article.pk, suppression_id=found.pk, expected=tag(article), by=by
        )
    )


def suppressed(article: Article, *, by: User, second: User, reason: str = "privacy") -> InForce:
    """Both, one after the other."""
    return confirmed(article, asked(article, by=by, reason=reason), by=second)


def taken_down_and_asked(
    article: Article, *, by: User, reason: str = "privacy", how: str = "unpublish", **said: str
) -> actions.Outcome:
    """Taken down, with the past asked for, by somebody who has just read the article."""
    return transactions.run(
        lambda: actions.take_down_and_ask(
            article_id=article.pk, how=how, expected=tag(article), by=by, reason=reason, **said
        )
    )


def purged(article: Article, *, by: User) -> actions.Purged:
    """Purged by somebody who has just read the article."""
    found = fresh(article)
    return transactions.run(
        lambda: actions.purge(
            article_id=article.pk,
            confirm=found.head_slug or str(found.pk),
            reason="privacy",
            note="Asked for by letter.",
            expected=tag(article),
            by=by,
        )
    )
