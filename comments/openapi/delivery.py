"""Decorations of what readers read."""

from drf_spectacular.utils import OpenApiResponse, extend_schema

from cms.openapi.responses import document, listing, problem

_NOT_MODIFIED = OpenApiResponse(None, "What If-None-Match names is still right.")

thread = extend_schema(
    responses={
        200: listing("Comment"),
        304: _NOT_MODIFIED,
        **problem("not_found", "locale_needed", "gone", "unavailable_for_legal_reasons"),
    }
)
form = extend_schema(
    responses={
        200: document("CommentForm"),
        304: _NOT_MODIFIED,
        **problem("not_found", "locale_needed", "gone", "unavailable_for_legal_reasons"),
    }
)
one = extend_schema(
    responses={
        200: document("Comment"),
        304: _NOT_MODIFIED,
        **problem("not_found", "gone", "unavailable_for_legal_reasons"),
    }
)
