"""What anybody may read: stored bytes, lists of cards, versions, the catalogue."""

from articles.views.delivery.articles import ArticleDetail, ArticleList
from articles.views.delivery.catalogue import (
    HelplineList,
    LegalStatusList,
    PersonDetail,
    PersonList,
    ReferenceDetail,
    ReferenceList,
    TopicDetail,
    TopicList,
)
from articles.views.delivery.diffs import VersionDiff
from articles.views.delivery.syndication import AtomFeed, JsonFeedOfArticles, Manifest, Sitemap
from articles.views.delivery.timegate import TimeGate
from articles.views.delivery.versions import VersionDetail, VersionList

__all__ = [
    "ArticleDetail",
    "ArticleList",
    "AtomFeed",
    "HelplineList",
    "JsonFeedOfArticles",
    "LegalStatusList",
    "Manifest",
    "PersonDetail",
    "PersonList",
    "ReferenceDetail",
    "ReferenceList",
    "Sitemap",
    "TimeGate",
    "TopicDetail",
    "TopicList",
    "VersionDetail",
    "VersionDiff",
    "VersionList",
]
