"""Many decisions in one request, each judged and made for itself."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.http import HttpResponseBase
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from cms import clock
from cms.browsable.forms import PageForm
from cms.parsers import StrictJson
from cms.validation import validated_list
from cms.writing import Answer, perform_each
from comments import actions
from comments.actions.decide import Ruling
from comments.models import Decision
from comments.openapi import editorial as documented
from comments.serializers import DecideReplies
from comments.views.editorial import pages
from comments.views.editorial.base import MODERATE, ModerationView

_SAID = {
    "publish": "Published.",
    "hold": "Put aside; it waits.",
    "reject": "Not published.",
    "spam": "Called spam.",
    "remove": "Removed.",
}


class PickedReplies(PageForm):
    """The queue's form: each `pick` is `id:version`, and one decision is for all of them."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """A list, as a program sends it. Raises UnsupportedMediaType for what is no form of ours."""
        request = (parser_context or {})["request"]
        if not getattr(request, "is_page_form", False) or request.auth is not None:
            raise UnsupportedMediaType(media_type or "")
        form = request.page_form
        told = {name: form[name] for name in ("decision", "reason", "note") if form.get(name)}
        return [_picked(pick) | told for pick in form.getlist("pick")]


def _picked(pick: str) -> dict[str, Any]:
    id, _, version = pick.partition(":")
    return {"id": id, "version": int(version) if version.isdecimal() and len(version) < 10 else version}


class BulkDecisions(ModerationView):
    """Up to a hundred decisions. None of them is of more or less weight than if it had been sent alone."""

    verbs: ClassVar[dict[str, str]] = {"POST": MODERATE}
    accepts_list = True
    parser_classes = [StrictJson, PickedReplies]
    input_serializers: ClassVar[dict[str, type[ListSerializer]]] = {"POST": DecideReplies}
    preconditions: ClassVar[tuple[str, ...]] = ()

    def form_methods(self, request: Request) -> tuple[str, ...]:
        """Its form is the queue's."""
        return ()

    @documented.decide_many
    def post(self, request: Request) -> HttpResponseBase:
        """Decide on several replies

        Each names its version and is decided in a transaction of its own, in the order sent; the answer to each is
        what it would have been alone, 412 excepted: there is no If-Match. What was graded for self-harm is refused
        (`needs_reading_alone`). A body that is not right in every part changes nothing (422).
        """
        sent = validated_list(DecideReplies, request)
        answers = perform_each(request, [self._deciding(item) for item in sent])
        results = [_result(item["id"], answer) for item, answer in zip(sent, answers, strict=True)]
        response = Response({"results": results})
        if answers and all("Idempotent-Replayed" in answer.headers for answer in answers):
            response["Idempotent-Replayed"] = "true"
        return response

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        return pages.answers(value)

    def _deciding(self, item: dict[str, Any]) -> Callable[[], Answer]:
        ruling = Ruling(**{name: value for name, value in item.items() if name != "id"})

        def work() -> Answer:
            decision = actions.decide_among_many(
                comment_id=item["id"], ruling=ruling, by=self.caller, now=clock.read_instant()
            )
            return Answer(201, _made(decision))

        return work


def _made(decision: Decision) -> dict[str, Any]:
    return {
        "message": _SAID[decision.decision],
        "decision": str(decision.pk),
        "state": decision.new_state,
        "etag": decision.comment.etag,
    }


def _result(id: Any, answer: Answer) -> dict[str, Any]:
    body: Any = answer.body
    if answer.status < 300:
        return {"id": str(id), "status": answer.status, **body, "problem": None}
    nothing = {"decision": None, "state": None, "etag": None}
    return {"id": str(id), "status": answer.status, "message": body["detail"], **nothing, "problem": body}
