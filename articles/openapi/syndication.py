"""Decorations of the manifest, the feeds and the sitemap, and the component that is theirs."""

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view

from articles.openapi.parts import INSTANT, TEXT, UUID, maybe, record
from articles.syndication import ATOM, JSON_FEED, XML
from cms.openapi.responses import listing, not_modified

SYNDICATION_COMPONENTS = {
    "ManifestLine": record(
        "One live article, and what tells a copy from the present text.",
        id=UUID,
        slug=TEXT,
        locale=TEXT,
        etag={**TEXT, "description": "The ETag of the whole article, uncompressed."},
        updated_at=INSTANT,
        reviewed_at=maybe(INSTANT),
        review_due_at=maybe(INSTANT),
    )
}


def _form(media_type: str, description: str) -> dict:
    return {("200", media_type): OpenApiResponse({"type": "string"}, description), 304: not_modified()}


manifest = extend_schema_view(
    get=extend_schema(responses={200: listing("ManifestLine"), 304: not_modified()})
)
atom_feed = extend_schema_view(get=extend_schema(responses=_form(ATOM, "The feed (RFC 4287).")))
json_feed = extend_schema_view(
    get=extend_schema(
        responses={
            ("200", JSON_FEED): OpenApiResponse({"type": "object"}, "The feed (JSON Feed 1.1)."),
            304: not_modified(),
        }
    )
)
sitemap = extend_schema_view(
    get=extend_schema(responses=_form(XML, "An index of months; with `locale` and `month` a sitemap."))
)
