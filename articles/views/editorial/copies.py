"""Old texts and other texts: restoring a revision, duplicating an article, an editor's working copy."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions
from articles.content import FIELDS
from articles.openapi import editorial as docs
from articles.serializers import shapes
from articles.serializers import verbs as inputs
from articles.views.editorial.articles import article_answer
from articles.views.editorial.loading import visible_article
from cms import clock
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.writing import Answer, perform


@docs.restoring
class RestoreList(EditorialView):
    """Going back to an old text, by saving it again."""

    verbs = {"POST": "article.save"}
    input_serializers = {"POST": inputs.Restore}

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Save the content of an old revision as a new one. What came between stays in the history."""
        visible_article(self.caller, article_id)
        data = self.validated(inputs.Restore, request)
        expected = if_match(request)

        def work() -> Answer:
            actions.restore_revision(
                article_id=article_id, expected=expected, by=self.caller, now=clock.now(), **data
            )
            answer = article_answer(self.caller, article_id, 201)
            return replace(answer, headers={**answer.headers, "Location": _revision_of(answer)})

        return perform(request, work)


@docs.duplicating
class DuplicateList(EditorialView):
    """Beginning a new article with the text of this one. It changes nothing here, so it needs no If-Match."""

    verbs = {"POST": "article.create"}
    input_serializers = {"POST": inputs.Duplicate}
    preconditions = ()

    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Copy the head into a new article. Its history, its replies and its slug stay with the first."""
        visible_article(self.caller, article_id)
        data = self.validated(inputs.Duplicate, request)

        def work() -> Answer:
            made = actions.duplicate_article(article_id=article_id, by=self.caller, now=clock.now(), **data)
            return article_answer(self.caller, made.pk, 201)

        return perform(request, work)


@docs.autosave
class AutosaveDetail(EditorialView):
    """The caller's own working copy of an article, apart from its revisions. Others have theirs.

    It needs no If-Match: there is one for each editor, and the last that was typed is the one to keep.
    """

    verbs = {"GET": "article.save", "PUT": "article.save", "DELETE": "article.save"}
    input_serializers = {"PUT": inputs.WorkingCopy}
    preconditions = ()

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        kept = actions.working_copy(article_id=article_id, by=self.caller)
        return self.respond(shapes.working_copy(kept, found.head_number))

    def put(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Keep what is being typed, in the place of what was kept before. Only types and lengths are judged."""
        found = visible_article(self.caller, article_id)
        data = self.validated(inputs.WorkingCopy, request)
        content = {name: data[name] for name in FIELDS if name in data}

        def work() -> Answer:
            kept = actions.keep_working_copy(
                article_id=article_id,
                based_on=data["based_on"],
                content=content,
                by=self.caller,
                now=clock.now(),
            )
            return Answer(200, shapes.working_copy(kept, found.head_number))

        return perform(request, work)

    def delete(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Let the working copy go; 204 also when there is none."""
        visible_article(self.caller, article_id)

        def work() -> Answer:
            actions.drop_working_copy(article_id=article_id, by=self.caller)
            return Answer(204)

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        kept = actions.working_copy(article_id=self.kwargs["article_id"], by=self.caller)
        return {**kept.document, "based_on": kept.based_on}


def _revision_of(answer: Answer) -> str:
    body = answer.body if isinstance(answer.body, dict) else {}
    return str(body["head"]["href"])
