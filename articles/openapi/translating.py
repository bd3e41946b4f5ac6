"""Decorations of the views of translations."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from cms.openapi.responses import document, problem

translating = extend_schema_view(
    post=extend_schema(
        responses={
            201: document("DeskArticle"),
            **problem("translation_exists", "wrong_state", "busy", "idempotency_in_flight", "purged"),
        }
    )
)
