"""Small builders of translation groups: a translation of an article, and a past given to either."""

from typing import Any

from articles import actions
from articles.actions import Past
from articles.models import Article, Revision
from cms import clock
from cms.models import User
from tests.builders import ago, fresh, tag

Shown = tuple[int, float, str]
"""A revision's number, how many days ago it became public, and as what kind of update."""


def a_translation(
    source: Article, locale: str = "fr", *, slug: str = "sommeil", by: User | None = None, **how: Any
) -> Article:
    """The counterpart in another locale, as the verb makes it, from the newest text of the source."""
    return actions.translate_article(
        article_id=source.pk, locale=locale, slug=slug, by=by, now=clock.now(), **how
    )


def public(article: Article, *shown: Shown) -> Article:
    """Give an article that has no past one, from the longest ago on."""
    past = [
        Past(article.revisions.get(number=number), ago(days=days), update_type, f"Revision {number}.")
        for number, days, update_type in shown
    ]
    actions.lay_down(article_id=article.pk, past=past, by=None)
    return fresh(article)


def caught_up(translation: Article, revision: int, **patch: Any) -> Revision:
    """Somebody says that the translation holds all of that revision of its source."""
    saved = actions.save_revision(
        article_id=translation.pk,
        patch=patch,
        translated_from=revision,
        expected=tag(translation),
        by=None,
        now=clock.now(),
    )
    return saved.revisions.get(number=saved.head_number)
