"""Form tokens and solved challenges are used once: a form that is sent again is the same reply, not another one.

Rows hold digests, and an answer that only the form token itself opens, as records of Idempotency-Key do. Call all of
this inside the transaction that stores the reply.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from cms import clock, sealing
from comments.form_tokens import FormToken
from comments.models import SpentToken
from comments.proof_of_work import Solved

_SWEPT_AT_ONCE = 500


@dataclass(frozen=True)
class Use:
    """What became of using a form token. `answer` is what the same request got before; `is_first` says that nobody
    used the token before.
    """

    token: FormToken
    fingerprint: str
    is_first: bool
    answer: dict[str, Any] | None = None


def use(token: FormToken, said: str, now: datetime) -> Use:
    """Use a form token for a request that says `said`. Whoever uses it at the same time waits until this commits."""
    fingerprint = sealing.mac(said, settings.TOKEN_KEYS, _context(token))
    fresh = SpentToken(digest=token.digest, expires_at=now + settings.FORM_TOKEN_LIFETIME)
    SpentToken.objects.bulk_create([fresh], ignore_conflicts=True)
    row = SpentToken.objects.select_for_update(of=("self",)).get(pk=token.digest)
    if token.digest.startswith("00"):  # one time in 256
        transaction.on_commit(lambda: sweep(clock.now()), robust=True)
    if row.sealed is None:
        return Use(token, fingerprint, is_first=True)
    same = row.fingerprint in sealing.macs(said, settings.TOKEN_KEYS, _context(token))
    return Use(token, fingerprint, is_first=False, answer=_opened(row, token) if same else None)


def remember(used: Use, answer: Mapping[str, Any]) -> None:
    """Keep the answer (JSON values) for whoever sends the same form again."""
    sealed = sealing.seal(json.dumps(answer).encode(), settings.TOKEN_KEYS, _context(used.token))
    SpentToken.objects.filter(pk=used.token.digest).update(fingerprint=used.fingerprint, sealed=sealed)


def use_proof(proof: Solved) -> bool:
    """Whether a solved challenge is used for the first time; from now on it is not."""
    mine = uuid.uuid4().hex
    fresh = SpentToken(digest=proof.digest, fingerprint=mine, expires_at=proof.expires_at)
    SpentToken.objects.bulk_create([fresh], ignore_conflicts=True)
    return SpentToken.objects.filter(pk=proof.digest, fingerprint=mine).exists()


def sweep(now: datetime) -> int:
    """Remove some of what nobody could use any more; returns how many."""
    with transaction.atomic():
        over = SpentToken.objects.filter(expires_at__lte=now).select_for_update(skip_locked=True)
        digests = list(over.values_list("digest", flat=True)[:_SWEPT_AT_ONCE])
        return SpentToken.objects.filter(digest__in=digests).delete()[0] if digests else 0


def _opened(row: SpentToken, token: FormToken) -> dict[str, Any] | None:
    """None when the key that sealed it is no longer in the list."""
    try:
        answer: dict[str, Any] = json.loads(
            sealing.open_sealed(bytes(row.sealed or b""), settings.TOKEN_KEYS, _context(token))
        )
    except sealing.CannotOpen:
        return None
    return answer


def _context(token: FormToken) -> str:
    return f"form-token/{token.secret}"
