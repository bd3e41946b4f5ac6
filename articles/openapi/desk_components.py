"""What the desk gets: heads, revisions, reviews, timelines, entries, the audit."""

from articles.models.article import KINDS
from articles.models.catalogue import CATALOGUE_KINDS
from articles.models.publication import STATES, UPDATE_TYPES
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

DESK_STATES = ("draft", "scheduled", "changed", "live", "withdrawn", "gone", "archived")
_ETAG = {**TEXT, "description": "Send it as If-Match with the next change."}
_CARD = {
    "id": UUID,
    "kind": one_of(*KINDS),
    "locale": TEXT,
    "title": TEXT,
    "slug": TEXT,
    "state": one_of(*DESK_STATES),
    "revision": WHOLE,
    "public_revision": maybe(WHOLE),
    "next_transition_at": maybe(INSTANT),
    "review_requested_at": maybe(INSTANT),
    "review_wanted_by": {**maybe(INSTANT), "description": "The day by which its review was asked for."},
    "purged_at": maybe(INSTANT),
    "created_at": INSTANT,
    "href": HREF,
}
_REVISION = {
    "number": WHOLE,
    "parent": maybe(WHOLE),
    "merge_parent": maybe(WHOLE),
    "author": maybe(ref("DeskUser")),
    "message": TEXT,
    "sha256": TEXT,
    "translated_from": maybe(ref("MadeFrom")),
    "created_at": INSTANT,
    "href": HREF,
}
_ENTRY = {
    "id": UUID,
    "kind": one_of(*CATALOGUE_KINDS),
    "key": TEXT,
    "version": WHOLE,
    "etag": _ETAG,
    "retired_at": maybe(INSTANT),
    "content": OBJECT,
    "delivered": OBJECT,
}

DESK_COMPONENTS: dict[str, Schema] = {
    "DeskUser": record("Somebody who works here.", id=UUID, username=TEXT),
    "DeskCard": record("An article in the desk's list.", **_CARD),
    "DeskArticle": record(
        "An article on the desk: its newest text and where it stands.",
        **_CARD,
        group_id=UUID,
        etag=_ETAG,
        head=ref("RevisionSummary"),
        translation={**maybe(ref("TranslationStanding")), "description": "Null for an original."},
        content={
            **maybe(OBJECT),
            "description": "The fields that PATCH takes; null when the texts were deleted (`purged_at`).",
        },
        links=ref("Links"),
    ),
    "RevisionSummary": record("A revision without its text.", **_REVISION),
    "ListedRevision": record(
        "A revision without its text, and whether that was taken out of the public past.",
        **_REVISION,
        suppressed=maybe(ref("Suppressed")),
    ),
    "Revision": record(
        "A revision, immutable. `sha256` is of the canonical form (RFC 8785) of `content`.",
        **_REVISION,
        suppressed=maybe(ref("Suppressed")),
        content={**maybe(OBJECT), "description": "Null when it was deleted by a purge."},
        block_ids=many(TEXT),
        approved_by=maybe(ref("DeskUser")),
        approved_at=maybe(INSTANT),
    ),
    "WorkingCopy": record(
        "What its editor is writing and has not saved. Nobody else gets it.",
        based_on=WHOLE,
        head=WHOLE,
        head_moved={**FLAG, "description": "Whether the head is another revision than `based_on` by now."},
        content={**OBJECT, "description": "The fields that were sent, as they were."},
        saved_at=INSTANT,
        href=HREF,
    ),
    "Publication": record(
        "A row of the timeline. `effective_until` null: it has no end.",
        id=UUID,
        revision=WHOLE,
        version=WHOLE,
        state=one_of(*STATES),
        update_type=one_of(*UPDATE_TYPES),
        effective_from=INSTANT,
        effective_until=maybe(INSTANT),
        slug=TEXT,
        locale=TEXT,
        change_note=TEXT,
        correction=TEXT,
        break_glass=TEXT,
        reason=TEXT,
        explanation=TEXT,
        alternative=maybe(UUID),
        sha256={**maybe(TEXT), "description": "Of the bytes that were served; null where it was gone."},
        suppressed=maybe(ref("Suppressed")),
        created_by=maybe(ref("DeskUser")),
        created_at=INSTANT,
    ),
    "TimelineOutcome": record(
        "What a change of the timeline did. Readers see it from `visible_at` on.",
        publication=maybe(ref("Publication")),
        visible_at=INSTANT,
        warnings=many(TEXT),
        suppression={**maybe(UUID), "description": "The suppression of the past texts that this asked for."},
        etag=_ETAG,
    ),
    "Finding": record(
        "What a check found. Errors block publishing.",
        code=TEXT,
        severity=one_of("error", "warning", "advice"),
        message=TEXT,
        location={**TEXT, "description": "A JSON Pointer into the content."},
        line=maybe(WHOLE),
    ),
    "CheckReport": record(
        "All findings for a revision.", revision=WHOLE, publishable=FLAG, findings=many(ref("Finding"))
    ),
    "RenderedMarkdown": record(
        "What publishing would make of a text.",
        html=TEXT,
        blocks=many(ref("Block")),
        outline=many(record("A heading.", id=TEXT, level=WHOLE, text=TEXT)),
        word_count=WHOLE,
        reading_minutes=WHOLE,
        citations=many(TEXT),
        findings=many(ref("Finding")),
    ),
    "CatalogueEntry": record(
        "An entry of the catalogue: its content to change, and as readers get it.", **_ENTRY
    ),
    "CatalogueSaved": record(
        "An entry after a save. `warnings` say how many articles still show it as it was.",
        **_ENTRY,
        warnings=many(TEXT),
    ),
    "AuditEntry": record(
        "Who did what to what.",
        id=UUID,
        at=INSTANT,
        actor=maybe(ref("DeskUser")),
        verb=TEXT,
        subject_type=TEXT,
        subject=UUID,
        detail=OBJECT,
    ),
}
