"""Who did what to what: the one way to write the audit. Reading it is the editorial API's."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cms.models import AuditEntry, User
from cms.prepared import insert


def record(
    *,
    verb: str,
    subject_type: str,
    subject: uuid.UUID,
    by: User | AnonymousUser | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry, in the transaction of what it tells of. `detail` holds no text of readers and no address."""
    actor = by if isinstance(by, User) else None
    entry = AuditEntry(
        at=at, actor=actor, verb=verb, subject_type=subject_type, subject=subject, detail=dict(detail or {})
    )
    insert(entry)
    return entry
