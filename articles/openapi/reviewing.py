"""Decorations of the views of review."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from cms.openapi.responses import document, listing, nothing, problem

review_requests = extend_schema_view(
    get=extend_schema(responses={200: listing("ReviewRequest")}),
    post=extend_schema(
        responses={
            201: document("ReviewRequested"),
            **problem("not_the_head", "busy", "idempotency_in_flight"),
            **problem("invalid", "idempotency_key_reused"),
        }
    ),
)
review_request = extend_schema_view(
    get=extend_schema(responses={200: document("ReviewRequest")}),
    delete=extend_schema(responses={204: nothing("Taken back."), **problem("request_closed", "busy")}),
)
reviews = extend_schema_view(
    get=extend_schema(responses={200: listing("Review")}),
    post=extend_schema(
        responses={
            201: document("ReviewMade"),
            **problem("not_allowed", "reviewer_is_author"),
            **problem("wrong_state", "slug_taken", "busy", "idempotency_in_flight"),
            **problem("invalid", "idempotency_key_reused"),
        }
    ),
)
