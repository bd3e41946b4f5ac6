"""A whole made-up site into an empty database: articles first, then replies, then what the log of both tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from random import Random
from uuid import UUID

from django.db import transaction

from articles.models import Article
from articles.scale import cast
from articles.scale.laying import Magazine
from articles.scale.plans import Supply
from cms import changes, clock, people, roles
from cms.changes import Told
from cms.errors import WrongState
from cms.models import Change, PendingChange
from cms.progress import Output, Progress
from cms.spool import Spool
from comments.scale.laying import Readers, Replies

A_COMMIT = 2_000
REPLIES_A_READER, REPLIES_A_THREAD = 8, 10
"""How many replies somebody writes, and how many stand under an article that is not the busiest, on average."""


@dataclass(frozen=True)
class Size:
    """How large the site is to be; `seed` makes the same one again."""

    articles: int
    versions: int
    comments: int
    topics: int
    seed: int
    words: int


@dataclass(frozen=True)
class _Open:
    """An article that takes replies, and since when."""

    id: UUID
    locale: str
    since: datetime


def seed(size: Size, out: Output) -> None:
    """Write the site, and say on `out` how far it is. Raises WrongState when the database has articles already."""
    if Article.objects.exists() or Change.objects.exists() or PendingChange.objects.exists():
        raise WrongState("This database has articles or a log of changes. It has to be empty.")
    chance, now = Random(size.seed), clock.read_instant()  # noqa: S311 - the same site again, no secret
    company = cast.assemble(size.topics, now)
    supply = Supply(company.topics, company.authors, size.versions, now)
    with Spool[Told](key=itemgetter(0), pack=Told.packed, unpack=Told.unpacked) as told:
        open_ = _articles(Magazine(chance, company, supply, told, size.words), size, out)
        if size.comments and open_:
            _replies(chance, open_, size, now, told, out)
        progress = Progress(out, "changes", len(told))
        changes.lay_down(_counted(told.in_order(), progress))
        progress.finish()


def _articles(magazine: Magazine, size: Size, out: Output) -> list[_Open]:
    """Those that replies go to: never more are kept than there will be threads."""
    progress = Progress(out, "articles", size.articles)
    open_: list[_Open] = []
    for laid in magazine.write(size.articles, progress.advance):
        if laid.plan.fate == "live" and len(open_) < _most_threads(size.comments):
            open_.append(_Open(laid.article.pk, laid.article.locale, laid.plan.starts[0]))
    progress.finish()
    return open_


def _replies(
    chance: Random, open_: list[_Open], size: Size, now: datetime, told: Spool[Told], out: Output
) -> None:
    progress = Progress(out, "replies", size.comments)
    moderator = people.create_user(username="scale-moderator", password=None, roles=[roles.MODERATOR])
    readers = Readers.gather(chance, size.comments // REPLIES_A_READER + 1, now)
    replies = Replies(chance, readers, moderator, now, told)
    for group in _groups(zip(open_, shares(size.comments, len(open_)), strict=False)):
        with transaction.atomic():
            for thread, number in group:
                article = Article(id=thread.id, locale=thread.locale)
                replies.write(article, thread.since, number, progress.advance)
    progress.finish()


def _groups(threads: Iterable[tuple[_Open, int]]) -> Iterator[list[tuple[_Open, int]]]:
    """Threads that go into one transaction: a large one alone, small ones together."""
    group: list[tuple[_Open, int]] = []
    for thread, number in threads:
        group.append((thread, number))
        if sum(share for _, share in group) >= A_COMMIT:
            yield group
            group = []
    yield group


def _counted(told: Iterator[Told], progress: Progress) -> Iterator[Told]:
    for row in told:
        progress.advance(1)
        yield row


def _most_threads(comments: int) -> int:
    return 1 + max(1, comments // 2 // REPLIES_A_THREAD)


def shares(comments: int, threads: int) -> list[int]:
    """How many replies each thread gets: the first a half of all, the others fewer and fewer, at least one each."""
    if threads == 1:
        return [comments]
    first = (comments + 1) // 2
    rest = comments - first
    others = min(threads - 1, max(1, rest // REPLIES_A_THREAD), rest)
    weights = [1 / (place + 1) for place in range(others)]
    given = [max(1, int(rest * weight / sum(weights))) for weight in weights]
    return [first, *_exactly(given, rest)]


def _exactly(given: list[int], rest: int) -> list[int]:
    """The last ones get what rounding left, or give back what it took."""
    missing = rest - sum(given)
    place = 0
    while missing:
        step = 1 if missing > 0 else -1
        if given[place % len(given)] + step >= 1:
            given[place % len(given)] += step
            missing -= step
        place += 1
    return given
