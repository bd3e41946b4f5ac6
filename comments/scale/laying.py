"""Writing made-up threads: the rows that submitting, deciding and erasing leave, in bulk.

The caller holds the transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from sys import intern
from uuid import UUID

from django.conf import settings

from articles.models import Article
from articles.scale.texts import sentence
from articles.scale.words import PEOPLE, VOCABULARIES
from cms import bulk, sealing
from cms.changes import Told
from cms.ids import uuid7
from cms.models import User
from cms.spool import Spool
from comments import paths
from comments.actions import Draft, Words, compose
from comments.actions.contacts import CONTEXT
from comments.actions.standing import cache_tag
from comments.actions.submit import TOKEN_PREFIX
from comments.models import Comment, CommentPrivate, CommentVersion, Contact, Decision, Thread, VersionPrivate
from comments.rendering.names import NAME, public_name
from comments.scale.shape import Place, Shape, shape

BATCH = 500
DRAFTS = 300
"""Different texts in each language; a thread of any length draws on them."""

READ_AFTER = timedelta(hours=6)


@dataclass
class Readers:
    """Those who write: sealed addresses, and words that passed the gate once, by locale."""

    contacts: list[Contact]
    drafts: dict[str, list[Draft]]

    @classmethod
    def gather(cls, chance: Random, number: int, now: datetime) -> "Readers":
        """So many readers with reserved addresses (RFC 2606). Writes their contacts."""
        contacts = [_contact(place, now) for place in range(number)]
        bulk.write(contacts)
        drafts = {locale: [_draft(chance, locale) for _ in range(DRAFTS)] for locale in VOCABULARIES}
        return cls(contacts, drafts)


def _contact(number: int, now: datetime) -> Contact:
    address = f"reader-{number}@example.org"
    return Contact(
        email_sealed=sealing.seal(address.encode(), settings.CONTACT_KEYS, CONTEXT),
        email_mac=sealing.mac(address, settings.CONTACT_KEYS, CONTEXT),
        created_at=now,
    )


def _draft(chance: Random, locale: str) -> Draft:
    text = " ".join(sentence(chance, VOCABULARIES[locale]) for _ in range(chance.randint(1, 5)))
    display_as = chance.choice(("name", "name", "initials", "anonymous"))
    return compose(Words(chance.choice(PEOPLE), "", text, display_as), "publish")


@dataclass
class Replies:
    """Writes threads. `told` gathers what the log of changes has to be told in the end."""

    chance: Random
    readers: Readers
    moderator: User
    now: datetime
    told: Spool[Told]

    def write(self, article: Article, since: datetime, number: int, advance: Callable[[int], None]) -> None:
        """A thread of `number` replies to an article that was public from `since` on."""
        made = shape(self.chance, number)
        ages = sorted(self.chance.randint(60, int((self.now - since).total_seconds())) for _ in range(number))
        times = [self.now - timedelta(seconds=age) for age in reversed(ages)]
        writer = _Writer(self, article, made, times, [uuid7() for _ in range(number)])
        bulk.write([self._thread(article, made)])
        for begin in range(0, number, BATCH):
            numbers = range(begin, min(begin + BATCH, number))
            writer.save(numbers)
            advance(len(numbers))

    def _thread(self, article: Article, made: Shape) -> Thread:
        return Thread(
            article=article,
            policy="publish",
            last_root=made.roots,
            public_count=made.public,
            held_count=made.held,
        )


@dataclass
class _Written:
    """The rows of one reply."""

    comment: Comment
    version: CommentVersion
    private: CommentPrivate
    typed: VersionPrivate | None
    decisions: list[Decision]


@dataclass
class _Writer:
    replies: Replies
    article: Article
    shape: Shape
    times: Sequence[datetime]
    ids: Sequence[UUID]

    def save(self, numbers: Sequence[int]) -> None:
        """Versions name comments and comments their versions: both keys are checked at the commit."""
        rows = [self._written(number) for number in numbers]
        bulk.write(row.comment for row in rows)
        bulk.write(row.version for row in rows)
        bulk.write(row.private for row in rows)
        bulk.write(row.typed for row in rows if row.typed)
        bulk.write(decision for row in rows for decision in row.decisions)

    def _written(self, number: int) -> _Written:
        place, at = self.shape.places[number], self.times[number]
        chance, readers = self.replies.chance, self.replies.readers
        draft = chance.choice(readers.drafts[self.article.locale])
        comment = self._comment(number, place, at)
        version = self._version(comment, draft, place, at)
        comment.public_version_id = version.pk if place.state == "published" else None
        decisions = list(self._decisions(comment, place, at))
        self._tell(comment, place, at)
        erased = place.state == "deleted"
        return _Written(
            comment=comment,
            version=version,
            private=self._private(comment, None if erased else chance.choice(readers.contacts), at),
            typed=None
            if erased
            else VersionPrivate(version=version, author_name=draft.words.author_name, folded=draft.folded),
            decisions=decisions,
        )

    def _comment(self, number: int, place: Place, at: datetime) -> Comment:
        return Comment(
            id=self.ids[number],
            article=self.article,
            parent_id=None if place.parent is None else self.ids[place.parent],
            path=place.path,
            newest=paths.newest(place.path),
            depth=place.depth,
            last_child=place.children,
            state=place.state,
            visible=place.state == "published" or place.public_replies > 0,
            last_version=1,
            public_replies=place.public_replies,
            sequence=1 if place.state in ("published", "held") else 2,
            created_at=at,
        )

    def _version(self, comment: Comment, draft: Draft, place: Place, at: datetime) -> CommentVersion:
        """The one version; erasure empties it."""
        states = {"published": "public", "held": "pending", "deleted": "superseded"}
        words = draft.words
        row = CommentVersion(
            comment=comment,
            number=1,
            display_as=words.display_as,
            public_name=public_name(words.author_name, words.display_as),
            public_website=words.author_website if words.display_as == NAME else "",
            text=words.text,
            html=draft.html,
            state=states.get(place.state, "refused"),
            created_at=at,
        )
        if place.state == "deleted":
            row.text = row.html = row.public_name = row.public_website = ""
            row.erased_at = self._ended(place, at)
        return row

    def _private(self, comment: Comment, contact: Contact | None, at: datetime) -> CommentPrivate:
        return CommentPrivate(
            comment=comment,
            article_id=self.article.pk,
            contact=contact,
            author_token_sha256=sealing.token_digest(sealing.new_token(TOKEN_PREFIX)),
            locale=self.article.locale if contact else "",
            privacy_version="1" if contact else "",
            queue="waiting" if comment.state == "held" else comment.state,
            since=at,
        )

    def _decisions(self, comment: Comment, place: Place, at: datetime) -> Iterator[Decision]:
        """The gate's own, and the moderator's behind it."""
        state, held = place.state, place.state in ("held", "rejected")
        gate = Decision(comment=comment, version=1, old_state="held", at=at, rule="links" if held else "gate")
        gate.decision, gate.new_state = ("hold", "held") if held else ("publish", "published")
        gate.reason = "needs_reading" if held else "within_guidelines"
        yield gate
        if state in ("rejected", "removed"):
            yield Decision(
                comment=comment,
                version=1,
                decision="reject" if state == "rejected" else "remove",
                old_state=gate.new_state,
                new_state=state,
                reason="off_topic",
                decided_by=self.replies.moderator,
                at=self._ended(place, at),
            )

    def _tell(self, comment: Comment, place: Place, at: datetime) -> None:
        if place.state in ("published", "removed", "deleted"):
            self._tell_one("comment.published", comment, 1, at)
        if place.state in ("removed", "deleted"):
            self._tell_one("comment.removed", comment, None, self._ended(place, at))

    def _ended(self, place: Place, at: datetime) -> datetime:
        """When a reply was turned away or ceased to be public: not before it was answered."""
        return self.replies.now if place.children else min(at + READ_AFTER, self.replies.now)

    def _tell_one(self, type_: str, comment: Comment, version: int | None, at: datetime) -> None:
        article = self.article.pk
        told = Told(at, type_, comment.pk, article, version, (intern(cache_tag(article)),))
        self.replies.told.append(told)
