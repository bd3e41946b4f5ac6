"""The one writer of a comment's standing: its state, who sees it, what waits, and every count that follows.

State, counts and change log belong to one transaction under the thread's lock, so that no reader and no failure can
tear them apart.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Q, Value, When

from cms import changes
from cms.errors import NotFound
from cms.prepared import insert, parameter, update
from comments import paths
from comments.actions import notices, threads
from comments.models import Comment, CommentPrivate, CommentVersion, Thread

_COUNT = """
    UPDATE comments_thread
    SET public_count = public_count + %s, held_count = held_count + %s, last_root = last_root + %s
    WHERE article_id = %s
"""
_COUNTED = {
    "escalations": "open_escalations",
    "reports": "open_reports",
    "urgent": "urgent_reports",
    "appeals": "open_appeals",
}


@dataclass(frozen=True)
class Event:
    """One line for the change log."""

    type: str
    subject: UUID
    version: int | None


@dataclass
class Standing:
    """A comment and its thread, both locked, and what is to be told when all is written."""

    comment: Comment
    thread: Thread
    events: list[Event] = field(default_factory=list)

    def begin(self, private: CommentPrivate, *, waits: bool) -> None:
        """Write a new comment, which waits for a decision, or else is to appear with the version that comes next.

        It comes before its versions: on SQLite a row that is referred to before it is there has every row that might
        refer to it looked for.
        """
        self.comment.sequence = 1
        private.queue = "waiting" if waits else "published"
        insert(self.comment)
        insert(private)
        self._count(int(not waits), int(waits), roots=int(not self.comment.depth))

    def appear(self, version: CommentVersion) -> None:
        """Publish a new comment with its first version."""
        comment = self.comment
        comment.state, comment.public_version, comment.visible = "published", version, True
        update(comment, "state", "public_version", "visible")
        self._note((False, "held", None))

    def move(self, *, state: str, public_version: CommentVersion | None, waits: bool) -> None:
        """Write the new standing. `waits`: a version waits for a decision. Versions were written before."""
        comment, private = self.comment, self.comment.private
        difference = int(state == "published") - int(comment.state == "published")
        held = int(waits) - int(private.queue == "waiting")
        before = (comment.visible, comment.state, comment.public_version_id)
        comment.state, comment.public_version = state, public_version
        comment.visible = state == "published" or comment.public_replies > 0
        comment.sequence += 1
        update(comment, "state", "public_version", "visible", "sequence", "last_version")
        private.queue = "waiting" if waits else state
        update(private, "queue", "urgency", "since")
        self._count(difference, held)
        self._note(before)

    def count(self, *, now: datetime, **differences: int) -> None:
        """Count what was opened or closed beside the versions: `escalations`, `reports`, `urgent`, `appeals`.

        A reply about which nothing waited comes to the desk `now`. It is a write like any other: the tag moves.
        """
        private = self.comment.private
        if not private.calls:
            private.since = now
        names = [_COUNTED[name] for name in differences]
        for name, difference in zip(names, differences.values(), strict=True):
            setattr(private, name, getattr(private, name) + difference)
        private.save(update_fields=[*names, "since"])
        self.touch()

    def touch(self) -> None:
        """Something was written about the comment: the tag that was read is no longer the current one."""
        self.comment.sequence += 1
        self.comment.save(update_fields=["sequence"])

    def tell(self, at: datetime) -> None:
        """Write the change log: the last statements of the transaction. Who waits for an answer is told of it."""
        if any(
            (event.type, event.subject) == ("comment.published", self.comment.pk) for event in self.events
        ):
            notices.note(self.comment, at)
        for event in self.events:
            changes.log(
                at=at,
                type=event.type,
                subject=event.subject,
                article_id=self.thread.article_id,
                version=event.version,
                cache_tags=[cache_tag(self.thread.article_id)],
            )

    def _count(self, difference: int, held: int, *, roots: int = 0) -> None:
        if difference or held:
            with connection.cursor() as cursor:
                cursor.execute(_COUNT, [difference, held, roots, parameter(self.thread.pk)])
        if difference and self.comment.depth:
            self._count_above(difference)

    def _count_above(self, difference: int) -> None:
        """Every ancestor counts what is published beneath it; a tombstone lives and dies with that count."""
        above = Comment.objects.filter(
            article_id=self.comment.article_id, path__in=paths.ancestors(bytes(self.comment.path))
        )
        turning = above.exclude(state="published").filter(public_replies=max(0, -difference))
        kind = "comment.updated" if difference > 0 else "comment.removed"
        self.events += [Event(kind, id, None) for id in turning.order_by("path").values_list("id", flat=True)]
        stays = Q(state="published") | Q(public_replies__gt=-difference)
        above.update(
            public_replies=F("public_replies") + difference,
            visible=Case(When(stays, then=Value(True)), default=Value(False)),
        )

    def _note(self, before: tuple[bool, str, UUID | None]) -> None:
        comment = self.comment
        visible, state, public_version_id = before
        kind = None
        if comment.state == "published" and state != "published":
            kind = "comment.published"
        elif comment.state != "published" and state == "published":
            kind = "comment.removed"
        elif comment.public_version_id != public_version_id or (visible and comment.state != state):
            kind = "comment.updated"
        if kind:
            version = comment.public_version.number if comment.public_version else None
            self.events.insert(0, Event(kind, comment.id, version))


def locked(comment_id: UUID) -> Standing:
    """A comment under its thread's lock. Raises NotFound."""
    article_id = Comment.objects.filter(pk=comment_id).values_list("article_id", flat=True).first()
    if article_id is None:
        raise NotFound("There is no such reply.")
    thread = threads.locked(article_id)
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("private", "public_version")
        .get(pk=comment_id)
    )
    return Standing(comment, thread)


def cache_tag(article_id: UUID) -> str:
    return f"comments-{article_id}"
