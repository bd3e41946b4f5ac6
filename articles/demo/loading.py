"""Loading the demonstration's site, catalogue and articles into an empty database."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from articles.demo import accounts, catalogue, shelves, source, waiting
from articles.demo.history import Desk
from articles.models import Article
from cms.models import Site, User


@dataclass(frozen=True)
class Loaded:
    """Ids of the articles by demo key, the users who sign in by name, and the users behind bylines by person."""

    ids: Mapping[str, UUID]
    users: Mapping[str, User]
    by_person: Mapping[str, User]


def is_empty() -> bool:
    """Whether there is neither a site nor an article: only then is the demonstration loaded."""
    return not Site.objects.exists() and not Article.objects.exists()


def load(passwords: Mapping[str, str]) -> Loaded:
    """Lay everything down. The caller holds one transaction around it, and has seen that the database is empty."""
    catalogue.create_site()
    users = accounts.create(passwords)
    catalogue.create_entries(by=users["editor"])
    by_person = accounts.behind_bylines(users)
    sources = source.articles()
    desk = Desk(by_person, users["editor"])
    for article, version in source.in_time_order(sources):
        desk.write(article, version)
    for article in sources:
        if article.versions:
            desk.lay_down(article)
    shelves.write(desk)
    waiting.write(desk, sources)
    return Loaded({key: UUID(id_) for key, id_ in desk.ids.items()}, users, by_person)
