"""The addresses of articles and the catalogue, under `/api/v1/`."""

from django.urls import path

from articles.views import delivery, editorial, preview
from articles.views.delivery import collections as public_collections
from articles.views.delivery import redirects as public_redirects
from articles.views.delivery.search import Search
from articles.views.editorial import collections, previews, redirects, releases
from articles.views.editorial.catalogue import views_of

DESK = "editorial/articles/<uuid:article_id>"
RELEASE = "editorial/releases/<uuid:release_id>"
CATALOGUE = {
    "topics": "topic",
    "people": "person",
    "references": "reference",
    "helplines": "helpline",
    "legal-statuses": "legal_status",
}

urlpatterns = [
    path("articles", delivery.ArticleList.as_view(), name="articles"),
    path("articles/<str:slug>", delivery.ArticleDetail.as_view(), name="article"),
    path("articles/<str:slug>/versions", delivery.VersionList.as_view(), name="versions"),
    path("articles/<str:slug>/versions/<int:number>", delivery.VersionDetail.as_view(), name="version"),
    path("articles/<str:slug>/timegate", delivery.TimeGate.as_view(), name="timegate"),
    path("articles/<str:slug>/diff", delivery.VersionDiff.as_view(), name="version-diff"),
    path("topics", delivery.TopicList.as_view(), name="topics"),
    path("topics/<str:key>", delivery.TopicDetail.as_view(), name="topic"),
    path("people", delivery.PersonList.as_view(), name="people"),
    path("people/<str:key>", delivery.PersonDetail.as_view(), name="person"),
    path("references", delivery.ReferenceList.as_view(), name="references"),
    path("references/<str:key>", delivery.ReferenceDetail.as_view(), name="reference"),
    path("manifest", delivery.Manifest.as_view(), name="manifest"),
    path("feeds/articles.atom", delivery.AtomFeed.as_view(), name="feed-atom"),
    path("feeds/articles.json", delivery.JsonFeedOfArticles.as_view(), name="feed-json"),
    path("sitemap.xml", delivery.Sitemap.as_view(), name="sitemap"),
    path("helplines", delivery.HelplineList.as_view(), name="helplines"),
    path("legal-statuses", delivery.LegalStatusList.as_view(), name="legal-statuses"),
    path("editorial/articles", editorial.ArticleList.as_view(), name="desk"),
    path(DESK, editorial.ArticleDetail.as_view(), name="desk-article"),
    path(f"{DESK}/revisions", editorial.RevisionList.as_view(), name="revisions"),
    path(f"{DESK}/revisions/<int:number>", editorial.RevisionDetail.as_view(), name="revision"),
    path(f"{DESK}/diff", editorial.RevisionDiff.as_view(), name="revision-diff"),
    path(f"{DESK}/timeline", editorial.Timeline.as_view(), name="timeline"),
    path(f"{DESK}/checks", editorial.CheckReport.as_view(), name="checks"),
    path(f"{DESK}/review-requests", editorial.ReviewRequestList.as_view(), name="review-requests"),
    path(
        f"{DESK}/review-requests/<uuid:request_id>",
        editorial.ReviewRequestDetail.as_view(),
        name="review-request",
    ),
    path(f"{DESK}/reviews", editorial.ReviewList.as_view(), name="reviews"),
    path(f"{DESK}/publications", editorial.PublicationList.as_view(), name="publications"),
    path(
        f"{DESK}/publications/<uuid:publication_id>",
        editorial.PublicationDetail.as_view(),
        name="publication",
    ),
    path(
        f"{DESK}/publications/<uuid:publication_id>/suppress",
        editorial.SuppressList.as_view(),
        name="suppress",
    ),
    path(f"{DESK}/suppressions", editorial.ArticleSuppressionList.as_view(), name="article-suppressions"),
    path(
        f"{DESK}/suppressions/<uuid:suppression_id>",
        editorial.SuppressionDetail.as_view(),
        name="suppression",
    ),
    path(
        f"{DESK}/suppressions/<uuid:suppression_id>/confirm",
        editorial.ConfirmList.as_view(),
        name="confirm-suppression",
    ),
    path(f"{DESK}/purge", editorial.PurgeList.as_view(), name="purge"),
    path("editorial/suppressions", editorial.SuppressionList.as_view(), name="suppressions"),
    path(f"{DESK}/take-down", editorial.TakeDownList.as_view(), name="take-down"),
    path(f"{DESK}/restore", editorial.RestoreList.as_view(), name="restore"),
    path(f"{DESK}/duplicate", editorial.DuplicateList.as_view(), name="duplicate"),
    path(f"{DESK}/translate", editorial.TranslateList.as_view(), name="translate"),
    path(f"{DESK}/consents", editorial.ConsentList.as_view(), name="consents"),
    path(
        f"{DESK}/consents/<uuid:consent_id>/withdraw",
        editorial.ConsentWithdrawal.as_view(),
        name="consent-withdrawal",
    ),
    path(f"{DESK}/autosave", editorial.AutosaveDetail.as_view(), name="autosave"),
    path("editorial/releases", releases.ReleaseList.as_view(), name="releases"),
    path(RELEASE, releases.ReleaseDetail.as_view(), name="release"),
    path(f"{RELEASE}/dry-run", releases.DryRun.as_view(), name="release-dry-run"),
    path(f"{RELEASE}/schedule", releases.ScheduleList.as_view(), name="release-schedule"),
    path(f"{RELEASE}/cancel", releases.CancelList.as_view(), name="release-cancel"),
    path(f"{RELEASE}/rollback", releases.RollbackList.as_view(), name="release-rollback"),
    path("editorial/preview-markdown", editorial.MarkdownPreview.as_view(), name="preview-markdown"),
    path("editorial/audit", editorial.AuditList.as_view(), name="audit"),
]

