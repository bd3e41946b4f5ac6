"""What of the past is within reach: texts that were suppressed are not, though their dates and hashes stay public.

What covers now is never suppressed (`articles.actions.suppressing` refuses it), so a present read asks nothing here.
"""

from datetime import datetime
from typing import Any

from articles.models.publication import Publication
from articles.rendering.times import rfc3339
from cms import clock
from cms.errors import Gone, LegallyUnavailable

SENTENCE = "This text was taken out of the public past. Its dates and its hash stay."


def stored_body(row: Publication) -> bytes | None:
    """The bytes of a row, None where it has none; in one query, whether the row is of the past or not.

    Raises Gone (code `suppressed`), or LegallyUnavailable where the reason is legal.
    """
    if row.effective_until > clock.read_instant():
        return bytes(row.rendering.body) if row.rendering else None
    known = Publication.objects.filter(pk=row.pk).with_suppression()
    body, reason, at = known.values_list("rendering__body", "suppressed_reason", "suppressed_at").get()
    if at is not None:
        raise out_of_reach(row, reason, at)
    return None if body is None else bytes(body)


def out_of_reach(row: Publication, reason: str, at: datetime) -> Gone:
    """What is said in the place of a suppressed text. `sha256` is of the bytes that were served."""
    members: dict[str, Any] = {
        "reason": reason,
        "article": str(row.article_id),
        "version": row.version,
        "effective_from": rfc3339(row.effective_from),
        "effective_until": rfc3339(row.effective_until),
        "sha256": row.rendering_id,
        "suppressed_at": rfc3339(at),
    }
    if reason == "legal":
        return LegallyUnavailable(SENTENCE, **members)
    return Gone(SENTENCE, code="suppressed", **members)
