"""Decorations of the views of consent."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from cms.openapi.responses import document, problem

consents = extend_schema_view(
    get=extend_schema(responses={200: document("ConsentList")}),
    post=extend_schema(
        responses={
            201: document("RecordedConsent"),
            **problem("not_a_story", "busy", "idempotency_in_flight", "purged"),
        }
    ),
)
consent_withdrawal = extend_schema_view(
    post=extend_schema(
        responses={
            201: document("ConsentWithdrawal"),
            **problem("consent_is_withdrawn", "busy", "idempotency_in_flight", "purged"),
        }
    )
)
