"""Beginning a translation of an article."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.openapi import translating as docs
from articles.serializers.translations import Translate
from articles.views.editorial.articles import article_answer
from articles.views.editorial.loading import visible_article
from cms import clock
from cms.editorial import EditorialView
from cms.writing import Answer, perform


@docs.translating
class TranslateList(EditorialView):
    """Beginning the counterpart of this article in another locale. It changes nothing here, so it needs no If-Match."""

    verbs = {"POST": "article.create"}
    input_serializers = {"POST": Translate}
    preconditions = ()

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Copy the head into a new article of the same group, to be translated there."""
        visible_article(self.caller, article_id)
        data = self.validated(Translate, request)

        def work() -> Answer:
            made = actions.translate_article(article_id=article_id, by=self.caller, now=clock.now(), **data)
            return article_answer(self.caller, made.pk, 201)

        return perform(request, work)
