"""How much is too much: counts that hold across workers, in the database. Knows addresses only as keyed digests."""

import math
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from cms import clock
from cms.errors import LimitReached
from cms.models import RateWindow
from cms.prepared import PreparedQuery
from cms.sealing import mac

_SWEPT_AT_ONCE = 100
_SWEEPING = ("0", "1")
"""Digests that begin so sweep when they begin a window: one in eight."""


def _counted(scope: str, key: str, since: int) -> QuerySet:
    """The two windows that count: none begins later than now."""
    rows = RateWindow.objects.filter(scope=scope, key=key, window__gte=since)
    return rows.values_list("window", "count")


_COUNTS = PreparedQuery(_counted, {"scope": "a-scope", "key": "a-key", "since": 1})
_COUNT_ONE = """
    INSERT INTO cms_ratewindow (scope, key, "window", count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key, "window") DO UPDATE SET count = cms_ratewindow.count + 1
    WHERE cms_ratewindow.count < %s RETURNING count
"""


@dataclass(frozen=True)
class Allowance:
    """What is left of a limit after one use."""

    scope: str
    remaining: int
    resets_in: int
    """Seconds until the window that is counted in ends."""


class ScopeExhausted(LimitReached):
    """LimitReached, with the allowance that its answer's headers tell of."""

    def __init__(self, scope: str, by: str, retry_after: int) -> None:
        sentence = f"Too many requests from this {by}. Try again in {retry_after} seconds."
        super().__init__(sentence, retry_after=retry_after)
        self.allowance = Allowance(scope, 0, retry_after)


def take(scope: str, key: str, *, by: str) -> Allowance:
    """Count one use of `scope` by `key`. `by` says what the key is, such as `address` or `account`.

    The last `seconds` of settings.RATE_LIMITS[scope] count, over two fixed windows of which the earlier weighs as
    much as it still overlaps. Inside a transaction a use counts only if that commits. Raises LimitReached, and then
    counts nothing.
    """
    limit, seconds = settings.RATE_LIMITS[scope]
    now = clock.now().timestamp()
    window = int(now // seconds) * seconds
    digest = mac(f"{by}:{key}", settings.DIGEST_KEYS, f"limit/{scope}")
    counts = dict(_COUNTS.all(scope=scope, key=digest, since=window - seconds))
    earlier, elapsed = counts.get(window - seconds, 0), now - window
    allowed = limit - math.ceil(earlier * (1 - elapsed / seconds))
    current = _count_one(scope, digest, window, allowed)
    if current is None:
        raise ScopeExhausted(scope, by, _wait(limit, seconds, elapsed, earlier, counts.get(window, 0)))
    if current == 1 and digest.startswith(_SWEEPING):
        sweep()
    return Allowance(scope, allowed - current, math.ceil(seconds - elapsed))


def headers(scope: str, allowance: Allowance | None = None) -> dict[str, str]:
    """RateLimit-Policy and, after a use, RateLimit (draft-ietf-httpapi-ratelimit-headers)."""
    limit, seconds = settings.RATE_LIMITS[scope]
    answer = {"RateLimit-Policy": f'"{scope}";q={limit};w={seconds}'}
    if allowance is not None:
        answer["RateLimit"] = f'"{scope}";r={allowance.remaining};t={allowance.resets_in}'
    return answer


def sweep() -> int:
    """Remove some windows that no limit looks at any more; returns how many."""
    longest = max(seconds for _, seconds in settings.RATE_LIMITS.values())
    over = int(clock.now().timestamp()) - 2 * longest
    with transaction.atomic():
        stale = RateWindow.objects.filter(window__lt=over).order_by("window")
        ids = list(stale.select_for_update(skip_locked=True).values_list("id", flat=True)[:_SWEPT_AT_ONCE])
        return RateWindow.objects.filter(id__in=ids).delete()[0] if ids else 0


def _count_one(scope: str, digest: str, window: int, allowed: int) -> int | None:
    """The count with this use, None when the limit is reached: one statement both compares and counts, so that no two
    callers take the last place.
    """
    if allowed <= 0:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ONE, [scope, digest, window, allowed])
        row = cursor.fetchone()
    return row[0] if row else None


def _wait(limit: int, seconds: int, elapsed: float, earlier: int, current: int) -> int:
    """Whole seconds until one more use would be counted, at least one."""
    if current < limit:
        free_at = seconds * (1 - (limit - current - 1) / earlier) if earlier else 0
        return max(1, math.ceil(free_at - elapsed))
    after_rollover = seconds * (1 - (limit - 1) / current)
    return max(1, math.ceil(seconds - elapsed + after_rollover))
