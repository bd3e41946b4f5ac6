"""Idempotency-Key: a POST that is sent again gets the first answer again, and has no second effect.

The record is written in the transaction of the effect, so a crash leaves both or neither. It holds keyed digests and
an answer that only the client's own key opens.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from cms import clock
from cms.errors import Busy, FieldError, KeyReused, Malformed
from cms.models import IdempotencyRecord
from cms.prepared import PreparedQuery, insert
from cms.sealing import CannotOpen, mac, macs, open_sealed, seal

_VISIBLE = re.compile(r"[\x21-\x7e]{1,255}")
_SWEPT_AT_ONCE = 500


@dataclass(frozen=True)
class IdempotentRequest:
    """One POST under one key. `caller` is a user's id, or empty: an anonymous client's key is its only secret."""

    key: str
    caller: str
    route: str
    fingerprint: str
    """Of method, path, query and body."""

    @property
    def _identity(self) -> str:
        return f"{self.caller}\n{self.route}\n{self.key}"

    @property
    def lookup(self) -> str:
        return mac(self._identity, settings.TOKEN_KEYS, "idempotency")

    @property
    def lookups(self) -> list[str]:
        return macs(self._identity, settings.TOKEN_KEYS, "idempotency")

    @property
    def context(self) -> str:
        """Of the seal: the key that opens an answer is derived from the client's too."""
        return f"idempotency/{self._identity}"

    def fingerprints(self) -> list[str]:
        return macs(self.fingerprint, settings.TOKEN_KEYS, self.context)


def check_key(key: str) -> str:
    """The key as it was sent. Raises Malformed unless it has 1 to 255 visible ASCII characters."""
    if not _VISIBLE.fullmatch(key):
        sentence = "An Idempotency-Key has 1 to 255 visible ASCII characters."
        raise Malformed(
            sentence,
            code="invalid_idempotency_key",
            errors=(FieldError("invalid_idempotency_key", sentence, parameter="Idempotency-Key"),),
        )
    return key


def _record(lookup: str) -> QuerySet:
    return IdempotencyRecord.objects.filter(lookup=lookup).values_list("fingerprint", "sealed", "created_at")


_RECORD = PreparedQuery(_record, {"lookup": "a-lookup"})


def earlier_answer(request: IdempotentRequest) -> dict[str, Any] | None:
    """What was remembered for this request, None when it is new. Call it first in the effect's transaction.

    Raises Busy (code `idempotency_in_flight`) while the first is being worked on, and KeyReused for another request
    under the same key.
    """
    _claim(request.lookup)
    record = next(filter(None, (_RECORD.first(lookup=lookup) for lookup in request.lookups)), None)
    if record is None:
        return None
    fingerprint, sealed, created_at = record
    if created_at <= clock.now() - settings.IDEMPOTENCY_LIFETIME:
        IdempotencyRecord.objects.filter(lookup__in=request.lookups).delete()
        return None
    if fingerprint not in request.fingerprints():
        raise KeyReused(
            "This Idempotency-Key was sent before with another request. Make a new key for a new request."
        )
    try:
        return json.loads(open_sealed(bytes(sealed), settings.TOKEN_KEYS, request.context))
    except CannotOpen:
        raise KeyReused(
            "The answer to this Idempotency-Key can no longer be given. Make a new key."
        ) from None


def remember(request: IdempotentRequest, answer: Mapping[str, Any]) -> None:
    """Store an answer (JSON values) in the effect's transaction."""
    sealed = seal(json.dumps(answer).encode(), settings.TOKEN_KEYS, request.context)
    insert(
        IdempotencyRecord(
            lookup=request.lookup,
            fingerprint=request.fingerprints()[0],
            sealed=sealed,
            created_at=clock.now(),
        )
    )
    if request.lookup.startswith("00"):  # one time in 256
        transaction.on_commit(lambda: sweep(clock.now()), robust=True)


def sweep(now: datetime) -> int:
    """Remove some records that are too old to be given; returns how many."""
    with transaction.atomic():
        stale = IdempotencyRecord.objects.filter(created_at__lte=now - settings.IDEMPOTENCY_LIFETIME)
        lookups = list(
            stale.select_for_update(skip_locked=True).values_list("lookup", flat=True)[:_SWEPT_AT_ONCE]
        )
        return IdempotencyRecord.objects.filter(lookup__in=lookups).delete()[0] if lookups else 0


def _claim(lookup: str) -> None:
    """Until the commit nobody else works on this lookup. On SQLite an immediate transaction is that claim already."""
    if connection.vendor != "postgresql":
        return
    number = int(lookup[:16], 16) - 2**63
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        (claimed,) = cursor.fetchone()
    if not claimed:
        raise Busy(
            "A request with this Idempotency-Key is being worked on. Try again in a second.",
            code="idempotency_in_flight",
        )
