"""Every count of a thread, made again from its rows and compared with what is kept. Counts are kept exact by the verbs;
this is how a site convinces itself, and mends what a hand in the database has broken.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from cms import changes, clock, transactions
from comments import paths
from comments.actions import threads
from comments.actions.standing import cache_tag
from comments.models import Appeal, Comment, CommentPrivate, Escalation, Report, Thread


@dataclass(frozen=True)
class Difference:
    """A count that is not what the rows say. `subject` is a thread's article or a reply."""

    model: type[Any]
    subject: UUID
    field: str
    kept: int | bool
    counted: int | bool


def compare(article_id: UUID) -> list[Difference]:
    """Every count of one thread that is wrong."""
    return [*_of_thread(article_id), *_of_places(article_id), *_of_calls(article_id)]


def repair(article_id: UUID) -> list[Difference]:
    """Write what is right under the thread's lock, and tell readers' caches of what appeared or vanished."""
    return transactions.run(lambda: _repair(article_id))


def _repair(article_id: UUID) -> list[Difference]:
    threads.locked(article_id)
    found = compare(article_id)
    right: dict[tuple[type[Any], UUID], dict[str, int | bool]] = {}
    for wrong in found:
        right.setdefault((wrong.model, wrong.subject), {})[wrong.field] = wrong.counted
    for (model, subject), values in right.items():
        model._base_manager.filter(pk=subject).update(**values)
    now = clock.read_instant()
    for wrong in (item for item in found if item.field == "visible"):
        kind = "comment.updated" if wrong.counted else "comment.removed"
        tags = [cache_tag(article_id)]
        changes.log(at=now, type=kind, subject=wrong.subject, article_id=article_id, cache_tags=tags)
    return found


def _of_thread(article_id: UUID) -> Iterator[Difference]:
    thread = Thread.objects.get(pk=article_id)
    public = Comment.objects.in_thread(article_id).filter(state="published").count()
    held = CommentPrivate.objects.of_article(article_id).filter(queue="waiting").count()
    yield from _differences(Thread, article_id, thread, {"public_count": public, "held_count": held})


def _of_places(article_id: UUID) -> Iterator[Difference]:
    """Published replies beneath each, and whether readers meet it."""
    rows = list(
        Comment.objects.in_thread(article_id).only("pk", "path", "state", "visible", "public_replies")
    )
    beneath: Counter[bytes] = Counter()
    for row in rows:
        if row.state == "published":
            beneath.update(paths.ancestors(bytes(row.path)))
    for row in rows:
        count = beneath[bytes(row.path)]
        right = {"public_replies": count, "visible": row.state == "published" or count > 0}
        yield from _differences(Comment, row.pk, row, right)


def _of_calls(article_id: UUID) -> Iterator[Difference]:
    """What is open about each reply."""
    counts: dict[str, dict[UUID, int]] = {
        "open_escalations": _open(Escalation, article_id, Q(closed_at__isnull=True)),
        "open_reports": _open(Report, article_id, Q(closed_by__isnull=True)),
        "urgent_reports": _open(Report, article_id, Q(closed_by__isnull=True, urgent=True)),
        "open_appeals": _open(Appeal, article_id, Q(answer__isnull=True)),
    }
    called = Q(pk__in={pk for found in counts.values() for pk in found})
    for name in counts:
        called |= Q(**{f"{name}__gt": 0})
    for private in CommentPrivate.objects.of_article(article_id).filter(called):
        right = {name: found.get(private.pk, 0) for name, found in counts.items()}
        yield from _differences(CommentPrivate, private.pk, private, right)


def _open(model: type[Any], article_id: UUID, condition: Q) -> dict[UUID, int]:
    rows = model._base_manager.filter(condition, comment__article_id=article_id)
    return dict(rows.values_list("comment_id").annotate(number=Count("pk")))


def _differences(
    model: type[Any], subject: UUID, row: Any, right: dict[str, int | bool] | dict[str, int]
) -> Iterator[Difference]:
    for name, counted in right.items():
        if getattr(row, name) != counted:
            yield Difference(model, subject, name, getattr(row, name), counted)
