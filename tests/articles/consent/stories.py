"""Small builders of personal stories and the consents to them."""

from datetime import datetime
from typing import Any

from articles import actions
from articles.models import Article, ConsentRecord
from cms import clock
from cms.models import User
from tests.builders import ago, an_article, an_entry, tag


def a_story(*, by: User | None = None, **content: Any) -> Article:
    """A personal story that the checks let through but for consent."""
    if not content.get("authors"):
        content |= {"authors": ["ruth"]}
        an_entry("person", "ruth")
    fields = {"title": "My year", "slug": "my-year"}
    return an_article(by=by, kind="personal_story", **(fields | content))


def agreed(
    story: Article,
    scope: str = "E., the whole story",
    *,
    given_at: datetime | None = None,
    by: User | None = None,
    **more: Any,
) -> ConsentRecord:
    """Somebody agreed, ten days ago unless said otherwise."""
    return actions.record_consent(
        article_id=story.pk,
        scope=scope,
        document_reference="binder 4, sheet 12",
        given_at=given_at or ago(days=10),
        expected=tag(story),
        by=by,
        now=clock.now(),
        **more,
    )


def taken_back(consent: ConsentRecord, *, by: User | None = None, note: str = "") -> ConsentRecord:
    """Whoever agreed does so no longer."""
    return actions.withdraw_consent(
        article_id=consent.article_id,
        consent_id=consent.pk,
        expected=tag(consent.article),
        by=by,
        now=clock.now(),
        note=note,
    ).consent
