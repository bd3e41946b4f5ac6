"""Tables of articles, in order of their life: identity, revision, review, publication; and the catalogue."""

from articles.models.article import Article
from articles.models.autosave import Autosave
from articles.models.catalogue import Byline, CatalogueItem, CatalogueVersion
from articles.models.publication import (
    Embed,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Rendering,
)
from articles.models.review import Review
from articles.models.revision import Revision

__all__ = [
    "Article",
    "Autosave",
    "Byline",
    "CatalogueItem",
    "CatalogueVersion",
    "Embed",
    "Publication",
    "PublicationPerson",
    "PublicationTopic",
    "Rendering",
    "Review",
    "Revision",
]
