"""Running today's sanitiser over all bytes that are stored: what it would change is rendered anew, or suppressed.

What is public is never left as it was: it is re-rendered first. Its old bytes, and those of the past, are then taken
out of time travel for security. Whatever was done already is not done again, so that it can stop anywhere.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError

from articles.actions.locking import count_write, locked
from articles.actions.rerendering import rerender
from articles.actions.suppressing import past_of, suppress_by_rule
from articles.markdown.sanitiser import sanitise
from articles.models import Article, Publication, Rendering
from cms import clock, transactions
from cms.errors import DomainError

T = TypeVar("T")
_TEXT = re.compile(r"[^<>]+(?=<|$)")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """One batch of renderings: how many were looked at, which would be changed, and where the next batch begins."""

    count: int
    unsafe: frozenset[str]
    last: str


@dataclass
class Mended:
    """What was done about unsafe renderings. `failed` are articles that could not be seen to; the log says why."""

    rerendered: set[UUID] = field(default_factory=set)
    suppressed: int = 0
    failed: set[UUID] = field(default_factory=set)


def look(*, after: str = "", limit: int = 200) -> Looked | None:
    """The renderings that follow the one of hash `after`, in the order of their hashes; None at the end."""
    rows = list(Rendering.objects.filter(sha256__gt=after).order_by("sha256")[:limit])
    if not rows:
        return None
    unsafe = frozenset(row.sha256 for row in rows if row.body and _would_change(bytes(row.body)))
    return Looked(len(rows), unsafe, rows[-1].sha256)


def shown_unsafe(unsafe: Iterable[str]) -> list[UUID]:
    """Ids of the articles that show one of these renderings, within reach or ahead; in their order."""
    rows = Publication.objects.filter(rendering__in=list(unsafe)).unsuppressed()
    return sorted(set(rows.values_list("article_id", flat=True)))


def mend(unsafe: frozenset[str]) -> Mended:
    """Re-render what is public or ahead, wait until that has begun, then suppress what lies in the past.

    Each article has transactions of its own.
    """
    done = Mended()
    articles = shown_unsafe(unsafe)
    for article_id in articles:
        if _guarded(article_id, done, partial(rerender, article_id=article_id)):
            done.rerendered.add(article_id)
    clock.wait_until(clock.stamp())
    for article_id in articles:
        count = _guarded(article_id, done, partial(suppress_unsafe, article_id, unsafe))
        done.suppressed += count or 0
    done.failed |= set(shown_unsafe(unsafe))
    return done


def suppress_unsafe(article_id: UUID, unsafe: frozenset[str]) -> int:
    """Suppress the past publications of an article that show one of these renderings; how many there were."""
    article: Article = locked(article_id)
    now = clock.database_now()
    within = set(
        Publication.objects.filter(article=article, rendering__in=unsafe, effective_until__lte=now)
        .unsuppressed()
        .values_list("pk", flat=True)
    )
    rows = [row for row in past_of(article) if row.pk in within]
    if rows:
        count_write(article)
        suppress_by_rule(article, rows, now=clock.now())
    return len(rows)


def _guarded(article_id: UUID, done: Mended, work: Callable[[], T]) -> T | None:
    try:
        return transactions.run(work)
    except (DomainError, DatabaseError):
        _logger.exception("article %s could not be seen to", article_id)
        done.failed.add(article_id)
        return None


def _would_change(body: bytes) -> bool:
    return not all(map(unharmed, _fragments(json.loads(body))))


def unharmed(html: str) -> bool:
    """Whether the sanitiser lets a fragment through as it is, or as the same with its characters spelled its way."""
    clean = sanitise(html)
    return clean in (html, _respelled(html))


def _respelled(html: str) -> str:
    """As the HTML standard's serialiser spells it: quotation marks in text are plain, a no-break space is named."""
    text = _TEXT.sub(lambda match: match[0].replace("&quot;", '"'), html)
    return text.replace("&#x27;", "'").replace("\u00a0", "&nbsp;")


def _fragments(node: Any) -> Iterator[str]:
    """Every `html` member, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "html" and isinstance(value, str):
                yield value
            else:
                yield from _fragments(value)
    elif isinstance(node, list):
        for item in node:
            yield from _fragments(item)
