"""The whole map. What belongs to articles and to replies is in their own `urls`, under /api/v1/."""

from django.urls import include, path
from django.views.generic import RedirectView

from cms import accounts, root, site
from cms.change_list import ChangeList
from cms.mail.views import MailView
from cms.openapi import views as docs

urlpatterns = [
    path("", RedirectView.as_view(url="/api/v1/", permanent=False), name="start"),
    path("healthz", root.Health.as_view(), name="health"),
    path("readyz", root.Ready.as_view(), name="ready"),
    path(".well-known/api-catalog", root.api_catalog, name="api-catalog"),
    path(".well-known/security.txt", root.security_txt, name="security-txt"),
    path("sign-in", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out", accounts.SignOut.as_view(), name="sign-out"),
    path("api/schema", docs.Schema.as_view(), name="schema"),
    path("api/docs", docs.Docs.as_view(), name="docs"),
    path("api/docs/problems", docs.problems, name="problems"),
    path("api/v1/", root.Root.as_view(), name="root"),
    path("api/v1/site", root.SiteView.as_view(), name="site"),
    path("api/v1/editorial/site", site.EditorialSite.as_view(), name="editorial-site"),
    path("api/v1/changes", ChangeList.as_view(), name="changes"),
    path("api/v1/editorial/me", accounts.Me.as_view(), name="me"),
    path("api/v1/editorial/tokens", accounts.Tokens.as_view(), name="tokens"),
    path("api/v1/editorial/tokens/<uuid:id>", accounts.Token.as_view(), name="token"),
    path("api/v1/editorial/mail", MailView.as_view(), name="mail"),
    # Patterns are asked in order: what readers send, which comes most often this far, is asked for first.
    path("api/v1/", include("comments.urls")),
    path("api/v1/", include("articles.urls")),
]

handler400 = "cms.problems.handler400"
handler403 = "cms.problems.handler403"
handler404 = "cms.problems.handler404"
handler500 = "cms.problems.handler500"
