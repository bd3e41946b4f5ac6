"""The moderators' queue: what waits, the gravest first, then the oldest."""

from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request

from cms import clock, parameters
from cms.parameters import Parameter
from comments import moderation
from comments.actions import exposure
from comments.gate.folding import fold, words
from comments.models.desk import KINDS
from comments.models.private import GRADES
from comments.openapi import editorial as documented
from comments.views.editorial import pages
from comments.views.editorial.base import PAGED, ModerationView

RULES = tuple(path.split(".")[-2] for path in settings.COMMENT_GATE)


def _words(value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(words(fold(value)).texts))
    if not found:
        raise ValueError("It takes at least one word or number.")
    return found


def _search() -> Parameter:
    text = parameters.text(
        "Words of the reply, of each at least the beginning, disguises seen through. Names, addresses and other "
        "versions are not searched."
    )
    return replace(text, parse=lambda value: _words(text.parse(value)))


class Queue(ModerationView):
    """Replies by what waits: crisis first, then the oldest."""

    parameters: ClassVar[dict[str, Parameter]] = {
        "state": parameters.choice(
            moderation.QUEUES,
            "`waiting`: a version waits for a decision, of a new reply or of an edit; else the reply's state.",
            default="waiting",
        ),
        "q": _search(),
        "claimed": parameters.choice(("me", "others", "nobody"), "By whom it is being read."),
        "kind": parameters.choice(("new", "edit"), "Not public so far, or an edit of what is public."),
        "label": parameters.choice(KINDS, "Only what holds this kind of content."),
        "rule": parameters.choice(RULES, "Only what this rule of the gate said something about."),
        "names_erased": parameters.boolean(
            "Only answers that name somebody who erased what they answer, until a moderator has looked; `false`: "
            "only others. Public ones are found with `state=published`."
        ),
        "article": parameters.uuid("Only replies to this article."),
        "grade": parameters.choices(GRADES, "Only these grades."),
        **PAGED,
        "count": parameters.boolean("Whether to count all that match.", default=False),
    }

    @documented.queue
    def get(self, request: Request) -> HttpResponseBase:
        """The moderators' queue

        The gravest grade first, then what has waited longest. `collapsed` says what holds a kind that the caller
        would rather not see.
        """
        now = clock.read_instant()
        chosen = self._chosen()
        limit, cursor = self.query["limit"], self.query["cursor"]
        page = moderation.queue(chosen, by=self.caller, now=now, limit=limit, cursor=cursor)
        count = moderation.filtered(chosen, by=self.caller, now=now).count() if self.query["count"] else None
        return self.page_of(request, page, self._documents(page.rows), count=count)

    def _chosen(self) -> moderation.Chosen:
        names = ("state", "q", "rule", "label", "claimed", "kind", "names_erased")
        given = {name: self.query[name] for name in names if self.query[name] is not None}
        return moderation.Chosen(article_id=self.query["article"], grades=self.query["grade"], **given)

    def _documents(self, rows: list[Any]) -> list[dict[str, Any]]:
        avoided = set(exposure.preferences_of(self.caller).rather_not)
        return [
            document | {"collapsed": any(label["kind"] in avoided for label in document["labels"])}
            for document in moderation.documents(rows)
        ]

    def page_parts(self, request: Request, value: Any) -> dict[str, Any]:
        return pages.queue(value)
