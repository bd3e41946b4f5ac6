"""Comparing revisions: two of them, one with all before it, and a late save with the head that it did not know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from articles import diffing
from articles.actions.locking import revision_of
from articles.content import MOST, complete, merge_patch
from articles.diffing import Block, Budget, Conflict, Lived, Merged
from articles.markdown import carry_ids
from articles.models import Article, Revision
from articles.querysets.editorial import ArticleQuerySet
from articles.reading import covering
from cms.errors import NotFound
from cms.preconditions import IfMatch

BLAME_CHARACTERS = 4_000_000
"""How much text a blame reads at most; a share of a second's work for each million."""

_TAG = re.compile(r'"?r([1-9][0-9]{0,8})-[0-9]+"?')


@dataclass(frozen=True)
class Point:
    """One side of a comparison: a revision's number, `head`, `live`, what was public at an instant, or the head of
    the counterpart in another locale. Exactly one member is set.
    """

    number: int | None = None
    name: str | None = None
    at: datetime | None = None
    locale: str | None = None


@dataclass(frozen=True)
class Collision:
    """A save written on a revision that is no longer the head: what both became, and how they go together."""

    etag: str
    base: Revision
    head: Revision
    yours: dict[str, Any]
    your_ids: tuple[str, ...]
    merged: Merged


@dataclass(frozen=True)
class Blame:
    """Who last changed each block. What changed before revision `since` is told as of `since`."""

    blocks: list[Lived]
    since: int
    revisions: dict[int, Revision] = field(default_factory=dict)


def point_of(article: Article, point: Point, *, desk: ArticleQuerySet, now: datetime) -> Revision:
    """The revision that a point means; `desk` are the articles that the caller may see. Raises NotFound."""
    if point.locale is not None:
        other = desk.filter(group_id=article.group_id, locale=point.locale).first()
        if other is None:
            raise NotFound(f"This article has no counterpart in {point.locale}.")
        return revision_of(other, other.head_number)
    if point.number is not None or point.name == "head":
        return revision_of(article, point.number or article.head_number)
    row = covering(article.pk, point.at or now)
    if row is None or row.state == "gone":
        raise NotFound("Nothing of this article is public at that instant.")
    return revision_of(article, row.revision_number)


def parent_of(revision: Revision) -> Revision:
    """The revision that this one was made from; the first was made from none, and answers itself."""
    return revision_of(revision.article, revision.parent_number or revision.number)


def difference(old: Revision, new: Revision) -> dict[str, Any]:
    """What `articles.diffing.diff_contents` says of two revisions, of one article or of counterparts.

    The blocks of counterparts are paired by their place and kind, and their texts are not compared by words.
    """
    before, after = _blocks(old), _blocks(new)
    budget = Budget()
    if old.article_id != new.article_id:
        before, budget = diffing.paired_by_type(before, after), Budget(0)
    contents = complete(old.document), complete(new.document)
    return diffing.diff_contents(*contents, (before, after), budget=budget)


def patch_between(old: Revision, new: Revision) -> list[dict[str, Any]]:
    """A JSON Patch (RFC 6902) from the content of the one to that of the other."""
    return diffing.json_patch(complete(old.document), complete(new.document))


def blame_of(revision: Revision) -> Blame:
    """Who last changed each block of a revision, as far back as BLAME_CHARACTERS reach."""
    seen: dict[int, Revision] = {}
    history: list[tuple[int, list[Block]]] = []
    for row, blocks in _earlier(revision):
        seen[row.number] = row
        history.append((row.number, blocks))
    lived = diffing.blame(reversed(history))
    return Blame(lived, since=min(seen), revisions=seen)


def _earlier(revision: Revision) -> Iterator[tuple[Revision, list[Block]]]:
    """The revision and those before it, newest first, while their texts fit."""
    rows = Revision.objects.filter(article_id=revision.article_id, number__lte=revision.number)
    left = BLAME_CHARACTERS
    for row in rows.select_related("author").order_by("-number").iterator(chunk_size=20):
        left -= len(row.content)
        if left < 0 and row.number != revision.number:
            return
        yield row, _blocks(row)


def collision(
    *,
    article_id: UUID,
    patch: dict[str, Any],
    expected: IfMatch,
    kind: str | None = None,
    locale: str | None = None,
) -> Collision | None:
    """What a save meets whose head moved on; None when it did not, or when the tags name no revision to build on.

    Nothing is locked: what it says is true of the tag in its answer.
    """
    article = Article.objects.on_desk().filter(pk=article_id).first()
    if article is None:
        raise NotFound("There is no such article.")
    numbers = [int(found[1]) for found in map(_TAG.fullmatch, expected.tags) if found]
    if not numbers or max(numbers) >= article.head_number:
        return None
    revisions = article.revisions.select_related("author")
    base, head = revisions.get(number=max(numbers)), revisions.get(number=article.head_number)
    contents = complete(base.document), complete(head.document)
    yours = merge_patch(contents[0], patch)
    merged = diffing.merge_contents(*contents, yours, limits=MOST)
    conflicts = [*merged.conflicts, *_identity_conflicts(article, kind=kind, locale=locale)]
    merged = Merged(merged.content, conflicts)
    return Collision(article.etag, base, head, yours, _ids_after(base, yours), merged)


def changes_of(found: Collision) -> tuple[dict[str, Any], dict[str, Any]]:
    """What they and what you changed since the base."""
    before = _blocks(found.base)
    after = diffing.blocks_of(found.yours["body_markdown"], found.your_ids)
    mine = diffing.diff_contents(complete(found.base.document), found.yours, (before, after))
    return difference(found.base, found.head), mine


def _identity_conflicts(article: Article, **wanted: str | None) -> Iterator[Conflict]:
    """Kind and locale have no revisions, so that nothing says who changed them: a person decides."""
    for name, value in wanted.items():
        current = getattr(article, name)
        if value is not None and value != current:
            yield Conflict(diffing.pointer(name), None, current, value)


def _ids_after(base: Revision, content: dict[str, Any]) -> tuple[str, ...]:
    return carry_ids(
        content["body_markdown"],
        previous_source=base.document["body_markdown"],
        previous_ids=tuple(base.block_ids),
    )


def _blocks(revision: Revision) -> list[Block]:
    return diffing.blocks_of(revision.document["body_markdown"], revision.block_ids)
