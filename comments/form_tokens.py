"""Form tokens: that a form was opened, for which article and when. Signed, and about nobody.

A token is `kf_` and 96 characters of base64url (RFC 4648, 5): the article's id, the second of issue, 16 random bytes,
and their HMAC-SHA256 under a key of `settings.TOKEN_KEYS` for this one purpose.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings

from cms import sealing

PREFIX = "kf_"
_CONTEXT = "form-token"
_TOKEN = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{96}})")
_ID, _SECOND, _NONCE = 16, 8, 16
_SIGNED = _ID + _SECOND + _NONCE


@dataclass(frozen=True)
class FormToken:
    """What a token of ours says. `secret` is known to whoever holds the token, and stored nowhere."""

    article_id: UUID
    issued_at: datetime
    secret: str

    @property
    def digest(self) -> str:
        """What is stored of a spent one."""
        return sealing.token_digest(self.secret)


def mint(article_id: UUID, now: datetime) -> str:
    """A fresh token for one article."""
    second = int(now.timestamp()).to_bytes(_SECOND, "big")
    signed = article_id.bytes + second + secrets.token_bytes(_NONCE)
    mac = bytes.fromhex(sealing.mac(signed.hex(), settings.TOKEN_KEYS, _CONTEXT))
    return PREFIX + base64.urlsafe_b64encode(signed + mac).decode()


def read(text: str) -> FormToken | None:
    """What a token says; None for anything that we did not sign."""
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    data = base64.urlsafe_b64decode(match[1])
    signed, mac = data[:_SIGNED], data[_SIGNED:].hex()
    if not any(hmac.compare_digest(mac, ours) for ours in _macs(signed)):
        return None
    second = int.from_bytes(signed[_ID : _ID + _SECOND], "big")
    return FormToken(
        UUID(bytes=signed[:_ID]), datetime.fromtimestamp(second, UTC), signed[_ID + _SECOND :].hex()
    )


def _macs(signed: bytes) -> list[str]:
    return sealing.macs(signed.hex(), settings.TOKEN_KEYS, _CONTEXT)