urlpatterns += [path("search", Search.as_view(), name="search")]

_COLLECTION = "editorial/collections/<uuid:item_id>"
urlpatterns += [
    path("collections", public_collections.CollectionList.as_view(), name="collections"),
    path("collections/<str:key>", public_collections.CollectionDetail.as_view(), name="collection"),
    path("redirects", public_redirects.RedirectList.as_view(), name="redirects"),
    path("resolve", public_redirects.Resolve.as_view(), name="resolve"),
    path("editorial/collections", collections.CollectionList.as_view(), name="desk-collections"),
    path(_COLLECTION, collections.CollectionDetail.as_view(), name="desk-collection"),
    path(
        f"{_COLLECTION}/versions",
        collections.CollectionVersionList.as_view(),
        name="desk-collection-versions",
    ),
    path(
        f"{_COLLECTION}/versions/<int:number>",
        collections.CollectionVersionDetail.as_view(),
        name="desk-collection-version",
    ),
    path("editorial/redirects", redirects.RedirectList.as_view(), name="desk-redirects"),
    path("editorial/redirects/<uuid:redirect_id>", redirects.RedirectDetail.as_view(), name="desk-redirect"),
]

urlpatterns += [
    path("preview/articles", preview.ArticleList.as_view(), name="preview-articles"),
    path("preview/articles/<str:slug>", preview.ArticleDetail.as_view(), name="preview-article"),
    path("preview/topics", preview.TopicList.as_view(), name="preview-topics"),
    path("preview/topics/<str:key>", preview.TopicDetail.as_view(), name="preview-topic"),
    path("preview/people", preview.PersonList.as_view(), name="preview-people"),
    path("preview/people/<str:key>", preview.PersonDetail.as_view(), name="preview-person"),
    path("preview/references", preview.ReferenceList.as_view(), name="preview-references"),
    path("preview/references/<str:key>", preview.ReferenceDetail.as_view(), name="preview-reference"),
    path("preview/collections", preview.CollectionList.as_view(), name="preview-collections"),
    path("preview/collections/<str:key>", preview.CollectionDetail.as_view(), name="preview-collection"),
    path("preview/helplines", preview.HelplineList.as_view(), name="preview-helplines"),
    path("preview/legal-statuses", preview.LegalStatusList.as_view(), name="preview-legal-statuses"),
    path("editorial/preview-links", previews.PreviewLinkList.as_view(), name="preview-links"),
    path("editorial/preview-links/<uuid:link_id>", previews.PreviewLinkDetail.as_view(), name="preview-link"),
    path(f"{DESK}/preview-links", previews.ArticleLinkList.as_view(), name="article-preview-links"),
    path(
        f"{DESK}/preview-links/<uuid:link_id>",
        previews.PreviewLinkDetail.as_view(),
        name="article-preview-link",
    ),
]

for noun, kind in CATALOGUE.items():
    listing, detail = views_of(kind)
    urlpatterns += [
        path(f"editorial/{noun}", listing.as_view(), name=f"desk-{noun}"),
        path(f"editorial/{noun}/<uuid:item_id>", detail.as_view(), name=f"desk-{kind}"),
    ]
