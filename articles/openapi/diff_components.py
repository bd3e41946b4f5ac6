"""Differences and merges: of revisions for the desk, of versions for readers, and what a late save meets."""

from articles.openapi.parts import (
    FLAG,
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

_ANY: Schema = {"description": "Any JSON value."}
_GRANULARITY = {
    **one_of("word", "block"),
    "description": "`block` where a text was too long to be compared by words: it is removed and added whole.",
}
_DIFFERENCE = {
    "identical": FLAG,
    "granularity": _GRANULARITY,
    "fields": many(ref("FieldDifference")),
    "blocks": many(ref("BlockDifference")),
}
_SIDE = record(
    "A revision, and the article that it is of.", article=UUID, locale=TEXT, revision=ref("ListedRevision")
)
_VERSION = record("A version.", version=WHOLE, revision=WHOLE, effective_from=INSTANT, href=HREF)

DIFF_COMPONENTS: dict[str, Schema] = {
    "WordDifference": record(
        "Two texts by words: equal and delete together are the older, equal and insert the newer.",
        granularity=_GRANULARITY,
        ops=many(record("A stretch of text.", op=one_of("equal", "delete", "insert"), text=TEXT)),
    ),
    "FieldDifference": record(
        "A field that differs. Texts have `words`, lists say what was added, removed, changed and moved.",
        ("words", "added", "removed", "changed", "moved"),
        field=TEXT,
        before=_ANY,
        after=_ANY,
        words=ref("WordDifference"),
        added=many(_ANY),
        removed=many(_ANY),
        changed=many(record("An item that both have.", before=_ANY, after=_ANY)),
        moved=many(_ANY),
    ),
    "BlockDifference": record(
        "A block of the body that differs. Positions count from 0; null on the side that lacks it.",
        ("before", "after", "words"),
        change=one_of("added", "removed", "changed", "moved"),
        id=TEXT,
        type=TEXT,
        before_position=maybe(WHOLE),
        after_position=maybe(WHOLE),
        before=TEXT,
        after=TEXT,
        words=ref("WordDifference"),
    ),
    "Difference": record("What differs, and nothing else.", **_DIFFERENCE),
    "RevisionDifference": record(
        "What differs between two revisions. Blocks are given as Markdown.",
        ("blame",),
        base=_SIDE,
        head=_SIDE,
        **_DIFFERENCE,
        blame=ref("Blame"),
    ),
    "VersionDifference": record(
        "What differs between two versions as readers got them.",
        article=UUID,
        base=_VERSION,
        head=_VERSION,
        **_DIFFERENCE,
    ),
    "Blame": record(
        "Who last changed each block of `head`. What changed before revision `since` is told as of `since`.",
        since=WHOLE,
        blocks=many(
            record(
                "A block, the revision that made it what it is, and the one in which it began.",
                id=TEXT,
                type=TEXT,
                text=TEXT,
                began_in=WHOLE,
                revision=ref("RevisionSummary"),
            )
        ),
    ),
    "JsonPatch": {
        "type": "array",
        "description": "A JSON Patch (RFC 6902) that makes the content of `head` from that of `base`.",
        "items": record(
            "An operation.", ("value",), op=one_of("add", "remove", "replace"), path=TEXT, value=_ANY
        ),
    },
    "MergeConflict": record(
        "A place that both changed differently. `position` counts the blocks of the base's Markdown from 0.",
        pointer={**TEXT, "format": "json-pointer", "description": "Where in the content (RFC 6901)."},
        position=maybe(WHOLE),
        base=_ANY,
        theirs=_ANY,
        yours=_ANY,
    ),
    "SaveConflict": {
        "allOf": [
            ref("Problem"),
            record(
                "The members are there whenever the tag sent names a revision of the article.",
                ("current_etag", "base", "theirs", "yours", "mergeable", "conflicts", "merged"),
                current_etag=TEXT,
                base=record("What both began from.", revision=ref("RevisionSummary"), content=OBJECT),
                theirs=record(
                    "The head.", revision=ref("RevisionSummary"), content=OBJECT, changes=ref("Difference")
                ),
                yours=record("What was sent, on top of the base.", content=OBJECT, changes=ref("Difference")),
                mergeable={**FLAG, "description": "Whether `merge=true` would save `merged`."},
                conflicts=many(ref("MergeConflict")),
                merged={**OBJECT, "description": "Both together; theirs in the places of conflicts."},
            ),
        ],
        "description": "A save that was written on a revision which is no longer the newest: both sides, by field and "
        "block, and how they go together.",
    },
}
