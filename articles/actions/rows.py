"""Writing one publication row with everything that hangs on it: bytes, topics, people, embedded versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from articles.actions.lineage import origin_of
from articles.actions.standing import Standing
from articles.content import FORMAT, folded, spaced
from articles.models import (
    Article,
    Embed,
    Listing,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Rendering,
    Review,
)
from articles.rendering import Document, Entry
from articles.searching import indexing

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
    standing: Standing
    document: Document | None


@dataclass(frozen=True)
class Rows:
    """A publication with everything that hangs on it, not yet in the database."""

    publication: Publication
    rendering: Rendering | None
    topics: list[PublicationTopic]
    people: list[PublicationPerson]
    embeds: list[Embed]
    listings: list[Listing]

    @property
    def searched(self) -> list[tuple[Publication, bytes]]:
        """What search is given: the publication with its document, if it has one."""
        return [(self.publication, bytes(self.rendering.body))] if self.rendering else []


def write_row(article: Article, written: Written) -> Publication:
    rows = made(article, written)
    if rows.rendering:
        Rendering.objects.bulk_create([rows.rendering], ignore_conflicts=True)
    rows.publication.save(force_insert=True)
    PublicationTopic.objects.bulk_create(rows.topics)
    PublicationPerson.objects.bulk_create(rows.people)
    Embed.objects.bulk_create(rows.embeds)
    Listing.objects.bulk_create(rows.listings)
    indexing.add(rows.searched)
    return rows.publication


def made(article: Article, written: Written) -> Rows:
    """The rows of one publication, made and not saved."""
    document = written.document
    row = _publication(article, written)
    people = _people(document, written.standing) if document else []
    common = {"publication": row, "published_at": row.published_at, "article_id": article.pk}
    return Rows(
        publication=row,
        rendering=Rendering(sha256=document.sha256, body=document.body) if document else None,
        topics=[
            PublicationTopic(topic_id=UUID(topic.id), **common)
            for topic in (document.topics if document else ())
        ],
        people=[PublicationPerson(person_id=UUID(person.id), role=role, **common) for role, person in people],
        embeds=[
            Embed(publication=row, item_id=UUID(entry.id), item_version=entry.number)
            for entry in (document.embeds if document else ())
        ],
        listings=_listings(row, document.topics if document else (), people) if row.listable else [],
    )


def _listings(row: Publication, topics: Sequence[Entry], people: list[tuple[str, Entry]]) -> list[Listing]:
    named = dict.fromkeys(
        [*(("topic", topic.key) for topic in topics), *((role, one.key) for role, one in people)]
    )
    return [
        Listing(
            publication=row,
            role=role,
            key=key,
            article_id=row.article_id,
            published_at=row.published_at,
            updated_at=row.updated_at,
            title_key=row.title_key,
        )
        for role, key in named
    ]


def _publication(article: Article, written: Written) -> Publication:
    transition, document = written.transition, written.document
    content = transition.revision.document
    origin = origin_of(transition.revision) or (None, None)
    return Publication(
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
        note_types=spaced(document.note_types) if document else "",
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
        review=_decision(written),
        review_status=written.standing.status,
        review_due_at=written.standing.due_at(content) if document else None,
        release=transition.release,
        break_glass=transition.break_glass,
        source_article=origin[0],
        source_revision=origin[1],
        created_by=transition.created_by,
        created_at=transition.created_at,
    )


def _people(document: Document, standing: Standing) -> list[tuple[str, Entry]]:
    authors = [("author", author) for author in document.authors]
    return authors + [("reviewer", entry) for entry in _reviewer_of(document, standing)]


def _reviewer_of(document: Document, standing: Standing) -> list[Entry]:
    return [document.reviewer] if document.reviewer and standing.status == "current" else []


def _decision(written: Written) -> Review | None:
    """The approval that a row rests on, or the decision that took it back."""
    decided = written.transition.review
    took_back = decided and decided.decision == "request_changes"
    return decided if took_back else written.standing.stored
