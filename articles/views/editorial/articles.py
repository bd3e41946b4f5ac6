"""Articles on the desk: lists, heads, revisions, checks, and the preview of a text."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.http import HttpResponseBase
from rest_framework.request import Request

from articles import actions, checks
from articles.actions.agreed import without_consent
from articles.actions.gathering import examined
from articles.actions.locking import revision_of
from articles.actions.rerendering import resting_on_retracted
from articles.content import FIELDS, folded
from articles.markdown import render
from articles.naming import require_there
from articles.openapi import editorial as docs
from articles.serializers import content as inputs
from articles.serializers import shapes
from articles.views.editorial.loading import require_nameable, visible_article, visible_articles
from articles.views.editorial.saving import Save, save_merging, save_on_head
from cms import clock, pagination, parameters
from cms.conditional import if_match
from cms.editorial import EditorialView
from cms.models import User
from cms.pagination import Order
from cms.writing import Answer, perform

_TEXT_OF_SOURCE = ("translated_from__content", "translated_from__block_ids")
NEWEST_FIRST = Order((("id", "desc"),))
ORDERS = {
    "-created_at": NEWEST_FIRST,
    "review_wanted_by": Order((("review_wanted_by", "asc"), ("id", "asc"))),
}
BY_NUMBER = Order((("number", "desc"),))
STATES = {
    "draft": Q(public_state__isnull=True, next_from__isnull=True),
    "scheduled": Q(next_from__isnull=False),
    "changed": Q(public_state="live") & ~Q(head_number=F("public_revision")),
    "live": Q(public_state="live"),
    "withdrawn": Q(public_state="withdrawn"),
    "gone": Q(public_state="gone"),
}


@docs.article_list
class ArticleList(EditorialView):
    """The desk: every article the caller may see, newest first."""

    verbs = {"GET": "article.read", "POST": "article.create"}
    input_serializers = {"POST": inputs.NewArticle}
    parameters = {
        "state": parameters.choice((*STATES, "archived"), "Only articles in this state."),
        "mine": parameters.boolean(
            "Only articles that the caller began; with `review=waiting`, only those that the caller was asked to"
            " review.",
            default=False,
        ),
        "ordering": parameters.choice(
            tuple(ORDERS),
            "`review_wanted_by`: the earliest day first, what has none last.",
            default="-created_at",
        ),
        "review": parameters.choice(
            ("waiting", "stale", "overdue", "retracted"),
            "Only articles that wait for a review; of the public ones, only those that are not approved as they are,"
            " whose next review is due, or that show a retracted reference.",
        ),
        "q": parameters.text("Words of title, slug or summary; case and accents do not matter."),
        "topic": parameters.text("The slug of a topic that the newest text names.", pattern=r"\S+"),
        "locale": parameters.locale("Only this locale (BCP 47)."),
        "translation": parameters.choice(
            ("behind",), "Only public translations that lag behind what is public of their original."
        ),
        "consent": parameters.choice(
            ("withdrawn", "expired", "missing"),
            "Only personal stories to which nobody agrees any longer, or nobody is recorded to have agreed.",
        ),
        "limit": parameters.limit(),
        "cursor": parameters.cursor(),
    }

    def get(self, request: Request) -> HttpResponseBase:
        rows = _filtered(visible_articles(self.caller), self.query, self.caller)
        page = pagination.page(
            rows, order=ORDERS[self.query["ordering"]], limit=self.query["limit"], cursor=self.query["cursor"]
        )
        if not page.rows:
            require_there(self.query)
        body, link = pagination.envelope(
            request,
            [shapes.card(found) for found in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})

    def post(self, request: Request) -> HttpResponseBase:
        """Begin an article. Its first revision holds what was sent."""
        data = self.validated(inputs.NewArticle, request)
        require_nameable(self.caller, data)

        def work() -> Answer:
            made = actions.create_article(
                kind=data["kind"],
                locale=data["locale"],
                translation_of=data.get("translation_of"),
                content=_content(data),
                message=data.get("message", ""),
                by=self.caller,
                now=clock.now(),
            )
            return article_answer(self.caller, made.pk, 201)

        return perform(request, work)


@docs.article_detail
class ArticleDetail(EditorialView):
    """The head of one article: its newest text and where the article stands."""

    verbs = {"GET": "article.read", "PATCH": "article.save", "DELETE": "article.delete"}
    input_serializers = {"PATCH": inputs.ArticlePatch}
    write_parameters = {
        "PATCH": {
            "merge": parameters.boolean(
                "Whether to merge with what others saved after the head that If-Match names.", default=False
            )
        }
    }

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        head = found.revisions.select_related("author").get(number=found.head_number)
        return self.respond(shapes.article(found, head), etag=found.etag)

    def patch(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Save a new revision: a merge patch of the head that If-Match names.

        When somebody saved after that head was read, the 412 carries both sides, field by field and block by block,
        and whether they go together; `merge=true` saves them together, as a revision with two parents, or answers
        409 with the places where a person must choose.
        """
        found = visible_article(self.caller, article_id)
        data = self.validated(inputs.ArticlePatch, request)
        if data.get("related"):
            head = found.revisions.get(number=found.head_number)
            require_nameable(self.caller, data, kept=head.document["related"])
        save = Save(
            article_id=article_id,
            patch=_content(data),
            kind=data.get("kind"),
            locale=data.get("locale"),
            message=data.get("message", ""),
            translated_from=data.get("translated_from"),
            expected=if_match(request),
            by=self.caller,
        )
        saving = save_merging if self.query["merge"] else save_on_head
        return saving(request, save, lambda: article_answer(self.caller, article_id, 200))

    def delete(self, request: Request, article_id: UUID) -> HttpResponseBase:
        """Put a draft that was never public into the bin."""
        visible_article(self.caller, article_id)
        expected = if_match(request)

        def work() -> Answer:
            actions.delete_draft(article_id=article_id, expected=expected, by=self.caller, now=clock.now())
            return Answer(204)

        return perform(request, work)

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        found = visible_article(self.caller, self.kwargs["article_id"])
        head = found.revisions.get(number=found.head_number)
        return {**head.document, "kind": found.kind, "locale": found.locale, "message": ""}


