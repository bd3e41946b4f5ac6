"""Tables of articles, in order of their life: identity, revision, review, publication; what surrounds them; and
the catalogue."""

from articles.models.article import Article
from articles.models.autosave import Autosave
from articles.models.catalogue import Byline, CatalogueItem, CatalogueVersion
from articles.models.consent import ConsentRecord
from articles.models.listing import Listing
from articles.models.preview import PreviewLink
from articles.models.publication import (
    Embed,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Rendering,
)
from articles.models.redirect import Redirect
from articles.models.release import Release, ReleaseItem
from articles.models.review import Review
from articles.models.review_request import AskedReviewer, ReviewRequest
from articles.models.revision import Revision
from articles.models.search import SearchSpelling, SearchText
from articles.models.suppression import SuppressedPublication, Suppression

__all__ = [
    "Article",
    "AskedReviewer",
    "Autosave",
    "Byline",
    "CatalogueItem",
    "CatalogueVersion",
    "ConsentRecord",
    "Embed",
    "Listing",
    "PreviewLink",
    "Publication",
    "PublicationPerson",
    "PublicationTopic",
    "Redirect",
    "Release",
    "ReleaseItem",
    "Rendering",
    "Review",
    "ReviewRequest",
    "Revision",
    "SearchSpelling",
    "SearchText",
    "SuppressedPublication",
    "Suppression",
]
