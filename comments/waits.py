"""How long replies wait, by grade: those that wait now, and those that were decided on lately. Exact on both databases.

A percentile is by nearest rank: of n waits in order, the one at place ceil(n · share). From stored instants alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Subquery

from articles.rendering.times import rfc3339
from comments.models import CommentPrivate, CommentVersion, Decision, Escalation, VersionPrivate
from comments.models.private import GRADES

MEDIAN, NINETY = 0.5, 0.9
PERIODS = (7, 30)
"""Days back."""


def document(now: datetime) -> dict[str, Any]:
    """What moderators and whoever plans their hours look at. Counts and seconds only."""
    done = list(_decided(now - timedelta(days=max(PERIODS))))
    return {
        "at": rfc3339(now),
        "waiting": [_now(grade, now) for grade in reversed(GRADES)],
        "decided": [_period(days, done, now) for days in PERIODS],
        "open_escalations": Escalation.objects.filter(closed_at__isnull=True).count(),
    }


def summary(now: datetime) -> list[dict[str, Any]]:
    """For the page of the queue, the gravest grade first: how many wait and since when, and what the last week's
    decisions had waited. Two queries.
    """
    rows = CommentPrivate.objects.filter(queue="waiting").values_list("urgency")
    waiting = {
        urgency: (number, since) for urgency, number, since in rows.annotate(Count("pk"), Min("since"))
    }
    week = _period(PERIODS[0], list(_decided(now - timedelta(days=PERIODS[0]))), now)
    return [
        _beside(decided, *waiting.get(3 - GRADES.index(decided["grade"]), (0, None)), now=now)
        for decided in week["grades"]
    ]


def _beside(decided: dict[str, Any], number: int, since: datetime | None, *, now: datetime) -> dict[str, Any]:
    longest = _seconds(now - since) if since else None
    return {"grade": decided["grade"], "count": number, "longest_seconds": longest, "decided": decided}


def _now(grade: str, now: datetime) -> dict[str, Any]:
    """The ends of one index range and two places in it: as quick for a long queue as for a short one."""
    rows = CommentPrivate.objects.filter(queue="waiting", urgency=3 - GRADES.index(grade)).order_by("-since")
    number = rows.count()
    longest = rows.aggregate(first=Min("since"))["first"]
    return {
        "grade": grade,
        "count": number,
        "median_seconds": _seconds_at(rows, number, MEDIAN, now),
        "p90_seconds": _seconds_at(rows, number, NINETY, now),
        "longest_seconds": _seconds(now - longest) if longest else None,
    }


def _seconds_at(rows: Any, number: int, share: float, now: datetime) -> int | None:
    """The shortest waits come first."""
    if not number:
        return None
    place = ceil(number * share) - 1
    return _seconds(now - rows.values_list("since", flat=True)[place : place + 1].get())


def _decided(since: datetime) -> Iterator[tuple[int, datetime, timedelta]]:
    """Grade, instant and wait of the first decision of a person on each version."""
    version = CommentVersion.objects.filter(comment=OuterRef("comment"), number=OuterRef("version"))
    typed = VersionPrivate.objects.filter(
        version__comment=OuterRef("comment"), version__number=OuterRef("version")
    )
    rows = (
        Decision.objects.of_persons()
        .filter(at__gte=since)
        .exclude(decision__in=("undo", "redact"))
        .annotate(written=Subquery(version.values("created_at")), graded=Subquery(typed.values("grade")))
        .order_by("at", "id")
    )
    seen = set()
    for comment, number, at, written, grade in rows.values_list(
        F("comment_id"), "version", "at", "written", "graded"
    ).iterator():
        if (comment, number) not in seen and written is not None:
            seen.add((comment, number))
            yield grade or 0, at, at - written


def _period(days: int, done: Sequence[tuple[int, datetime, timedelta]], now: datetime) -> dict[str, Any]:
    by_grade: dict[int, list[timedelta]] = defaultdict(list)
    for grade, at, wait in done:
        if at >= now - timedelta(days=days):
            by_grade[grade].append(wait)
    grades = [_summary(grade, sorted(by_grade[GRADES.index(grade)])) for grade in reversed(GRADES)]
    return {"days": days, "grades": grades}


def _summary(grade: str, waits: Sequence[timedelta]) -> dict[str, Any]:
    return {
        "grade": grade,
        "count": len(waits),
        "median_seconds": _at_share(waits, MEDIAN),
        "p90_seconds": _at_share(waits, NINETY),
        "longest_seconds": _seconds(waits[-1]) if waits else None,
    }


def _at_share(waits: Sequence[timedelta], share: float) -> int | None:
    return _seconds(waits[ceil(len(waits) * share) - 1]) if waits else None


def _seconds(wait: timedelta) -> int:
    return max(0, int(wait.total_seconds()))