@docs.revision_list
class RevisionList(EditorialView):
    """All revisions of an article, newest first."""

    verbs = {"GET": "article.read"}
    parameters = {"limit": parameters.limit(), "cursor": parameters.cursor()}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        related = found.revisions.with_suppression().select_related("author", "translated_from__article")
        rows = related.defer("content", "block_ids", *_TEXT_OF_SOURCE)
        page = pagination.page(rows, order=BY_NUMBER, limit=self.query["limit"], cursor=self.query["cursor"])
        body, link = pagination.envelope(
            request,
            [shapes.listed_revision(row) for row in page.rows],
            {"cursor": page.next_cursor} if page.next_cursor else None,
        )
        return self.respond(body, headers={"Link": link} if link else {})


@docs.revision_detail
class RevisionDetail(EditorialView):
    """One revision, whole and as it will always be."""

    verbs = {"GET": "article.read"}

    def get(self, request: Request, article_id: UUID, number: int) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        return self.respond(shapes.revision(revision_of(found, number)))


@docs.check_report
class CheckReport(EditorialView):
    """What stands between a revision and its readers. Errors block publishing."""

    verbs = {"GET": "article.read"}
    parameters = {"revision": parameters.integer(1, 2**31 - 1, "The revision; the head unless given.")}

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        found = visible_article(self.caller, article_id)
        revision = revision_of(found, self.query["revision"] or found.head_number)
        results = checks.findings(examined(found, revision, by=self.caller))
        body = {
            "revision": revision.number,
            "publishable": all(finding.severity != "error" for finding in results),
            "findings": [shapes.finding(finding) for finding in results],
        }
        return self.respond(body)


@docs.markdown_preview
class MarkdownPreview(EditorialView):
    """What publishing would make of a text, and everything that it would leave out."""

    verbs = {"POST": "preview.markdown"}
    input_serializers = {"POST": inputs.MarkdownText}

    def post(self, request: Request) -> HttpResponseBase:
        """Render a text without storing it."""
        source = self.validated(inputs.MarkdownText, request)["body_markdown"]
        rendered = render(source)
        body = {
            "html": rendered.html,
            "blocks": rendered.blocks,
            "outline": rendered.outline,
            "word_count": rendered.word_count,
            "reading_minutes": rendered.reading_minutes,
            "citations": list(rendered.citations),
            "findings": [
                {
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": problem.message,
                    "location": "/body_markdown",
                    "line": problem.line,
                }
                for problem in rendered.problems
            ],
        }
        return self.respond(body)


def _content(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in FIELDS if name in data}


def article_answer(caller: User, article_id: UUID, status: int) -> Answer:
    found = visible_article(caller, article_id)
    head = found.revisions.select_related("author").get(number=found.head_number)
    body = shapes.article(found, head)
    headers = {"ETag": found.etag}
    if status == 201:
        headers["Location"] = body["href"]
    return Answer(status, body, headers)


def _filtered(rows: Any, query: dict[str, Any], user: Any) -> Any:
    now = clock.read_instant()
    if query["state"] == "archived":
        rows = rows.filter(archived_at__isnull=False)
    elif query["state"]:
        rows = rows.filter(STATES[query["state"]], archived_at__isnull=True)
    if query["mine"]:
        rows = rows.asked_of(user) if query["review"] == "waiting" else rows.filter(created_by=user)
    rows = _for_review(rows, query["review"])
    if query["topic"]:
        rows = rows.filter(head_topics__contains=f" {query['topic']} ")
    if query["locale"]:
        rows = rows.filter(locale=query["locale"])
    if query["translation"]:
        rows = rows.translated_behind(now)
    if query["consent"]:
        rows = without_consent(rows, query["consent"], clock.now())
    for word in folded(query["q"] or "").split():
        rows = rows.filter(head_search_key__contains=word)
    return rows


def _for_review(rows: Any, wanted: str | None) -> Any:
    at = clock.read_instant()
    if wanted == "waiting":
        return rows.waiting_for_review()
    if wanted == "stale":
        return rows.live_unreviewed(at)
    if wanted == "overdue":
        return rows.due_for_review(at)
    return rows.filter(pk__in=resting_on_retracted(at)) if wanted == "retracted" else rows
