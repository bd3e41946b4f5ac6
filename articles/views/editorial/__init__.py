"""What the desk reads and does."""

from articles.views.editorial.articles import (
    ArticleDetail,
    ArticleList,
    CheckReport,
    MarkdownPreview,
    RevisionDetail,
    RevisionList,
)
from articles.views.editorial.audit import AuditList
from articles.views.editorial.catalogue import CatalogueDetail, CatalogueList
from articles.views.editorial.copies import AutosaveDetail, DuplicateList, RestoreList
from articles.views.editorial.diffs import RevisionDiff
from articles.views.editorial.verbs import (
    PublicationDetail,
    PublicationList,
    ReviewList,
    ReviewRequestList,
    TakeDownList,
    Timeline,
)

__all__ = [
    "ArticleDetail",
    "ArticleList",
    "AuditList",
    "AutosaveDetail",
    "CatalogueDetail",
    "CatalogueList",
    "CheckReport",
    "DuplicateList",
    "MarkdownPreview",
    "PublicationDetail",
    "PublicationList",
    "RestoreList",
    "ReviewList",
    "ReviewRequestList",
    "RevisionDetail",
    "RevisionDiff",
    "RevisionList",
    "TakeDownList",
    "Timeline",
]
