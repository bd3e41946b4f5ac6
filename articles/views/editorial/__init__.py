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
from articles.views.editorial.consents import ConsentList, ConsentWithdrawal
from articles.views.editorial.copies import AutosaveDetail, DuplicateList, RestoreList
from articles.views.editorial.diffs import RevisionDiff
from articles.views.editorial.reviews import ReviewList, ReviewRequestDetail, ReviewRequestList
from articles.views.editorial.suppressions import (
    ArticleSuppressionList,
    ConfirmList,
    PurgeList,
    SuppressionDetail,
    SuppressionList,
    SuppressList,
)
from articles.views.editorial.translations import TranslateList
from articles.views.editorial.verbs import (
    PublicationDetail,
    PublicationList,
    TakeDownList,
    Timeline,
)

__all__ = [
    "ArticleDetail",
    "ArticleList",
    "ArticleSuppressionList",
    "AuditList",
    "AutosaveDetail",
    "CatalogueDetail",
    "CatalogueList",
    "CheckReport",
    "ConfirmList",
    "ConsentList",
    "ConsentWithdrawal",
    "DuplicateList",
    "MarkdownPreview",
    "PublicationDetail",
    "PublicationList",
    "PurgeList",
    "RestoreList",
    "ReviewList",
    "ReviewRequestDetail",
    "ReviewRequestList",
    "RevisionDetail",
    "RevisionDiff",
    "RevisionList",
    "SuppressList",
    "SuppressionDetail",
    "SuppressionList",
    "TakeDownList",
    "Timeline",
    "TranslateList",
]
