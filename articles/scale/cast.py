"""Who and what the made-up magazine has before its first article: the site, its users, its catalogue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from articles import actions
from articles.actions.gathering import Entries, entry_of, surroundings
from articles.models import Byline, CatalogueItem, CatalogueVersion
from articles.rendering import Entry
from articles.scale.words import PEOPLE, TOPICS
from cms import people, roles
from cms.models import Site, User

AGE = timedelta(days=5 * 365)
"""How long the catalogue has been there: longer than the oldest article."""

LOCALES = ("en", "fr")


@dataclass(frozen=True)
class Cast:
    """What every rendering takes from the catalogue and the site, gathered once."""

    entries: Entries
    writer: User
    reviewer: User
    reviewing: Entry
    site: dict[str, dict[str, Any]]
    topics: tuple[str, ...]
    authors: tuple[str, ...]


def assemble(topics: int, now: datetime) -> Cast:
    """Make the site, unless there is one, two users, `topics` topics and a few people, public for years."""
    _site()
    writer = people.create_user(username="scale-writer", password=None, roles=[roles.AUTHOR])
    reviewer = people.create_user(username="scale-reviewer", password=None, roles=[roles.REVIEWER])
    keys = [_topic(number, now - AGE) for number in range(topics)]
    persons = [_person(name, now - AGE) for name in PEOPLE]
    Byline.objects.create(user=reviewer, person=persons[-1])
    entries = _entries()
    authors = tuple(person.key for person in persons[:-1])
    return Cast(
        entries=entries,
        writer=writer,
        reviewer=reviewer,
        reviewing=entries["person", persons[-1].key],
        site={locale: surroundings(locale) for locale in LOCALES},
        topics=tuple(keys),
        authors=authors,
    )


def _site() -> None:
    if Site.objects.exists():
        return
    Site.objects.create(
        id=1,
        name="A magazine of any size",
        description="Made-up texts, for measuring.",
        locales=list(LOCALES),
        disclaimer={
            "en": "Every text here is made up of chance words and advises nothing.",
            "fr": "Tous les textes sont faits de mots tirés au sort et ne conseillent rien.",
        },
    )


def _topic(number: int, since: datetime) -> str:
    key, english, french = TOPICS[number % len(TOPICS)]
    round_ = number // len(TOPICS)
    suffix = f" {round_ + 1}" if round_ else ""
    content = {"title": {"en": english + suffix, "fr": french + suffix}, "description": {}}
    item = actions.create_entry(
        kind="topic", key=key + suffix.replace(" ", "-"), content=content, by=None, starts=since
    )
    return item.key


def _person(name: str, since: datetime) -> CatalogueItem:
    key = name.lower().replace(" ", "-").replace("é", "e")
    content = {"name": name, "roles": ["author"]}
    return actions.create_entry(kind="person", key=key, content=content, by=None, starts=since)


def _entries() -> Entries:
    versions = CatalogueVersion.objects.select_related("item")
    return {(entry.kind, entry.key): entry for entry in map(entry_of, versions)}
