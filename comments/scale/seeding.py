"""A whole made-up site into an empty database: articles first, then replies, then what the log of both tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from articles.models import Article
from articles.scale import cast
from articles.scale.laying import Magazine
from articles.scale.plans import Supply
from cms import changes, clock, people, roles
from cms.changes import Told
from cms.errors import WrongState
from cms.models import Change, PendingChange
from cms.progress import Output, Progress
from comments.scale.laying import Readers, Replies

REPLIES_A_READER = 8


@dataclass(frozen=True)
class Size:
    """How large the site is to be; `seed` makes the same one again."""

    articles: int
    versions: int
    comments: int
    topics: int
    seed: int


@dataclass(frozen=True)
class _Open:
    """An article that takes replies, and since when."""

    article: Article
    since: datetime


def seed(size: Size, out: Output) -> None:
    """Write the site, and say on `out` how far it is. Raises WrongState when the database has articles already."""
    if Article.objects.exists() or Change.objects.exists() or PendingChange.objects.exists():
        raise WrongState("This database has articles or a log of changes. It has to be empty.")
    chance, now = Random(size.seed), clock.read_instant()  # noqa: S311 - the same site again, no secret
    company = cast.assemble(size.topics, now)
    magazine = Magazine(chance, company, Supply(company.topics, company.authors, size.versions, now))
    open_ = list(_articles(magazine, size, out))
    told = magazine.told
    if size.comments and open_:
        _replies(chance, open_, size, now, told, out)
    progress = Progress(out, "changes", len(told))
    changes.lay_down(told)
    progress.advance(len(told))
    progress.finish()


def _articles(magazine: Magazine, size: Size, out: Output) -> Iterator[_Open]:
    progress = Progress(out, "articles", size.articles)
    for laid in magazine.write(size.articles, progress.advance):
        if laid.plan.fate == "live":
            yield _Open(laid.article, laid.plan.starts[0])
    progress.finish()


def _replies(
    chance: Random, open_: list[_Open], size: Size, now: datetime, told: list[Told], out: Output
) -> None:
    progress = Progress(out, "replies", size.comments)
    moderator = people.create_user(username="scale-moderator", password=None, roles=[roles.MODERATOR])
    readers = Readers.gather(chance, size.comments // REPLIES_A_READER + 1, now)
    replies = Replies(chance, readers, moderator, now, told)
    for thread, number in zip(open_, shares(size.comments, len(open_)), strict=False):
        replies.write(thread.article, thread.since, number, progress.advance)
    progress.finish()


def shares(comments: int, threads: int) -> list[int]:
    """How many replies each thread gets: the first a half of all, the others fewer and fewer, at least one each."""
    if threads == 1:
        return [comments]
    first = (comments + 1) // 2
    rest = comments - first
    others = min(threads - 1, max(1, rest // 10), rest)
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
