"""What is agreed to a personal story: its records, what they come to, and all that rests on them. Reads alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from articles import consents
from articles.models import Article, ConsentRecord, Publication
from articles.querysets.editorial import ArticleQuerySet


@dataclass
class Shown:
    """What readers can, could or would read of one article: what has begun, what has not, and what covers now."""

    article: Article
    begun: list[Publication] = field(default_factory=list)
    coming: list[Publication] = field(default_factory=list)
    now: Publication | None = None


def records_of(group_id: UUID) -> QuerySet[ConsentRecord]:
    """The records of an article and its translations, newest first: who agrees to a story agrees in any locale.

    What was agreed of one locale alone says so in its scope.
    """
    rows = ConsentRecord.objects.filter(article__group_id=group_id)
    return rows.select_related("article", "recorded_by", "withdrawn_by").order_by("-given_at", "-id")


def consent_of(article: Article, at: datetime) -> str:
    """What `articles.consents` says of a personal story at an instant; of anything else that it is in force."""
    if article.kind != "personal_story":
        return consents.IN_FORCE
    return consents.state_at(ConsentRecord.objects.filter(article__group_id=article.group_id), at)


def groups_in(state: str, at: datetime) -> list[UUID]:
    """The groups whose consent is withdrawn or expired at an instant. One query."""
    ended = {"withdrawn": {"withdrawn_at__lte": at}, "expired": {"expires_at__lte": at}}[state]
    groups = ConsentRecord.objects.filter(**ended).values("article__group_id")
    records: dict[UUID, list[ConsentRecord]] = defaultdict(list)
    for record in ConsentRecord.objects.filter(article__group_id__in=groups).select_related("article"):
        records[record.article.group_id].append(record)
    return [group for group, found in records.items() if consents.state_at(found, at) == state]


def without_consent(stories: ArticleQuerySet, state: str, at: datetime) -> ArticleQuerySet:
    """Of a desk annotated with states: the stories whose consent is withdrawn, expired or missing at an instant."""
    stories = stories.claiming_truth()
    if state == consents.MISSING:
        given = ConsentRecord.objects.filter(given_at__lte=at)
        return stories.exclude(group_id__in=given.values("article__group_id"))
    return stories.filter(group_id__in=groups_in(state, at))


def shown_without_consent(group_id: UUID, at: datetime) -> list[Shown]:
    """Every readable publication of a story and its translations, past, present and scheduled. Two queries."""
    articles = {row.pk: Shown(row) for row in Article.objects.filter(group_id=group_id).order_by("locale")}
    rows = Publication.objects.filter(article_id__in=articles).in_time_order().defer("card")
    for row in rows:
        shown = articles[row.article_id]
        if row.effective_from <= at < row.effective_until:
            shown.now = row
        if row.state != "gone":
            (shown.coming if row.effective_from > at else shown.begun).append(row)
    return [shown for shown in articles.values() if shown.begun or shown.coming]
