"""Preview links: making, finding by their token, revoking, and recording their use. What they show is
`articles.previews`.
"""

from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from articles.actions.locking import revision_of
from articles.actions.suppressed_texts import require_not_suppressed
from articles.models import Article, PreviewLink, Publication, Release, Revision
from cms import audit
from cms.database.patience import without_waiting
from cms.errors import FieldError, InvalidContent, NotFound, WrongState
from cms.models import User
from cms.sealing import mac, macs, new_token

PREFIX = "kp_"
DEFAULT_LIFE, LONGEST_LIFE = timedelta(days=7), timedelta(days=30)
_CONTEXT = "preview-link"
_LONGEST = 100
_counting = Lock()
_uncounted: dict[UUID, int] = {}
"""Uses that could not be written yet, by link."""


@transaction.atomic
def link_to_article(
    *,
    article_id: UUID,
    by: User | None,
    now: datetime,
    revision: int | None = None,
    label: str = "",
    lasts: timedelta = DEFAULT_LIFE,
) -> tuple[PreviewLink, str]:
    """A link to one article, pinned to a revision or following the head; with its token, which is told this once.

    Raises NotFound, and WrongState when that text, or a later one, is public already (nothing_to_preview) or was taken
    out of the past (text_suppressed).
    """
    article = Article.objects.on_desk().filter(pk=article_id, purged_at__isnull=True).first()
    if article is None:
        raise NotFound("There is no such article.")
    shown = revision_of(article, revision or article.head_number)
    require_not_suppressed(shown)
    public = Publication.objects.filter(article=article).begun(now).readable()
    if public.filter(revision_number__gte=shown.number).exists():
        raise WrongState("This text, or a later one, is public already.", code="nothing_to_preview")
    return _made({"article": article, "revision_number": revision}, by=by, now=now, label=label, lasts=lasts)


@transaction.atomic
def link_to_release(
    *, release_id: UUID, by: User | None, now: datetime, label: str = "", lasts: timedelta = DEFAULT_LIFE
) -> tuple[PreviewLink, str]:
    """A link to the site as a release will make it. Raises InvalidContent, and WrongState once it began or ended."""
    release = Release.objects.filter(pk=release_id).first()
    if release is None:
        error = FieldError("unknown_release", "There is no such release.", pointer="/release")
        raise InvalidContent("The release does not exist.", errors=(error,))
    if release.state == "cancelled" or (release.effective_from and release.effective_from <= now):
        raise WrongState("The release has begun or was cancelled.", code="nothing_to_preview")
    return _made({"release": release}, by=by, now=now, label=label, lasts=lasts)


@transaction.atomic
def link_to_instant(
    *, instant: datetime, by: User | None, now: datetime, label: str = "", lasts: timedelta = DEFAULT_LIFE
) -> tuple[PreviewLink, str]:
    """A link to the site as it will be at an instant ahead. Raises InvalidContent for one that is not ahead."""
    if instant <= now:
        error = FieldError("in_past", "It must lie ahead; what is past anybody may read.", pointer="/instant")
        raise InvalidContent("There is nothing to preview in the past.", errors=(error,))
    return _made({"instant": instant}, by=by, now=now, label=label, lasts=lasts)


@transaction.atomic
def revoke_link(*, link_id: UUID, by: User | None, now: datetime) -> None:
    """End a link at once. Ending one twice is ending it. Raises NotFound."""
    link = PreviewLink.objects.select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise NotFound("There is no such preview link.")
    if link.revoked_at is not None:
        return
    PreviewLink.objects.filter(pk=link.pk).update(revoked_at=now)
    _record("preview.revoke", link, by, now)


def links(now: datetime) -> QuerySet[Any]:
    """All links, each with its `state` at an instant: live, revoked, expired or spent."""
    rows: QuerySet[Any] = PreviewLink.objects.select_related("article", "release", "created_by")
    return rows.annotate(
        state=Case(
            When(revoked_at__isnull=False, then=Value("revoked")),
            When(expires_at__lte=now, then=Value("expired")),
            When(_spent(now), then=Value("spent")),
            default=Value("live"),
        )
    )


def link_of(token: str, now: datetime) -> PreviewLink | None:
    """The live link that a token opens; None alike for an unknown, an expired, a revoked and a spent one."""
    if not token.startswith(PREFIX) or not token.isascii() or len(token) > _LONGEST:
        return None
    digests = macs(token, settings.TOKEN_KEYS, _CONTEXT)
    found = links(now).filter(token_digest__in=digests).first()
    return found if found and found.state == "live" else None


def record_use(link_id: UUID, now: datetime) -> None:
    """Count one use. It never waits: where somebody else writes, this process counts it with the next one."""
    with _counting:
        count = _uncounted.pop(link_id, 0) + 1
    if not _counted(link_id, count, now):
        with _counting:
            _uncounted[link_id] = _uncounted.get(link_id, 0) + count


def _counted(link_id: UUID, count: int, now: datetime) -> bool:
    try:
        with without_waiting(), transaction.atomic():
            free = PreviewLink.objects.select_for_update(skip_locked=True).filter(pk=link_id).values("pk")
            rows = PreviewLink.objects.filter(pk__in=free)
            return bool(rows.update(uses=F("uses") + count, last_used_at=now))
    except OperationalError:
        return False


def _made(
    named: dict[str, object], *, by: User | None, now: datetime, label: str, lasts: timedelta
) -> tuple[PreviewLink, str]:
    token = new_token(PREFIX)
    link = PreviewLink.objects.create(
        token_digest=mac(token, settings.TOKEN_KEYS, _CONTEXT),
        label=label,
        created_by=by,
        created_at=now,
        expires_at=now + lasts,
        **named,
    )
    _record("preview.link", link, by, now)
    return links(now).get(pk=link.pk), token


def _spent(now: datetime) -> Q:
    """What a link shows is public, is not to be, or is nobody's to show any more."""
    public = Publication.objects.filter(article=OuterRef("article")).begun(now).readable()
    newer = Revision.objects.filter(
        article=OuterRef("article"),
        number__gt=OuterRef("revision_number"),
        created_at__lte=OuterRef("effective_from"),
    )
    pinned = Exists(public.filter(revision_number__gte=OuterRef("revision_number")))
    heads = public.filter(effective_from__gt=OuterRef("created_at"))
    return (
        Q(revision_number__isnull=False) & Q(pinned)
        | Q(article__isnull=False, revision_number__isnull=True) & Q(Exists(heads.exclude(Exists(newer))))
        | Q(article__binned_at__isnull=False)
        | Q(article__purged_at__isnull=False)
        | Q(release__state="cancelled")
        | Q(release__state="scheduled", release__effective_from__lte=now)
        | Q(instant__lte=now)
        | Q(created_by__is_active=False)
    )


def _record(verb: str, link: PreviewLink, by: User | None, now: datetime) -> None:
    names = ("article_id", "revision_number", "release_id", "instant")
    detail = {name: str(value) for name in names if (value := getattr(link, name)) is not None}
    audit.record(verb=verb, subject_type="preview_link", subject=link.pk, by=by, at=now, detail=detail)
