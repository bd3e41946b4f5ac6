"""Consent records, and what a withdrawal lists."""

from articles import consents
from articles.models.article import KINDS
from articles.models.publication import STATES
from articles.openapi.parts import HREF, INSTANT, TEXT, UUID, WHOLE, Schema, many, maybe, one_of, record, ref

_ETAG = {**TEXT, "description": "Send it as If-Match with the next change."}
_STATE = {
    **one_of(*consents.STATES),
    "description": "What all records come to: the worst of what the scopes say. Only `in_force` lets a story out.",
}
_RECORD = {
    "id": UUID,
    "article": UUID,
    "locale": TEXT,
    "scope": {**TEXT, "description": "Who agreed to what. A later record of the same scope takes its place."},
    "document_reference": {**TEXT, "description": "Where the signed document is kept."},
    "given_at": INSTANT,
    "expires_at": maybe(INSTANT),
    "state": one_of(consents.IN_FORCE, consents.WITHDRAWN, consents.EXPIRED),
    "recorded_by": maybe(ref("DeskUser")),
    "recorded_at": INSTANT,
    "withdrawn_by": maybe(ref("DeskUser")),
    "withdrawn_at": maybe(INSTANT),
    "withdraw_href": maybe(HREF),
}
_ROW = {
    "id": UUID,
    "version": WHOLE,
    "revision": WHOLE,
    "state": one_of(*STATES),
    "slug": TEXT,
    "effective_from": INSTANT,
    "effective_until": maybe(INSTANT),
}

CONSENT_COMPONENTS: dict[str, Schema] = {
    "Consent": record("That somebody agreed to a personal story. Never public.", **_RECORD),
    "RecordedConsent": record("A consent that was just recorded.", **_RECORD, etag=_ETAG),
    "ConsentList": record(
        "The consents to a story and its translations, newest first, and what they come to.",
        state=_STATE,
        results=many(ref("Consent")),
        next=maybe(HREF),
    ),
    "ShownStory": record(
        "What readers can and could read of one article. `take_down_href` is null when nothing of it is public now.",
        id=UUID,
        kind=one_of(*KINDS),
        locale=TEXT,
        title=TEXT,
        state={**maybe(one_of(*STATES)), "description": "What readers meet now; null when that is nothing."},
        take_down_href=maybe(HREF),
        publications=many(record("A text that has begun to be public.", **_ROW, suppress_href=HREF)),
        scheduled=many(record("A text that waits for its instant.", **_ROW, cancel_href=HREF)),
    ),
    "ConsentWithdrawal": record(
        "A consent that was taken back, and all that rested on it. What is public has not been taken down.",
        consent=ref("Consent"),
        state=_STATE,
        articles=many(ref("ShownStory")),
        warnings={**many(TEXT), "description": "Scheduled releases that were cancelled because of it."},
        etag=_ETAG,
    ),
}
