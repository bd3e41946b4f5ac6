"""What search answers, and the decoration of its view."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from articles.openapi.document_components import DOCUMENT_COMPONENTS
from articles.openapi.parts import HREF, TEXT, WHOLE, Schema, many, maybe, one_of, record, ref
from cms.openapi.responses import document, not_modified

_CARD = DOCUMENT_COMPONENTS["ArticleCard"]["properties"]
_FACET = {**many(ref("SearchFacet")), "description": "At most 50 values, the most frequent first."}

SEARCH_COMPONENTS: dict[str, Schema] = {
    "SearchMark": record(
        "A place in a fragment that answers the query: code points, the end not included.",
        start=WHOLE,
        end={"type": "integer", "minimum": 1},
    ),
    "SearchHighlight": record(
        "A fragment of plain text, never HTML: escape it before it goes into a page.",
        field=one_of("title", "summary", "headings", "body"),
        text=TEXT,
        marks={**many(ref("SearchMark")), "minItems": 1},
    ),
    "SearchResult": record(
        "The card of a live article, and where it answers the query.",
        tuple(name for name in _CARD if name not in DOCUMENT_COMPONENTS["ArticleCard"]["required"]),
        **_CARD,
        highlights=many(ref("SearchHighlight")),
    ),
    "SearchFacet": record("A value and how many of all results have it.", value=TEXT, count=WHOLE),
    "SearchFacets": record("With `include=facets`.", kind=_FACET, locale=_FACET, topic=_FACET),
    "SearchAnswer": record(
        "A page of results, the best first.",
        ("count", "facets"),
        results=many(ref("SearchResult")),
        next={
            "type": ["string", "null"],
            "format": "uri-reference",
            "description": "The next page; null on the last.",
        },
        count={**WHOLE, "description": "With `count=true`: exactly how many there are."},
        facets=ref("SearchFacets"),
        suggestion={
            **maybe(TEXT),
            "description": "The query with words put right, without accents, when it found little.",
        },
        support_href={
            **maybe(HREF),
            "description": "Helplines, when the words of the query speak of suicide or self-harm.",
        },
    ),
}

search = extend_schema_view(get=extend_schema(responses={200: document("SearchAnswer"), 304: not_modified()}))
