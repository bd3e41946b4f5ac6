"""Collections, for readers and for the desk."""

from articles.openapi.parts import (
    HREF,
    INSTANT,
    OBJECT,
    TEXT,
    UUID,
    WHOLE,
    Schema,
    many,
    maybe,
    one_of,
    record,
    ref,
)

_TEXTS = {"type": "object", "additionalProperties": TEXT}
_COLLECTION = {
    "id": UUID,
    "slug": TEXT,
    "title": {**_TEXTS, "description": "Titles by locale."},
    "summary": {**_TEXTS, "description": "Summaries by locale."},
    "version": WHOLE,
    "links": ref("Links"),
}

COLLECTION_COMPONENTS: dict[str, Schema] = {
    "Collection": record("A collection, without its articles.", **_COLLECTION),
    "CuratedCollection": record(
        "A collection with the cards of its live articles, in its order.",
        **_COLLECTION,
        articles=many(ref("ArticleCard")),
    ),
    "CollectionContent": record(
        "What an editor gives a collection.",
        title={**_TEXTS, "description": "Titles by locale."},
        summary={**_TEXTS, "description": "Summaries by locale."},
        articles={**many(UUID), "maxItems": 200},
    ),
    "CollectionVersion": record(
        "One version of a collection. `effective_until` null: it has no end.",
        number={**WHOLE, "description": "Rises with each save and is never given twice; it may skip."},
        state=one_of("past", "current", "scheduled"),
        effective_from=INSTANT,
        effective_until=maybe(INSTANT),
        content=ref("CollectionContent"),
        sha256=TEXT,
        author=maybe(ref("DeskUser")),
        created_at=INSTANT,
        href=HREF,
    ),
    "DeskCollection": record(
        "A collection on the desk. `content` is of the current version, else of the first that lies ahead.",
        id=UUID,
        kind=one_of("collection"),
        key=TEXT,
        etag={**TEXT, "description": "Send it as If-Match with the next change."},
        retired_at=maybe(INSTANT),
        content=ref("CollectionContent"),
        delivered=OBJECT,
        current=maybe(ref("CollectionVersion")),
        newest=ref("CollectionVersion"),
        scheduled=many(ref("CollectionVersion")),
        href=HREF,
        links=ref("Links"),
    ),
}
