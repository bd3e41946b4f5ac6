"""What the desk gets of reviews: requests, decisions, and what changed since."""

from articles.models.review import DECISIONS
from articles.openapi.parts import (
    FLAG,
    HREF,
    INSTANT,
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

_ETAG = {**TEXT, "description": "Send it as If-Match with the next change."}
_REQUEST = {
    "id": UUID,
    "revision": WHOLE,
    "reviewers": {**many(ref("DeskUser")), "description": "Empty: whoever may review was asked."},
    "requested_by": maybe(ref("DeskUser")),
    "due_at": maybe(INSTANT),
    "note": TEXT,
    "created_at": INSTANT,
    "closed_at": {
        **maybe(INSTANT),
        "description": "When it was answered, taken back or followed by another.",
    },
    "href": HREF,
}
_REVIEW = {
    "id": UUID,
    "revision": WHOLE,
    "revision_sha256": TEXT,
    "reviewer": maybe(ref("DeskUser")),
    "decision": one_of(*DECISIONS),
    "note": TEXT,
    "interests": {
        **TEXT,
        "description": "What the reviewer declared; empty: that there is nothing to declare.",
    },
    "comments": many(ref("ReviewRemark")),
    "next_due_at": {**maybe(INSTANT), "description": "The day that the approval sets for the next review."},
    "created_at": INSTANT,
    "binds": {**FLAG, "description": "Whether it is the newest decision on this very text, and approves it."},
    "changes_since": ref("ReviewedChanges"),
}

REVIEW_COMPONENTS: dict[str, Schema] = {
    "ReviewRequest": record("A question for a review.", **_REQUEST),
    "ReviewRequested": record(
        "A question for a review that was just asked.", **_REQUEST, requested_at=maybe(INSTANT), etag=_ETAG
    ),
    "ReviewRemark": record(
        "A remark on a block, on words of it, or, with neither, on the whole.",
        block_id=TEXT,
        quote=TEXT,
        note=TEXT,
        in_head={**FLAG, "description": "Whether the newest revision still has that block."},
    ),
    "ReviewedChanges": record(
        "What differs between the judged text and the newest revision.",
        head=WHOLE,
        identical=FLAG,
        fields=many(TEXT),
        blocks=record(
            "Ids of top-level blocks.",
            added=many(TEXT),
            removed=many(TEXT),
            changed=many(TEXT),
            moved=many(TEXT),
        ),
    ),
    "Review": record("One person's decision on one exact revision.", **_REVIEW),
    "ReviewMade": record(
        "A decision just recorded. `visible_at`: when readers see it; null when nothing public changes now.",
        **_REVIEW,
        visible_at=maybe(INSTANT),
        warnings=many(TEXT),
        etag=_ETAG,
    ),
}
