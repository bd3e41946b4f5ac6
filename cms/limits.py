"""How much is too much: counts that hold across workers, in the database. Knows addresses only as keyed digests."""

import math
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from cms import clock
from cms.errors import LimitReached
from cms.models import RateWindow
from cms.sealing import mac

_SWEPT_AT_ONCE = 100


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
    rows = RateWindow.objects.filter(scope=scope, key=digest)
    earlier = rows.filter(window=window - seconds).values_list("count", flat=True).first() or 0
    elapsed = now - window
    allowed = limit - math.ceil(earlier * (1 - elapsed / seconds))
    if not _count_one(scope, digest, window, allowed):
        current = rows.filter(window=window).values_list("count", flat=True).first() or 0
        raise ScopeExhausted(scope, by, _wait(limit, seconds, elapsed, earlier, current))
    current = rows.filter(window=window).values_list("count", flat=True).get()
    return Allowance(scope, max(0, allowed - current), math.ceil(seconds - elapsed))


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


def _count_one(scope: str, digest: str, window: int, allowed: int) -> bool:
    """One conditional UPDATE both compares and counts, so that no two callers take the last place."""
    if allowed <= 0:
        return False
    place = RateWindow.objects.filter(scope=scope, key=digest, window=window, count__lt=allowed)
    if place.update(count=F("count") + 1):
        return True
    row = RateWindow(scope=scope, key=digest, window=window, count=0)
    RateWindow.objects.bulk_create([row], ignore_conflicts=True)
    sweep()
    return place.update(count=F("count") + 1) == 1


def _wait(limit: int, seconds: int, elapsed: float, earlier: int, current: int) -> int:
    """Whole seconds until one more use would be counted, at least one."""
    if current < limit:
        free_at = seconds * (1 - (limit - current - 1) / earlier) if earlier else 0
        return max(1, math.ceil(free_at - elapsed))
    after_rollover = seconds * (1 - (limit - 1) / current)
    return max(1, math.ceil(seconds - elapsed + after_rollover))
