"""What any reader may say about a public reply: that something is wrong with it. Nobody asks who they are."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from articles.reading import readable_article
from cms import clock, limits
from cms.addresses import client_address, network
from cms.delivery import DeliveryView
from cms.validation import validated
from cms.writing import Answer, perform
from comments import actions, reading
from comments.openapi import care as documented
from comments.rendering.author import support_links
from comments.serializers.care import ReportReply
from comments.views.refusals import PointsToSupport
from comments.wording import reported_text


class Reports(PointsToSupport, DeliveryView):
    """Where a reader reports a reply."""

    input_serializers: ClassVar[dict[str, type[Serializer]]] = {"POST": ReportReply}

    @documented.report
    def post(self, request: Request, comment_id: UUID) -> HttpResponseBase:
        """Report a reply

        The answer is always the same. A moderator reads the report; no number of reports hides a reply by itself.
        `identifies_me` and `frightens_me` put it near the head of the queue. One person counts once.
        """
        readable_article(str(reading.visible_comment(comment_id).article_id))
        sent = validated(ReportReply, request)
        locale = sent.pop("locale")
        reported = actions.Reported(network=network(client_address(request)), **sent)

        def work() -> Answer:
            allowance = limits.take("reports", reported.network, by="address")
            actions.report(comment_id=comment_id, reported=reported, now=clock.read_instant())
            body = {"state": "received", "state_text": reported_text(locale), "links": support_links()}
            return Answer(202, body, limits.headers("reports", allowance))

        return perform(request, work)
