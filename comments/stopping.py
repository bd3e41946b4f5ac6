"""The links that stop letters: signed, so that nothing is stored for them and they hold as long as their key does.

A link names the reply whose author it is for and how much it stops. It can do nothing else, so it may be forwarded.
"""

from hmac import compare_digest
from uuid import UUID

from django.conf import settings

from cms.sealing import mac, macs

PREFIX = "ku_"
ONE, ALL = "r", "a"
"""No letters about answers to this reply; no letters to its author at all."""

_CONTEXT = "stop letters"
_SIGNATURE = 32
_LENGTH = len(PREFIX) + 1 + 32 + _SIGNATURE


def token(what: str, comment_id: UUID) -> str:
    """`ku_`, what it stops, the reply's id, and 128 bits of HMAC-SHA256, in letters and digits."""
    signed = f"{what}{comment_id.hex}"
    return f"{PREFIX}{signed}{mac(signed, settings.TOKEN_KEYS, _CONTEXT)[:_SIGNATURE]}"


def address(what: str, comment_id: UUID) -> str:
    return f"{settings.PUBLIC_URL}/api/v1/unsubscribe/{token(what, comment_id)}"


def read(sent: str) -> tuple[str, UUID] | None:
    """What it stops and for whose reply; None for one that we did not sign."""
    if len(sent) != _LENGTH or not sent.isascii() or not sent.startswith(PREFIX):
        return None
    signed, signature = sent[len(PREFIX) : -_SIGNATURE], sent[-_SIGNATURE:]
    known = macs(signed, settings.TOKEN_KEYS, _CONTEXT)
    if not any(compare_digest(signature, value[:_SIGNATURE]) for value in known):
        return None
    return signed[0], UUID(signed[1:])


def one_click(link: str) -> dict[str, str]:
    """Headers by which a mail program offers to stop letters (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
