"""What the desk gets: plain dictionaries, the same for every caller who may see them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from articles.actions import Outcome
from articles.actions.approval import approval_of
from articles.checks import Finding
from articles.models import Autosave, CatalogueItem, Publication, Revision
from articles.rendering.catalogue import SHAPES
from articles.rendering.times import rfc3339
from articles.serializers import translations
from cms import clock
from cms.clock import FAR
from cms.models import AuditEntry, User


def instant(value: datetime | None) -> str | None:
    """RFC 3339; null for none and for an end that is open."""
    return None if value is None or value == FAR else rfc3339(value)


def user(person: User | None) -> dict[str, Any] | None:
    return {"id": str(person.pk), "username": person.username} if person else None


def state_of(article: Any) -> str:
    """One word for the desk, from the annotations of `with_state_at`."""
    if article.archived_at:
        return "archived"
    if article.public_state is None:
        return "scheduled" if article.next_from else "draft"
    if article.public_state == "live" and article.head_number != article.public_revision:
        return "changed"
    return article.public_state


def card(article: Any) -> dict[str, Any]:
    """An article in the desk's list."""
    base = f"/api/v1/editorial/articles/{article.pk}"
    return {
        "id": str(article.pk),
        "kind": article.kind,
        "locale": article.locale,
        "title": article.head_title,
        "slug": article.head_slug,
        "state": state_of(article),
        "revision": article.head_number,
        "public_revision": article.public_revision,
        "next_transition_at": instant(article.next_from),
        "review_requested_at": instant(article.review_requested_at),
        "review_wanted_by": instant(article.review_wanted_by),
        "purged_at": instant(article.purged_at),
        "created_at": instant(article.created_at),
        "href": base,
    }


def article(found: Any, head: Revision) -> dict[str, Any]:
    """The head of an article with everything an editor may change, and where to go from here."""
    base = f"/api/v1/editorial/articles/{found.pk}"
    names = (
        "revisions timeline checks review-requests reviews publications take-down restore duplicate translate "
        "autosave suppressions purge"
    ).split()
    return {
        **card(found),
        "group_id": str(found.group_id),
        "etag": found.etag,
        "head": revision_summary(head),
        "translation": translations.standing(found, head, clock.read_instant()),
        "content": None if found.purged_at else head.document,
        "links": {"self": base, **{name.replace("-", "_"): f"{base}/{name}" for name in names}},
    }


def revision_summary(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "parent": revision.parent_number,
        "merge_parent": revision.merge_parent_number,
        "author": user(revision.author),
        "message": revision.message,
        "sha256": revision.sha256,
        "translated_from": translations.made_from(revision),
        "created_at": instant(revision.created_at),
        "href": f"/api/v1/editorial/articles/{revision.article_id}/revisions/{revision.number}",
    }


def listed_revision(found: Revision) -> dict[str, Any]:
    """A revision of the list: whether its text was taken out of the public past, from `with_suppression`."""
    return {**revision_summary(found), "suppressed": _suppressed(found)}


def _suppressed(found: Revision | Publication) -> dict[str, Any] | None:
    if found.suppressed_at is None:
        return None
    return {"reason": found.suppressed_reason, "at": instant(found.suppressed_at)}


def revision(found: Revision) -> dict[str, Any]:
    approval = approval_of(found)
    return {
        **listed_revision(found),
        "content": found.document if found.content else None,
        "block_ids": list(found.block_ids),
        "approved_by": user(approval.reviewer) if approval else None,
        "approved_at": instant(approval.created_at) if approval else None,
    }


def working_copy(found: Autosave, head: int) -> dict[str, Any]:
    """An editor's working copy, for that editor alone; `head` is the number of the article's newest revision."""
    return {
        "based_on": found.based_on,
        "head": head,
        "head_moved": head != found.based_on,
        "content": found.document,
        "saved_at": instant(found.saved_at),
        "href": f"/api/v1/editorial/articles/{found.article_id}/autosave",
    }


def publication(row: Publication) -> dict[str, Any]:
    """A row of the timeline."""
    return {
        "id": str(row.pk),
        "revision": row.revision_number,
        "version": row.version,
        "state": row.state,
        "update_type": row.update_type,
        "effective_from": instant(row.effective_from),
        "effective_until": instant(row.effective_until),
        "slug": row.slug,
        "locale": row.locale,
        "change_note": row.change_note,
        "correction": row.correction,
        "break_glass": row.break_glass,
        "reason": row.reason,
        "explanation": row.explanation,
        "alternative": str(row.alternative_id) if row.alternative_id else None,
        "sha256": row.rendering_id,
        "suppressed": _suppressed(row),
        "created_by": user(row.created_by),
        "created_at": instant(row.created_at),
    }


def outcome(result: Outcome) -> dict[str, Any]:
    """What a change of the timeline did, and when readers see it."""
    return {
        "publication": publication(result.row) if result.row else None,
        "visible_at": instant(result.visible_at),
        "warnings": list(result.warnings),
        "suppression": str(result.suppression_id) if result.suppression_id else None,
        "etag": result.article.etag,
    }


def finding(found: Finding) -> dict[str, Any]:
    return asdict(found)


def entry(item: CatalogueItem, shown: Any) -> dict[str, Any]:
    """A catalogue entry for the desk: as readers get it, its content to change, and its tag."""
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "key": item.key,
        "version": item.head_number,
        "etag": item.etag,
        "retired_at": instant(item.retired_at),
        "content": dict(shown.content),
        "delivered": SHAPES[item.kind](shown),
    }


def audit_entry(found: AuditEntry) -> dict[str, Any]:
    return {
        "id": str(found.pk),
        "at": instant(found.at),
        "actor": user(found.actor),
        "verb": found.verb,
        "subject_type": found.subject_type,
        "subject": str(found.subject),
        "detail": found.detail,
    }
