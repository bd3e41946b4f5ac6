"""How texts of several locales stand to each other: on the desk, and beside a document when a reader asks."""

from articles.openapi.parts import HREF, TEXT, UUID, WHOLE, Schema, many, maybe, one_of, record, ref

_MADE_FROM = {"article": UUID, "locale": TEXT, "revision": WHOLE, "href": HREF}
_BEHIND = (
    "How many major publications of the original came after the text that this one was made from. "
    "Null for a text that is no translation"
)

INCLUDED: dict[str, Schema] = {
    "translations": {
        **many(ref("Translation")),
        "description": "With `include=translations`: the readable texts of the other locales.",
    },
    "revisions_behind": {**maybe(WHOLE), "description": f"With `include=translations`. {_BEHIND}."},
    "related_articles": {
        **many(ref("ArticleCard")),
        "description": "With `include=related`: the cards of those related articles that are live, in their order.",
    },
    "link_targets": {
        **many(ref("LinkTarget")),
        "description": "With `include=links`: what is at the end of each link to an article now.",
    },
}
"""Members that are composed at reading; no stored document has them."""

TRANSLATION_COMPONENTS: dict[str, Schema] = {
    "MadeFrom": record("The source's revision that a translation was made from.", **_MADE_FROM),
    "TranslationStanding": record(
        "How a translation stands to its source.",
        **_MADE_FROM,
        source_head=WHOLE,
        source_href=HREF,
        revisions_behind={**maybe(WHOLE), "description": f"{_BEHIND}, and while it is not public."},
        head_revisions_behind={**WHOLE, "description": "The same for the newest text on the desk."},
    ),
    "Translation": record(
        "The same article in another locale.",
        id=UUID,
        locale=TEXT,
        slug=TEXT,
        href=HREF,
        state=one_of("live", "withdrawn"),
        revisions_behind={**maybe(WHOLE), "description": f"{_BEHIND}."},
    ),
    "LinkTarget": record(
        "What readers meet at the end of a link. `missing`: nothing that could be read, and no word of why.",
        id=UUID,
        state=one_of("live", "withdrawn", "gone", "missing"),
        locale=maybe(TEXT),
        slug={**maybe(TEXT), "description": "Today's slug, whatever it was when the text was written."},
        href=HREF,
        reason=maybe(TEXT),
        alternative_href=maybe(HREF),
    ),
}
