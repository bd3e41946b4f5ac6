"""The demonstration's replies, replayed in the order in which they were written, edited, judged and taken back.

With `load`, the whole demonstration: `articles.demo` lays down everything that replies are about.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from articles.demo import loading, source
from cms import changes, clock
from cms.models import Site, User
from cms.preconditions import IfMatch
from comments import actions
from comments.actions import threads
from comments.actions.decide import Ruling
from comments.models import Comment

READ_AFTER = timedelta(minutes=20)
"""How long a reply waited for its moderator; less than for any answer to it."""

REMOVED_AFTER = timedelta(days=1)
DELETED_AFTER = timedelta(days=2)

Step = Callable[[datetime], None]


def load(passwords: Mapping[str, str]) -> bool:
    """Load the whole demonstration, all or nothing. False when the database is not empty: then nothing is done."""
    with transaction.atomic():
        if not loading.is_empty():
            return False
        loaded = loading.load(passwords)
        changes.settle(clock.read_instant())
        replay(loaded.ids, loaded.users["moderator"])
    return True


def replay(articles: Mapping[str, UUID], moderator: User) -> None:
    """Everything that ever happened to a reply, in time order across all articles."""
    privacy_version = Site.objects.values_list("privacy_version", flat=True).get()
    steps: list[tuple[datetime, Step]] = []
    for key, rows in source.replies().items():
        thread = _Thread(articles[key], moderator, privacy_version, {})
        steps += [step for row in rows for step in thread.steps(row)]
    for at, step in sorted(steps, key=lambda timed: timed[0]):
        step(at)


@dataclass(frozen=True)
class _Thread:
    """One article's replies being replayed; `ids` are the ids of those that are there, by their local names."""

    article_id: UUID
    moderator: User
    privacy_version: str
    ids: dict[str, UUID]

    def steps(self, row: dict[str, Any]) -> Iterator[tuple[datetime, Step]]:
        """What happens to one reply, and when."""
        posted_at = datetime.fromisoformat(row["posted_at"])
        publish = posted_at + READ_AFTER, partial(self._decide, row, "publish", "within_guidelines")
        yield posted_at, partial(self._submit, row)
        for edit in row.get("edits", []):
            yield datetime.fromisoformat(edit["at"]), partial(self._edit, row, edit["text"])
        match row["state"]:
            case "published":
                yield publish
            case "rejected":
                yield posted_at + READ_AFTER, partial(self._decide, row, "reject", row["reason"])
            case "spam":
                yield posted_at + READ_AFTER, partial(self._decide, row, "spam", "selling")
            case "removed":
                yield publish
                yield posted_at + REMOVED_AFTER, partial(self._decide, row, "remove", row["reason"])
            case "deleted":
                yield publish
                yield posted_at + DELETED_AFTER, partial(self._erase, row)

    def _submit(self, row: dict[str, Any], at: datetime) -> None:
        policy = threads.current_policy(self.article_id)
        words = actions.Words(
            author_name=row["author_name"],
            author_website=row.get("author_website", ""),
            text=row["text"].strip(),
            display_as=row["display_as"],
        )
        submission = actions.Submission(
            email=row["author_email"],
            ip_digest="",
            parent_id=self.ids[row["parent"]] if row["parent"] else None,
            privacy_version=self.privacy_version,
            is_staff=row["is_staff"],
        )
        submitted = actions.submit(
            article_id=self.article_id,
            policy=policy,
            submission=submission,
            draft=actions.compose(words, policy.policy, is_staff=row["is_staff"]),
            now=at,
        )
        self.ids[row["id"]] = submitted.comment.pk

    def _edit(self, row: dict[str, Any], text: str, at: datetime) -> None:
        comment = self._comment(row)
        actions.edit(
            comment_id=comment.pk, changes={"text": text.strip()}, if_match=IfMatch((comment.etag,)), now=at
        )

    def _decide(self, row: dict[str, Any], decision: str, reason: str, at: datetime) -> None:
        comment = self._comment(row)
        note = row.get("note", "") if decision != "publish" else ""
        actions.decide(
            comment_id=comment.pk,
            ruling=Ruling(decision, comment.last_version, reason, note),
            if_match=IfMatch((comment.etag,)),
            by=self.moderator,
            now=at,
        )

    def _erase(self, row: dict[str, Any], at: datetime) -> None:
        actions.erase(comment_id=self.ids[row["id"]], now=at)

    def _comment(self, row: dict[str, Any]) -> Comment:
        return Comment.objects.get(pk=self.ids[row["id"]])
