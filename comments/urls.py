"""The addresses of replies, under `/api/v1/`."""

from django.urls import path

from comments.views import author, delivery, editorial, forms, letters, readers, requests

MODERATED = "editorial/comments/<uuid:comment_id>"

urlpatterns = [
    path("articles/<str:slug>/comments", author.ArticleComments.as_view(), name="comments"),
    path("articles/<str:slug>/comment-form", delivery.CommentForm.as_view(), name="comment-form"),
    path("form-tokens", forms.FormTokens.as_view(), name="form-tokens"),
    path("form-tokens/challenge", forms.Challenge.as_view(), name="form-challenge"),
    path("comments/<uuid:comment_id>", delivery.OneComment.as_view(), name="comment"),
    path("comments/<uuid:comment_id>/reports", readers.Reports.as_view(), name="report-comment"),
    path("comments/<uuid:comment_id>/page", letters.PageOfComment.as_view(), name="comment-page"),
    path("confirmations/<str:token>", letters.ConfirmationLink.as_view(), name="confirmation"),
    path("unsubscribe/<str:token>", letters.StoppingLink.as_view(), name="unsubscribe"),
    path("my/comments/<uuid:comment_id>", author.OwnComment.as_view(), name="own-comment"),
    path("my/comments/<uuid:comment_id>/appeals", author.OwnAppeals.as_view(), name="own-appeals"),
    path("contact-requests", requests.ContactRequests.as_view(), name="contact-requests"),
    path("contact-links/<str:token>", requests.ContactLink.as_view(), name="contact-link"),
    path(
        "editorial/articles/<uuid:article_id>/comments",
        editorial.SiteAnswers.as_view(),
        name="site-answers",
    ),
    path("editorial/comments", editorial.Queue.as_view(), name="comment-queue"),
    path("editorial/comments/next", editorial.NextReply.as_view(), name="next-comment"),
    path("editorial/comments/decisions", editorial.BulkDecisions.as_view(), name="bulk-decisions"),
    path("editorial/me/exposure", editorial.Exposure.as_view(), name="exposure"),
    path("editorial/me/preferences", editorial.Preferences.as_view(), name="desk-preferences"),
    path(MODERATED, editorial.ModeratedComment.as_view(), name="moderated-comment"),
    path(f"{MODERATED}/mute-author", editorial.MuteAuthor.as_view(), name="mute-author"),
    path(f"{MODERATED}/author-block", editorial.AuthorBlock.as_view(), name="author-block"),
    path(f"{MODERATED}/versions", editorial.ModeratedVersions.as_view(), name="comment-versions"),
    path(f"{MODERATED}/decisions", editorial.Decisions.as_view(), name="comment-decisions"),
    path(
        f"{MODERATED}/decisions/<uuid:decision_id>/undo",
        editorial.UndoneDecision.as_view(),
        name="undo-decision",
    ),
    path(f"{MODERATED}/labels", editorial.Labels.as_view(), name="comment-labels"),
    path(f"{MODERATED}/claim", editorial.ClaimReply.as_view(), name="claim-comment"),
    path(f"{MODERATED}/release", editorial.ReleaseReply.as_view(), name="release-comment"),
    path("editorial/comments/waits", editorial.Waits.as_view(), name="comment-waits"),
    path(f"{MODERATED}/redactions", editorial.Redactions.as_view(), name="redactions"),
    path(f"{MODERATED}/names-nobody", editorial.NamesNobody.as_view(), name="names-nobody"),
    path("editorial/comments/escalations", editorial.OpenEscalations.as_view(), name="open-escalations"),
    path("editorial/comments/reports", editorial.OpenReports.as_view(), name="open-reports"),
    path(f"{MODERATED}/escalations", editorial.Escalations.as_view(), name="escalations"),
    path(
        f"{MODERATED}/escalations/<uuid:escalation_id>", editorial.OneEscalation.as_view(), name="escalation"
    ),
    path(f"{MODERATED}/messages", editorial.Messages.as_view(), name="comment-messages"),
    path(f"{MODERATED}/appeals", editorial.Appeals.as_view(), name="comment-appeals"),
    path(f"{MODERATED}/reports", editorial.Reports.as_view(), name="comment-reports"),
    path(f"{MODERATED}/author/export", editorial.ExportAuthor.as_view(), name="export-author"),
    path(f"{MODERATED}/author/erasure", editorial.EraseAuthor.as_view(), name="erase-author"),
]
