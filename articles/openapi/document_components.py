"""What readers get: articles and cards in format 1, versions, the catalogue."""

from articles.content import COMMENTS_POLICIES, NOTE_TYPES, URGENCY_LEVELS
from articles.markdown import CERTAINTIES
from articles.models.article import KINDS
from articles.models.publication import STATES, UPDATE_TYPES
from articles.models.suppression import SUPPRESSION_REASONS
from articles.openapi.parts import (
    DATE,
    FLAG,
    HREF,
    INSTANT,
    OBJECT,
    TEXT,
    UUID,
    WHOLE,
    Schema,
    many,
    maybe,
    one_of,
    record,
    ref,
)
from articles.openapi.translation_components import INCLUDED

STATUSES = ("current", "corrected", "expression-of-concern", "withdrawn", "retracted")

_IDENTITY = {
    "id": UUID,
    "kind": one_of(*KINDS),
    "slug": TEXT,
    "locale": {**TEXT, "description": "BCP 47."},
    "url": {**HREF, "description": "The page of the site's frontend when one is configured."},
    "version": {**WHOLE, "description": "The reader's number: which publication this is, in order of time."},
    "revision": {**WHOLE, "description": "The editor's number: which text this is."},
    "format": {**WHOLE, "description": "The format of this document. Within v1 members are only added."},
    "title": TEXT,
    "summary": TEXT,
    "published_at": INSTANT,
    "updated_at": {**INSTANT, "description": "The last major update."},
    "first_published_at": INSTANT,
    "medical": FLAG,
}
_SHARED = {
    "cover": {"type": ["object", "null"]},
    "topics": many(ref("TopicCard")),
    "authors": many(ref("PersonCard")),
    "related": many(record("Another article, by id.", id=UUID, href=HREF)),
    "review": ref("ReviewStatus"),
    "content_notes": many(ref("ContentNote")),
    "safety": ref("Safety"),
    "corrections": many(ref("Correction")),
    "withdrawal": maybe(ref("WithdrawalNotice")),
    "comments": record(
        "Where replies are, and whether they are read before they appear.",
        moderation=one_of(*COMMENTS_POLICIES),
        closes_at=maybe(INSTANT),
        href=HREF,
    ),
    "seo": record("For search engines.", title=TEXT, description=TEXT),
    "extra": {
        **OBJECT,
        "description": "Fields that the site declared. `invented: true` says that a personal story is fiction.",
    },
    "links": ref("Links"),
}
_FORMS = ("BodyHtml", "BodyBlocks", "BodyMarkdown")
_BODY = {
    "body": ref("Body"),
    "references": many(ref("ListedReference")),
    "claims": many(ref("Claim")),
    "json_ld": {
        **OBJECT,
        "description": "schema.org, ready for a script element: `<` is escaped in the bytes.",
    },
}


def _localised(words: str) -> Schema:
    return {"type": "object", "description": f"{words} by locale.", "additionalProperties": TEXT}


_ONE_FORM = {"anyOf": [ref(name) for name in _FORMS]}
_ANY_BODY = {"anyOf": [ref("Body"), *_ONE_FORM["anyOf"]]}
_OUTLINE = many(record("A heading.", id=TEXT, level=WHOLE, text=TEXT))
_LENGTH = {"outline": _OUTLINE, "word_count": WHOLE, "reading_minutes": WHOLE}

