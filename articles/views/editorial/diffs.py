"""Two revisions side by side, and who wrote what."""

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.templatetags.static import static
from rest_framework.request import Request

from articles.actions.comparing import Point, difference, parent_of, patch_between, point_of
from articles.diffing import diff_page
from articles.models import Revision
from articles.openapi import editorial as docs
from articles.serializers import comparisons
from articles.views.editorial.loading import visible_article, visible_articles
from cms import clock, locales, parameters
from cms.editorial import EditorialView
from cms.parameters import Parameter
from cms.renderers import encode

FORMATS = ("json", "patch", "html")
_SIDES = (
    "A revision's number, `head`, `live`, an instant (what was or will be public then), or `locale:` and the "
)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_SENTENCE = (
    "It takes a revision's number, head, live, an instant as 2026-03-01T12:00:00Z, or locale: and a locale."
)


def _point(value: str) -> Point:
    """Raises ValueError with a sentence that says what is allowed."""
    if value in ("head", "live"):
        return Point(name=value)
    if _NUMBER.fullmatch(value):
        return Point(number=int(value))
    name, _, locale = value.partition(":")
    if name == "locale" and locales.is_locale(locale):
        return Point(locale=locales.canonical(locale))
    try:
        return Point(at=parameters.parse_instant(value))
    except ValueError:
        raise ValueError(_SENTENCE) from None


def _side(words: str) -> Parameter:
    schema = {"type": "string", "examples": ["3", "head", "live", "2026-03-01T12:00:00Z", "locale:fr"]}
    described = f"{words} {_SIDES}locale of a counterpart, whose head it then is."
    return Parameter(_point, schema, described)


@docs.revision_diff
class RevisionDiff(EditorialView):
    """What differs between two revisions: fields, blocks, words; as JSON Patch; as a page.

    The work is bounded: where texts are too long and too different, they are compared by blocks, and `granularity`
    says so.
    """

    verbs = {"GET": "article.read"}
    parameters = {
        "base": _side("The older side; the revision that `head` was made from unless given."),
        "head": _side("The newer side; the head unless given."),
        "format": parameters.choice(FORMATS, "`patch` is a JSON Patch (RFC 6902).", default="json"),
        "include": parameters.choices(("blame",), "With JSON: who last changed each block of `head`."),
    }

    def get(self, request: Request, article_id: UUID) -> HttpResponseBase:
        new = self._revision(article_id, self.query["head"] or Point(name="head"))
        old = self._revision(article_id, self.query["base"]) if self.query["base"] else parent_of(new)
        if self.query["format"] == "html":
            return HttpResponse(_page(old, new), content_type="text/html; charset=utf-8")
        if self.query["format"] == "patch":
            return self._patch(request, old, new)
        body = comparisons.revision_difference(old, new)
        if "blame" in self.query["include"]:
            body["blame"] = comparisons.blame(new)
        return self.respond(body)

    def _revision(self, article_id: UUID, point: Point) -> Revision:
        article = visible_article(self.caller, article_id)
        return point_of(article, point, desk=visible_articles(self.caller), now=clock.read_instant())

    def _patch(self, request: Request, old: Revision, new: Revision) -> HttpResponseBase:
        operations = patch_between(old, new)
        if request.accepted_renderer.media_type == "text/html":
            return self.respond(operations)
        return HttpResponse(encode(operations), content_type="application/json-patch+json")


def _page(old: Revision, new: Revision) -> str:
    return diff_page(
        difference(old, new),
        title=f"{new.document['title'] or 'Untitled'}: {_named(old, new)} and revision {new.number}",
        locale=new.article.locale,
        stylesheet=static("kintsugi/page.css"),
    )


def _named(old: Revision, new: Revision) -> str:
    other = "" if old.article_id == new.article_id else f" in {old.article.locale}"
    return f"revision {old.number}{other}"
