"""What an article's publication says of its replies: whether they wait to be read, and until when there are any."""

import json
from dataclasses import dataclass
from datetime import datetime

from articles.models.publication import Publication
from comments.models.thread import POLICIES


@dataclass(frozen=True)
class Policy:
    """`hold`, `publish` or `closed`, and when the thread closes by itself."""

    policy: str = "hold"
    closes_at: datetime | None = None


def policy_of(publication: Publication) -> Policy:
    """What the published document says of its replies. A policy that is not known holds them."""
    said = json.loads(bytes(publication.card)).get("comments") or {}
    policy, closes_at = said.get("moderation"), said.get("closes_at")
    return Policy(
        policy if policy in POLICIES else "hold", datetime.fromisoformat(closes_at) if closes_at else None
    )