DOCUMENT_COMPONENTS: dict[str, Schema] = {
    "Article": record(
        "An article as it was rendered when it was published, with what `include` asks for beside it.",
        tuple(INCLUDED),
        **_IDENTITY,
        **_BODY,
        **_SHARED,
        **INCLUDED,
    ),
    "ArticleCard": record("An article without body, references, claims and json_ld.", **_IDENTITY, **_SHARED),
    "ArticleMembers": {
        "type": "object",
        "description": "Those members of an article or card that `fields` named.",
        "properties": {**_IDENTITY, **_BODY, "body": _ANY_BODY, **_SHARED, **INCLUDED},
    },
    "ArticleInView": record(
        "An article whose body has one form only, as `view` named it.",
        tuple(INCLUDED),
        **_IDENTITY,
        **_BODY | {"body": _ONE_FORM},
        **_SHARED,
        **INCLUDED,
    ),
    "Body": record(
        "The text in three forms: sanitised HTML, typed blocks, and its outline.",
        html=TEXT,
        blocks=many(ref("Block")),
        **_LENGTH,
    ),
    "BodyHtml": record("With `view=html`.", html=TEXT, **_LENGTH),
    "BodyBlocks": record("With `view=blocks`.", blocks=many(ref("Block")), **_LENGTH),
    "BodyMarkdown": record(
        "With `view=markdown`. The grammar is in `docs/markdown.md`; the blocks that this reads as are those of "
        "`view=blocks`, but for their ids.",
        markdown=TEXT,
        **_LENGTH,
    ),
    "TopicCard": record(
        "A topic. `title_locale` is there only when its title is in another locale than the document.",
        ("title_locale",),
        id=UUID,
        slug=TEXT,
        title=TEXT,
        title_locale=TEXT,
        href=HREF,
    ),
    "PersonCard": record(
        "A person. `invented` marks bylines of a demonstration: nobody of that name exists.",
        id=UUID,
        slug=TEXT,
        name=TEXT,
        credentials=TEXT,
        invented=FLAG,
        href=HREF,
    ),
    "ReviewStatus": record(
        "Whether this text is as it was approved, and the last approval. Instants only: whether a review is overdue"
        " follows from `due_at`.",
        status=one_of("current", "pending", "stale", "none"),
        reviewed_at=maybe(INSTANT),
        reviewed_by=maybe(ref("PersonCard")),
        reviewed_version=maybe(WHOLE),
        due_at=maybe(INSTANT),
        unreviewed_reason={**maybe(TEXT), "description": "Why a correction was published before its review."},
    ),
    "ContentNote": record(
        "What a reader may want to know before opening. 1 mentioned, 2 described, 3 described in detail.",
        type=one_of(*NOTE_TYPES),
        intensity={"type": "integer", "minimum": 1, "maximum": 3},
    ),
    "Safety": record(
        "When to seek help, what this text is not, and where substances stand in law.",
        disclaimer=record(
            "What the text is not. `locale` is there only when it is in another one than the document.",
            ("locale",),
            html=TEXT,
            text=TEXT,
            locale=TEXT,
        ),
        urgency=many(record("When to seek help.", level=one_of(*URGENCY_LEVELS), text=TEXT)),
        legal=many(ref("LegalCard")),
        helplines_href=HREF,
    ),
    "LegalCard": record(
        "A legal status on a day. Information, never advice.",
        key=TEXT,
        substance=TEXT,
        jurisdiction={**TEXT, "description": "ISO 3166-1 or 3166-2."},
        status=TEXT,
        summary=TEXT,
        as_of=DATE,
        review_due_at=maybe(DATE),
        source=record("Where it was read.", reference=maybe(TEXT), href=maybe(TEXT), verification=TEXT),
        href=HREF,
    ),
    "LegalStatus": {
        "allOf": [ref("LegalCard"), record("With its identity.", id=UUID, version=WHOLE)],
        "description": "A legal status of the catalogue.",
    },
    "Correction": record(
        "A correction that readers are told of.", at=INSTANT, note=TEXT, from_version=WHOLE, to_version=WHOLE
    ),
    "WithdrawalNotice": record(
        "Why a text that is still readable should not be relied on.",
        explanation=TEXT,
        alternative_href=maybe(HREF),
    ),
    "ListedReference": record(
        "A work that the text cites (`number`) or recommends (null).",
        key=TEXT,
        number=maybe(WHOLE),
        csl={**OBJECT, "description": "CSL-JSON."},
        html=TEXT,
        text=TEXT,
        href=HREF,
        publication_status=one_of(*STATUSES),
        retraction={"type": ["object", "null"]},
    ),
    "Claim": record(
        "A claim with its certainty (GRADE), its population and its references.",
        id=TEXT,
        text=TEXT,
        certainty=one_of(*CERTAINTIES),
        population=TEXT,
        references=many(TEXT),
    ),
    "Version": record(
        "One publication. `effective_until` is told only once it has passed.",
        version=WHOLE,
        revision=WHOLE,
        state=one_of(*STATES),
        effective_from=INSTANT,
        effective_until=maybe(INSTANT),
        update_type=one_of(*UPDATE_TYPES),
        change_note=TEXT,
        reason=maybe(TEXT),
        explanation=maybe(TEXT),
        sha256={**maybe(TEXT), "description": "Of the bytes that were served; null where it was gone."},
        suppressed=maybe(ref("Suppressed")),
        href=HREF,
    ),
    "Suppressed": record(
        "Taken out of the public past: dates and hash stay, the bytes answer 410, or 451 for a legal reason.",
        reason=one_of(*SUPPRESSION_REASONS),
        at=INSTANT,
    ),
    "Topic": record(
        "A topic with its texts by locale.",
        id=UUID,
        slug=TEXT,
        title=_localised("Titles"),
        description=_localised("Descriptions"),
        version=WHOLE,
        links=ref("Links"),
    ),
    "Person": {
        "allOf": [
            ref("PersonCard"),
            record(
                "More about a person.",
                bio=TEXT,
                roles=many(one_of("author", "reviewer")),
                interests={**TEXT, "description": "Declared competing interests."},
                version=WHOLE,
                links=ref("Links"),
            ),
        ],
        "description": "Somebody who writes or reviews.",
    },
    "Reference": record(
        "A work that can be cited.",
        id=UUID,
        key=TEXT,
        csl={**OBJECT, "description": "CSL-JSON."},
        text=TEXT,
        url=maybe(TEXT),
        publication_status=one_of(*STATUSES),
        retraction={"type": ["object", "null"]},
        verification={"type": ["object", "null"]},
        version=WHOLE,
        links=ref("Links"),
    ),
    "Helpline": record(
        "A service to turn to. `verified_at` null: no editor of this site has checked it.",
        id=UUID,
        key=TEXT,
        name=TEXT,
        country=maybe(TEXT),
        subdivision=maybe(TEXT),
        emergency=FLAG,
        international=FLAG,
        channels=many(
            record(
                "A way to reach it.",
                ("note",),
                type=one_of("phone", "sms", "chat", "email", "web"),
                value=TEXT,
                href={**TEXT, "format": "uri"},
                note=TEXT,
            )
        ),
        hours=record("When it answers.", ("time_zone",), text=TEXT, always=FLAG, time_zone=TEXT),
        languages=many(TEXT),
        cost=maybe(TEXT),
        scope=many(TEXT),
        note=TEXT,
        verification=one_of("official", "secondary", "memory"),
        verified_at=maybe(INSTANT),
        verify_due_at=maybe(INSTANT),
    ),
    "HelplineList": record(
        "Emergency number first, international directories last.",
        ("support_text",),
        support_text={
            **TEXT,
            "description": "What stands beside every way here, in `locale`: the same for everybody.",
        },
        country=maybe(TEXT),
        results=many(ref("Helpline")),
        next=maybe(HREF),
    ),
}

CARD_FIELDS = tuple(DOCUMENT_COMPONENTS["ArticleCard"]["properties"])
ARTICLE_FIELDS = tuple(DOCUMENT_COMPONENTS["Article"]["required"])
