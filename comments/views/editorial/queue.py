"""The moderators' queue: what waits, the gravest first, then the oldest."""

from typing import ClassVar

from django.http import HttpResponseBase
from rest_framework.request import Request

from cms import parameters
from cms.parameters import Parameter
from comments import moderation
from comments.models.private import GRADES
from comments.openapi import editorial as documented
from comments.views.editorial.base import PAGED, ModerationView


class Queue(ModerationView):
    """Replies by what waits: crisis first, then the oldest."""

    parameters: ClassVar[dict[str, Parameter]] = {
        "state": parameters.choice(
            moderation.QUEUES,
            "`waiting`: a version waits for a decision, of a new reply or of an edit; else the reply's state.",
            default="waiting",
        ),
        "article": parameters.uuid("Only replies to this article."),
        "grade": parameters.choices(GRADES, "Only these grades."),
        **PAGED,
        "count": parameters.boolean("Whether to count all that match.", default=False),
    }

    @documented.queue
    def get(self, request: Request) -> HttpResponseBase:
        """The moderators' queue

        The gravest grade first, then what has waited longest.
        """
        chosen = {
            "state": self.query["state"],
            "article_id": self.query["article"],
            "grades": self.query["grade"],
        }
        page = moderation.queue(**chosen, limit=self.query["limit"], cursor=self.query["cursor"])
        count = moderation.filtered(**chosen).count() if self.query["count"] else None
        return self.page_of(request, page, moderation.documents(page.rows), count=count)
