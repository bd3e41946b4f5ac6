"""Where the people of the site answer readers as such, and see what became of their answers."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from articles.models.publication import Publication
from cms import clock, parameters
from cms.magazine import magazine
from cms.parameters import Parameter
from cms.roles import may
from cms.writing import Answer, perform
from comments import actions, answers, speaking
from comments.actions import threads
from comments.openapi import answers as documented
from comments.rendering.answers import answer_document
from comments.rendering.names import NAME
from comments.serializers.answers import AnswerAsSite
from comments.views.editorial import pages
from comments.views.editorial.base import MODERATE, PAGED, ModerationView

ANSWER = "comment.answer"
PARENT = parameters.uuid("Only direct answers to this reply.")
ANSWERED = parameters.uuid("The reply that is answered, where the body does not say.")


class SiteAnswers(ModerationView):
    """What the site has answered under an article, and where somebody adds to it. No account is ever named."""

    verbs: ClassVar[dict[str, str]] = {"GET": ANSWER, "POST": ANSWER}
    parameters: ClassVar[dict[str, Parameter]] = {"parent": PARENT, **PAGED}
    write_parameters: ClassVar[dict[str, dict[str, Parameter]]] = {"POST": {"parent": ANSWERED}}
    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": AnswerAsSite}
    preconditions: ClassVar[tuple[str, ...]] = ()
    form_titles: ClassVar[dict[str, str]] = {"POST": "Answer as the site"}
    form_notes: ClassVar[dict[str, str]] = {
        "POST": "Readers see it with a mark that it comes from the site. Your account's name is told to nobody. "
        "What the gate holds waits for a moderator."
    }

    @documented.listed
    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """What the site has answered under an article

        The newest first, public or not, with what holds it where something does.
        """
        speaking.require_answerable(self.caller, article_id, clock.read_instant())
        page = answers.of_article(article_id, parent_id=self.query["parent"], **self.asked)
        return self.page_of(request, page, answers.documents(page.rows))

    @documented.answer
    def post(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Answer a reader, or under the article, as the site

        Under the caller's byline or in the site's name, marked `is_staff` in delivery. Public at once (201), or held
        like any reply that the gate has something to say about (202). An author's answer waits where replies wait. A
        thread that is closed to readers takes it. No address is kept, and there is no author's token.
        """
        speaking.require_answerable(self.caller, article_id, clock.read_instant())
        return self._answer(
            request, speaking.publication_of(article_id), self.validated(AnswerAsSite, request)
        )

    def _answer(self, request: Request, publication: Publication, sent: dict[str, Any]) -> HttpResponseBase:
        policy = threads.policy_of(publication, closing_after=magazine().comments_close_after_days)
        voice = speaking.voice_of(self.caller, sent.get("answer_as"), clock.read_instant())
        words = actions.Words(voice.name, "", sent["text"], NAME)
        draft = actions.compose(words, speaking.policy_for(self.caller, policy.policy), is_staff=True)

        parent = sent["parent"] if "parent" in sent else self.query["parent"]
        given = actions.SiteAnswer(publication.article_id, policy, parent, draft, voice.answer_as)

        def work() -> Answer:
            version = actions.answer(given, by=self.caller, now=clock.read_instant())
            comment = version.comment
            return Answer(201 if comment.visible else 202, answer_document(comment, version))

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What is answered, where the address says so."""
        parent = self.query["parent"]
        return {"parent": str(parent)} if parent else {}

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        moderates = may(self.caller, MODERATE)
        return pages.site_answers(value, self.query["parent"], moderates=moderates)
