"""Delivery's shapes for what is not public yet: for the desk, and for who holds a preview link. Never kept anywhere."""

from articles.views.preview.articles import ArticleDetail, ArticleList
from articles.views.preview.catalogue import (
    CollectionDetail,
    CollectionList,
    HelplineList,
    LegalStatusList,
    PersonDetail,
    PersonList,
    ReferenceDetail,
    ReferenceList,
    TopicDetail,
    TopicList,
)

__all__ = [
    "ArticleDetail",
    "ArticleList",
    "CollectionDetail",
    "CollectionList",
    "HelplineList",
    "LegalStatusList",
    "PersonDetail",
    "PersonList",
    "ReferenceDetail",
    "ReferenceList",
    "TopicDetail",
    "TopicList",
]
