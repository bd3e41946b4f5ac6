"""What happens to each made-up article, drawn from one seed: kind, title, versions and how it ended. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils.text import slugify

from articles.scale.words import VOCABULARIES, place

KINDS = ("article",) * 5 + ("guide",) * 3 + ("news",) * 2
FATES = (
    ("live",) * 88
    + ("withdrawn",) * 3
    + ("gone",) * 2
    + ("scheduled",) * 3
    + ("expiring",) * 2
    + ("draft",) * 2
)
"""How articles stand today, of each 100 in a row. `scheduled` has another version ahead, `expiring` an end."""

NOTES = ("death-bereavement", "war-combat", "violence", "disturbing-imagery")
YEARS = timedelta(days=4 * 365)
YOUNGEST = timedelta(days=2)
LEAD = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """One article to be. `starts` are the whole seconds at which its versions began; `ends` that of its fate, if any.

    `first_slug` differs from `slug` when the article moved with its last version.
    """

    number: int
    kind: str
    locale: str
    medical: bool
    title: str
    slug: str
    first_slug: str
    summary: str
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    notes: tuple[str, ...]
    starts: tuple[datetime, ...]
    fate: str
    ends: datetime | None
    text: int
    drafted: bool


@dataclass(frozen=True)
class Supply:
    """What plans draw on: keys of the catalogue, the number of versions, and the instant it is now."""

    topics: Sequence[str]
    authors: Sequence[str]
    versions: int
    now: datetime


def plan(chance: Random, number: int, locale: str, supply: Supply) -> Plan:
    words = VOCABULARIES[locale]
    kind, fate, named = chance.choice(KINDS), FATES[number * 37 % len(FATES)], place(number)
    title = chance.choice(words.titles).format(named)
    slug = slugify(title)
    moved = supply.versions > 1 and chance.random() < 0.03
    ends = _ends(chance, fate, supply.now)
    return Plan(
        number=number,
        kind=kind,
        locale=locale,
        medical=kind != "news" and chance.random() < 0.25,
        title=title,
        slug=slug,
        first_slug=f"{slug}-{chance.randint(2, 9)}" if moved else slug,
        summary=words.summary.format(named),
        topics=_some(chance, supply.topics, chance.randint(1, 3)),
        authors=_some(chance, supply.authors, chance.randint(1, 2)),
        notes=_some(chance, NOTES, 1) if chance.random() < 0.15 else (),
        starts=_starts(chance, supply, fate),
        fate=fate,
        ends=ends,
        text=chance.randrange(1_000_000),
        drafted=fate != "draft" and chance.random() < 0.05,
    )


def _some(chance: Random, keys: Sequence[str], number: int) -> tuple[str, ...]:
    """Different keys, the first ones of the list more often: some topics have many articles, most have few."""
    drawn = (keys[int(len(keys) * chance.random() ** 2)] for _ in range(number))
    return tuple(dict.fromkeys(drawn))


def _starts(chance: Random, supply: Supply, fate: str) -> tuple[datetime, ...]:
    if fate == "draft":
        return ()
    youngest = int(YOUNGEST.total_seconds())
    oldest = youngest + supply.versions + chance.randint(30 * 86_400, int(YEARS.total_seconds()))
    ages = sorted(chance.sample(range(youngest, oldest), supply.versions), reverse=True)
    return tuple(supply.now - timedelta(seconds=age) for age in ages)


def _ends(chance: Random, fate: str, now: datetime) -> datetime | None:
    if fate in ("withdrawn", "gone"):
        return now - timedelta(seconds=chance.randint(3_600, int(YOUNGEST.total_seconds()) - 1))
    if fate in ("scheduled", "expiring"):
        return now + LEAD + timedelta(seconds=chance.randint(0, 60 * 86_400))
    return None
