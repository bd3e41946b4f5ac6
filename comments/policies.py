"""What an article's publication says of its replies: whether they wait to be read, and until when there are any."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from articles.models.publication import Publication
from comments.models.thread import POLICIES


@dataclass(frozen=True)
class Policy:
    """`hold`, `publish` or `closed`, and when the thread closes by itself."""

    policy: str = "hold"
    closes_at: datetime | None = None


def policy_of(publication: Publication, *, closing_after: int | None = None) -> Policy:
    """What the published document says of its replies. A policy that is not known holds them.

    `closing_after` is the site's own rule, in days from the first publication; the earlier of the two ends stands.
    """
    card = json.loads(bytes(publication.card))
    said = card.get("comments") or {}
    policy = said.get("moderation")
    return Policy(
        policy if policy in POLICIES else "hold", min(_ends(said, card, closing_after), default=None)
    )


def _ends(said: Mapping[str, Any], card: Mapping[str, Any], closing_after: int | None) -> Iterator[datetime]:
    if said.get("closes_at"):
        yield datetime.fromisoformat(said["closes_at"])
    if closing_after is not None:
        yield datetime.fromisoformat(card["first_published_at"]) + timedelta(days=closing_after)
