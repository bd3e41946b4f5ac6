"""What holds for the whole interface, in words: the description at the head of the OpenAPI document."""

DESCRIPTION = """\
A headless CMS for publications about trauma and healing. Delivery is anonymous, cacheable and the same for everybody;
the desk under `/api/v1/editorial/` is for those who work here; readers' own replies are under `/api/v1/my/`.

**Forms.** UTF-8 JSON, `snake_case`; instants are RFC 3339 in UTC with `Z`; ids are UUIDs, locales BCP 47, countries
ISO 3166; lengths count Unicode code points. A browser that names `text/html` gets a page of the same content.

**What clients must tolerate.** Within v1, members, enum values and block types may be added: ignore members that you
do not know, and show a block of an unknown `type` by its `html`. Cursors, ETags and tokens are opaque.

**Lists** are `{"results": [...], "next": url or null}` with a `Link` header. Follow `next`; it keeps every page in the
state of the first. An unknown, repeated or unreadable parameter is a 400 that names it.

**Problems** are RFC 9457 documents. Decide by `code`; the closed list is at `/api/docs/problems`. `retryable` says
whether the same request may succeed later, `Retry-After` when.

**Caching.** Delivery answers have a strong `ETag`; send it back in `If-None-Match`. `max-age` never reaches past the
next known change.

**Writes** to something existing need `If-Match` with the ETag last read: 428 without, 412 when it is no longer current.
Every POST takes `Idempotency-Key`. PATCH is a JSON Merge Patch (RFC 7396).
"""
