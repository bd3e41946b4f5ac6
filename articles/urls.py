"""The addresses of articles and the catalogue, under `/api/v1/`."""

from django.urls import path

from articles.views import delivery, editorial
from articles.views.editorial.catalogue import views_of

DESK = "editorial/articles/<uuid:article_id>"
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
    path(f"{DESK}/reviews", editorial.ReviewList.as_view(), name="reviews"),
    path(f"{DESK}/publications", editorial.PublicationList.as_view(), name="publications"),
    path(
        f"{DESK}/publications/<uuid:publication_id>",
        editorial.PublicationDetail.as_view(),
        name="publication",
    ),
    path(f"{DESK}/take-down", editorial.TakeDownList.as_view(), name="take-down"),
    path(f"{DESK}/restore", editorial.RestoreList.as_view(), name="restore"),
    path(f"{DESK}/duplicate", editorial.DuplicateList.as_view(), name="duplicate"),
    path(f"{DESK}/autosave", editorial.AutosaveDetail.as_view(), name="autosave"),
    path("editorial/preview-markdown", editorial.MarkdownPreview.as_view(), name="preview-markdown"),
    path("editorial/audit", editorial.AuditList.as_view(), name="audit"),
]

for noun, kind in CATALOGUE.items():
    listing, detail = views_of(kind)
    urlpatterns += [
        path(f"editorial/{noun}", listing.as_view(), name=f"desk-{noun}"),
        path(f"editorial/{noun}/<uuid:item_id>", detail.as_view(), name=f"desk-{kind}"),
    ]
