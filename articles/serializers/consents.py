"""Consent records: what their verbs take, and what the desk gets."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from articles import consents
from articles.actions.agreed import Shown
from articles.models import ConsentRecord, Publication
from articles.serializers.fields import Instant
from articles.serializers.shapes import instant, user

DESK = "/api/v1/editorial/articles"


class NewConsent(serializers.Serializer):
    """`scope` says who agreed to what; `document_reference` where the signed document is kept."""

    scope = serializers.CharField(max_length=2000)
    document_reference = serializers.CharField(max_length=300)
    given_at = Instant()
    expires_at = Instant(required=False, allow_null=True)


class Withdrawal(serializers.Serializer):
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


def consent(found: ConsentRecord, at: datetime) -> dict[str, Any]:
    """One record, and what it says at an instant."""
    base = f"{DESK}/{found.article_id}/consents"
    return {
        "id": str(found.pk),
        "article": str(found.article_id),
        "locale": found.article.locale,
        "scope": found.scope,
        "document_reference": found.document_reference,
        "given_at": instant(found.given_at),
        "expires_at": instant(found.expires_at),
        "state": consents.state_of(found, at),
        "recorded_by": user(found.recorded_by),
        "recorded_at": instant(found.recorded_at),
        "withdrawn_by": user(found.withdrawn_by),
        "withdrawn_at": instant(found.withdrawn_at),
        "withdraw_href": None if found.withdrawn_at else f"{base}/{found.pk}/withdraw",
    }


def shown(found: Shown) -> dict[str, Any]:
    """One article's part of what a withdrawal lists, with the address of the verb for each."""
    base = f"{DESK}/{found.article.pk}"
    readable = found.now is not None and found.now.state != "gone"
    return {
        "id": str(found.article.pk),
        "kind": found.article.kind,
        "locale": found.article.locale,
        "title": found.article.head_title,
        "state": found.now.state if found.now else None,
        "take_down_href": f"{base}/take-down" if readable else None,
        "publications": [
            _row(row) | {"suppress_href": f"{base}/publications/{row.pk}/suppress"} for row in found.begun
        ],
        "scheduled": [_row(row) | {"cancel_href": f"{base}/publications/{row.pk}"} for row in found.coming],
    }


def _row(row: Publication) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "version": row.version,
        "revision": row.revision_number,
        "state": row.state,
        "slug": row.slug,
        "effective_from": instant(row.effective_from),
        "effective_until": instant(row.effective_until),
    }
