"""Words of a reply becoming a version: composed outside the transaction, appended inside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cms.prepared import insert
from comments.actions import labels
from comments.gate import Arrival, Reply, Ruling, Verdict, repeated, run
from comments.gate.kinds import kinds_of
from comments.models import Comment, CommentVersion, VersionPrivate
from comments.rendering.markdown import to_html
from comments.rendering.names import NAME, public_name


@dataclass(frozen=True)
class Words:
    """What an author types. Lengths and forms were validated; `author_website` may be empty."""

    author_name: str
    author_website: str
    text: str
    display_as: str


@dataclass(frozen=True)
class Draft:
    """Words with what follows from them: their HTML, what the gate says, by what the text is known again, its words
    as checks compare them, and the kinds of content that it seems to hold.

    It writes nothing, so it can be made before a lock.
    """

    words: Words
    html: str
    ruling: Ruling
    digests: Sequence[str] = ()
    folded: str = ""
    kinds: Sequence[str] = ()

    def held_for(self, *verdicts: Verdict) -> "Draft":
        """The same draft, with verdicts that were not known when it was made."""
        return replace(self, ruling=self.ruling.with_also(*verdicts))


def compose(
    words: Words,
    policy: str,
    comment_id: UUID | None = None,
    arrival: Arrival | None = None,
    *,
    is_staff: bool = False,
) -> Draft:
    """What the gate says of words under a policy; see `comments.gate.Reply`."""
    who = (words.text, words.author_name, words.author_website)
    reply = Reply(*who, policy, comment_id, arrival, is_staff)
    ruling = run(reply)
    return Draft(
        words,
        to_html(words.text),
        ruling,
        repeated.to_remember(reply, ruling),
        f" {' '.join(reply.words.texts)} ",
        kinds_of(reply, ruling),
    )


def append_version(comment: Comment, draft: Draft, now: datetime) -> CommentVersion:
    """The comment's next version, pending; an earlier pending one is superseded. Does not write the comment."""
    comment.versions.filter(state="pending").update(state="superseded")
    comment.last_version += 1
    return write_version(comment, draft, "pending", now)


def write_version(comment: Comment, draft: Draft, state: str, now: datetime) -> CommentVersion:
    """The version that the comment, which is stored already, calls its last."""
    words = draft.words
    version = CommentVersion(
        comment=comment,
        number=comment.last_version,
        display_as=words.display_as,
        public_name=public_name(words.author_name, words.display_as),
        public_website=words.author_website if words.display_as == NAME else "",
        text=words.text,
        html=draft.html,
        state=state,
        created_at=now,
    )
    private = VersionPrivate(
        version=version,
        author_name=words.author_name,
        author_website=words.author_website,
        verdicts=[verdict.as_document() for verdict in draft.ruling.verdicts],
        folded=draft.folded,
        grade=draft.ruling.grade,
    )
    insert(version)
    insert(private)
    labels.by_the_gate(comment, draft.kinds)
    repeated.remember(version, draft.digests, now)
    return version


def words_of(version: CommentVersion) -> Words:
    """What was typed for a version that was not erased; as shown where what was typed was kept long enough."""
    name = version.private.author_name or version.public_name
    website = version.private.author_website or version.public_website
    return Words(name, website, version.text, version.display_as)
