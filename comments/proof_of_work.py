"""Proof of work by ALTCHA: a challenge that costs a browser a moment, and whether it was solved. Asks no service.

The challenge is signed and holds nothing about anybody; that each is used once, `comments.actions.spending` sees to.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from altcha import create_challenge, verify_solution
from django.conf import settings

from cms import sealing

_CONTEXT = "altcha"


@dataclass(frozen=True)
class Solved:
    """A challenge of ours that was solved: a digest of it, and when it ends."""

    digest: str
    expires_at: datetime


def challenge(now: datetime) -> dict[str, Any]:
    """A fresh challenge, as ALTCHA's widget takes it."""
    made = create_challenge(
        settings.ALTCHA_ALGORITHM,
        settings.ALTCHA_COST,
        expires_at=now + settings.FORM_TOKEN_LIFETIME,
        hmac_secret=_secrets()[0],
    )
    document: dict[str, Any] = made.to_dict()
    return document


def solved(payload: str) -> Solved | None:
    """What a payload of the widget proves; None when it proves nothing: not ours, not solved, or over."""
    if not any(verify_solution(payload, secret).verified for secret in _secrets()):
        return None
    parameters = json.loads(base64.b64decode(payload))["challenge"]["parameters"]
    expires_at = datetime.fromtimestamp(parameters["expiresAt"], UTC)
    return Solved(sealing.token_digest(f"{_CONTEXT}/{parameters['nonce'].lower()}"), expires_at)


def _secrets() -> list[str]:
    return sealing.macs("challenge", settings.TOKEN_KEYS, _CONTEXT)
