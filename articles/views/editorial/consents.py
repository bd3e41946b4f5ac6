"""Consent to a personal story: its records, and withdrawing one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions, consents
from articles.actions.agreed import consent_of, records_of, shown_without_consent
from articles.actions.consenting import Withdrawn
from articles.openapi import consenting as docs
from articles.serializers import consents as shapes
from articles.views.editorial.loading import visible_article
from cms import clock
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.writing import Answer, perform


@docs.consents
class ConsentList(EditorialView):
    """Who has agreed to a personal story and its translations, and whether that holds now."""

    verbs = {"GET": "article.consent", "POST": "article.consent"}
    input_serializers = {"POST": shapes.NewConsent}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found, now = visible_article(self.caller, article_id), clock.now()
        records = list(records_of(found.group_id))
        body: dict[str, Any] = {
            "state": consents.state_at(records, now),
            "results": [shapes.consent(record, now) for record in records],
            "next": None,
        }
        return self.respond(body, etag=found.etag)

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Record a consent. Later than its newest withdrawal, it takes the place of the others of the same scope."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.NewConsent, request)
        expected = if_match(request)

        def work() -> Answer:
            now = clock.now()
            made = actions.record_consent(
                article_id=article_id, expected=expected, by=self.caller, now=now, **data
            )
            etag = made.article.etag
            return Answer(201, {**shapes.consent(made, now), "etag": etag}, {"ETag": etag})

        return perform(request, work)


@docs.consent_withdrawal
class ConsentWithdrawal(EditorialView):
    """Taking a consent back. Nothing is taken down by it: the answer lists what people have to decide on."""

    verbs = {"POST": "article.consent"}
    input_serializers = {"POST": shapes.Withdrawal}

    def post(self, request: Request, article_id: UUID, consent_id: UUID) -> HttpResponseBase:
        """Note that a consent was withdrawn, and list what readers can and could read, with the verb for each."""
        visible_article(self.caller, article_id)
        data = self.validated(shapes.Withdrawal, request)
        expected = if_match(request)

        def work() -> Answer:
            now = clock.now()
            done = actions.withdraw_consent(
                article_id=article_id,
                consent_id=consent_id,
                expected=expected,
                by=self.caller,
                now=now,
                **data,
            )
            return _withdrawn(done, now)

        return perform(request, work)


def _withdrawn(done: Withdrawn, now: datetime) -> Answer:
    found = done.consent
    etag, group = found.article.etag, found.article.group_id
    body = {
        "consent": shapes.consent(found, now),
        "state": consent_of(found.article, now),
        "articles": [shapes.shown(each) for each in shown_without_consent(group, clock.read_instant())],
        "warnings": done.warnings,
        "etag": etag,
    }
    return Answer(201, body, {"ETag": etag})
