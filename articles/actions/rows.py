"""Writing one publication row with everything that hangs on it: bytes, topics, people, embedded versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from articles.content import FORMAT, folded
from articles.models import (
    Article,
    Embed,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Rendering,
)
from articles.rendering import Document, Entry

if TYPE_CHECKING:
    from articles.actions.timeline import Transition


@dataclass(frozen=True)
class Written:
    """A row about to be written; `document` is None for one that is gone."""

    transition: "Transition"
    effective_until: datetime
    successor_id: UUID | None
    version: int
    published_at: datetime
    updated_at: datetime
    document: Document | None


def write_row(article: Article, written: Written) -> Publication:
    transition, document = written.transition, written.document
    content = transition.revision.document
    if document:
        Rendering.objects.bulk_create(
            [Rendering(sha256=document.sha256, body=document.body)], ignore_conflicts=True
        )
    row = Publication.objects.create(
        id=transition.id,
        article=article,
        revision=transition.revision,
        revision_number=transition.revision.number,
        version=written.version,
        state=transition.state,
        update_type=transition.update_type,
        effective_from=transition.starts,
        effective_until=written.effective_until,
        successor_id=written.successor_id,
        locale=article.locale,
        slug=content["slug"],
        published_at=written.published_at,
        updated_at=written.updated_at,
        listable=transition.state == "live" and written.effective_until > transition.created_at,
        article_kind=article.kind,
        medical=content["medical"],
        note_types=_spaced(document.note_types) if document else "",
        title_key=folded(content["title"])[:300],
        etag=document.etag if document else f'"gone-{transition.id.hex}"',
        format=FORMAT,
        card=document.card if document else b"",
        rendering_id=document.sha256 if document else None,
        change_note=transition.change_note,
        correction=transition.correction,
        reason=transition.reason,
        explanation=transition.explanation,
        alternative_id=transition.alternative_id,
        review=transition.review,
        break_glass=transition.break_glass,
        created_by=transition.created_by,
        created_at=transition.created_at,
    )
    if document:
        _write_relations(row, article, document, transition)
    return row


def _spaced(types: tuple[str, ...]) -> str:
    """` a b `: each type between spaces, so that a filter can look for ` type ` and match whole words."""
    return f" {' '.join(types)} " if types else ""


def _write_relations(
    row: Publication, article: Article, document: Document, transition: "Transition"
) -> None:
    common = {"publication": row, "published_at": row.published_at, "article_id": article.pk}
    PublicationTopic.objects.bulk_create(
        PublicationTopic(topic_id=UUID(topic.id), **common) for topic in document.topics
    )
    people = [("author", author) for author in document.authors]
    people += [("reviewer", entry) for entry in _reviewer_of(document, transition)]
    PublicationPerson.objects.bulk_create(
        PublicationPerson(person_id=UUID(person.id), role=role, **common) for role, person in people
    )
    Embed.objects.bulk_create(
        Embed(publication=row, item_id=UUID(entry.id), item_version=entry.number) for entry in document.embeds
    )


def _reviewer_of(document: Document, transition: "Transition") -> list[Entry]:
    return [document.reviewer] if document.reviewer and transition.review else []
