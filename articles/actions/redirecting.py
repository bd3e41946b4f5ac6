"""Redirects: making, changing, deleting and importing them. A chain of them is short, and never a loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from articles.models import Article, Redirect
from articles.resolving import MOST_HOPS, outlived
from cms import audit, changes, clock, transactions
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.ids import uuid7
from cms.models import User
from cms.preconditions import IfMatch

_LOCK = (
    0x6B696E75  # the redirects' key among PostgreSQL's advisory locks: two could close a loop between them
)
WAITING = "A readable article has this path now; the redirect answers once it has not."


@dataclass(frozen=True)
class Destination:
    """Where a redirect leads: to an article, whatever its path is by then, or to a normalised path. One of the two."""

    article_id: UUID | None = None
    target: str = ""


@dataclass(frozen=True)
class Redirected:
    """A redirect after a write, and the instant from which every reader meets it."""

    redirect: Redirect
    visible_at: datetime
    warnings: tuple[str, ...] = ()


@transaction.atomic
def create_redirect(*, path: str, to: Destination, by: User | None) -> Redirected:
    """A redirect from a normalised path. Raises WrongState (path_taken, redirect_loop), InvalidContent."""
    _lock()
    if Redirect.objects.filter(path=path).exists():
        raise _taken()
    _require_article(to)
    redirect = Redirect.objects.create(
        path=path, article_id=to.article_id, target=to.target, created_by=by, created_at=clock.now()
    )
    _require_short_chains()
    return _judged(_told(redirect, "redirect.create", by))


@transaction.atomic
def lay_down_redirect(*, path: str, to: Destination, by: User | None, made_at: datetime) -> Redirect:
    """A redirect that was there before anybody read: nothing is announced. Raises WrongState, InvalidContent."""
    _require_article(to)
    redirect = Redirect.objects.create(
        path=path, article_id=to.article_id, target=to.target, created_by=by, created_at=made_at
    )
    _require_short_chains()
    return redirect


@transaction.atomic
def change_redirect(
    *, redirect_id: UUID, path: str, to: Destination, expected: IfMatch, by: User | None
) -> Redirected:
    """Give a redirect another path or destination. Raises as creating does."""
    redirect = _locked(redirect_id, expected)
    if (path, to) == (redirect.path, Destination(redirect.article_id, redirect.target)):
        return Redirected(redirect, clock.read_instant())
    if Redirect.objects.filter(path=path).exclude(pk=redirect.pk).exists():
        raise _taken()
    if to.article_id != redirect.article_id:
        _require_article(to)
    _lead(redirect, path, to)
    _require_short_chains()
    return _judged(_told(redirect, "redirect.change", by))


@transaction.atomic
def delete_redirect(*, redirect_id: UUID, expected: IfMatch, by: User | None) -> Redirected:
    """Nothing leads on from its path any more."""
    redirect = _locked(redirect_id, expected)
    Redirect.objects.filter(pk=redirect.pk).delete()
    return _told(redirect, "redirect.delete", by)


@transaction.atomic
def import_redirects(*, rows: Sequence[tuple[str, Destination]], by: User | None = None) -> list[str]:
    """Make or change many at once, all or none; for each row `added`, `changed` or `unchanged`.

    Raises InvalidContent with a pointer for each row that names no article (`/0`), WrongState (redirect_loop).
    """
    _lock()
    _require_articles([to for _, to in rows])
    known = {row.path: row for row in Redirect.objects.filter(path__in=[path for path, _ in rows])}
    outcomes = [_imported(known.get(path), path, to, by) for path, to in rows]
    _require_short_chains()
    return outcomes


def _imported(known: Redirect | None, path: str, to: Destination, by: User | None) -> str:
    if known is None:
        redirect = Redirect.objects.create(
            path=path, article_id=to.article_id, target=to.target, created_by=by, created_at=clock.now()
        )
        _told(redirect, "redirect.create", by)
        return "added"
    if to == Destination(known.article_id, known.target):
        return "unchanged"
    _lead(known, path, to)
    _told(known, "redirect.change", by)
    return "changed"


def _lead(redirect: Redirect, path: str, to: Destination) -> None:
    redirect.path, redirect.article_id, redirect.target = path, to.article_id, to.target
    redirect.sequence += 1
    redirect.save(force_update=True, update_fields=["path", "article", "target", "sequence"])


def _locked(redirect_id: UUID, expected: IfMatch) -> Redirect:
    _lock()
    redirect = Redirect.objects.filter(pk=redirect_id).first()
    if redirect is None:
        raise NotFound("There is no such redirect.")
    expected.require(redirect.etag)
    return redirect


def _lock() -> None:
    """One writer at a time. On SQLite an immediate transaction is that lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _require_article(to: Destination) -> None:
    if to.article_id and not Article.objects.on_desk().filter(pk=to.article_id).exists():
        error = FieldError("unknown_article", "There is no such article.", pointer="/article")
        raise InvalidContent("There is no such article.", errors=(error,))


def _require_articles(destinations: Sequence[Destination]) -> None:
    ids = {to.article_id for to in destinations if to.article_id}
    found = set(Article.objects.on_desk().filter(pk__in=ids).values_list("pk", flat=True))
    errors = tuple(
        FieldError("unknown_article", "There is no such article.", pointer=f"/{index}")
        for index, to in enumerate(destinations)
        if to.article_id and to.article_id not in found
    )
    if errors:
        raise InvalidContent("Some rows name articles that do not exist.", errors=errors)


def _require_short_chains() -> None:
    """Raises WrongState (redirect_loop) when following redirects from some path would not end soon."""
    leads = dict(Redirect.objects.filter(article__isnull=True).values_list("path", "target"))
    for path in leads:
        if _length(path, leads) > MOST_HOPS:
            raise WrongState(
                f"From {path} redirects would lead in a circle, or over more than {MOST_HOPS} steps.",
                code="redirect_loop",
                path=path,
            )


def _length(path: str, leads: Mapping[str, str]) -> int:
    """Redirects that lead to paths, one after another; counting stops past the most that there may be."""
    here, steps = path, 0
    while here in leads and steps <= MOST_HOPS:
        here, steps = leads[here], steps + 1
    return steps


def _taken() -> WrongState:
    return WrongState("There is a redirect from this path already.", code="path_taken")


def _told(redirect: Redirect, verb: str, by: User | None) -> Redirected:
    """The audit and the log. From the stamp on nobody is served what was read before this was committed."""
    stamp = clock.stamp()
    transactions.must_commit_before(stamp)
    audit.record(
        verb=verb,
        subject_type="redirect",
        subject=redirect.pk,
        by=by,
        at=clock.now(),
        detail={"sequence": redirect.sequence},
    )
    changes.schedule(
        due_at=stamp,
        publication_id=uuid7(),
        type="catalogue.changed",
        subject=redirect.pk,
        article_id=redirect.article_id,
        cache_tags=["redirects"],
    )
    return Redirected(redirect, stamp)


def _judged(made: Redirected) -> Redirected:
    """With a warning when live content answers before the redirect does."""
    waits = outlived([made.redirect], clock.read_instant())
    return replace(made, warnings=(WAITING,)) if waits else made
