"""Redirects and what they resolve to, for readers and for the desk."""

from articles.openapi.parts import HREF, INSTANT, TEXT, UUID, Schema, many, maybe, record, ref

_REDIRECT = {
    "id": UUID,
    "path": {**TEXT, "description": "Decoded, without a slash at the end."},
    "article": maybe(UUID),
    "target": {**TEXT, "description": "Another path of this site; empty with an article."},
    "etag": {**TEXT, "description": "Send it as If-Match with the next change."},
    "created_by": maybe(ref("DeskUser")),
    "created_at": INSTANT,
    "href": HREF,
}

REDIRECT_COMPONENTS: dict[str, Schema] = {
    "DeskRedirect": record("A redirect on the desk.", **_REDIRECT),
    "SavedRedirect": record(
        "A redirect after a write. `warnings` say when live content answers first.",
        **_REDIRECT,
        warnings=many(TEXT),
    ),
    "Redirect": record(
        "An old path and where it leads today.",
        path=HREF,
        status={"type": "integer", "enum": [308, 410]},
        target={**maybe(HREF), "description": "A path of this site; null when the article is gone."},
        article=maybe(UUID),
        href={**maybe(HREF), "description": "The article in this API."},
    ),
    "Resolution": record(
        "What answers for a path. For 308 go to `path`; for 410 `reason` and `alternative_href` say more.",
        requested=HREF,
        status={"type": "integer", "enum": [200, 308, 404, 410]},
        path=maybe(HREF),
        article=maybe(UUID),
        locale=maybe(TEXT),
        href={**maybe(HREF), "description": "The article in this API."},
        reason=maybe(TEXT),
        explanation=maybe(TEXT),
        alternative_href=maybe(HREF),
    ),
}
