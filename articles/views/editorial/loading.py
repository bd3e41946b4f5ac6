"""Loading what a caller may see; what they may not see is not there (404)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from articles.models import Article
from articles.querysets.editorial import ArticleQuerySet
from cms import clock
from cms.errors import FieldError, InvalidContent, NotFound
from cms.models import User


def visible_articles(user: User) -> ArticleQuerySet:
    """The caller's desk, annotated with public states."""
    desk = Article.objects.on_desk().visible_to(user)
    return desk.with_state_at(clock.read_instant()).with_review_wanted()


def visible_article(user: User, article_id: UUID) -> Article:
    """Raises NotFound for an article that does not exist or that the caller may not see."""
    found = visible_articles(user).filter(pk=article_id).first()
    if found is None:
        raise NotFound("There is no such article.")
    return found


class HeadForm:
    """A page's form begins with the newest revision."""

    caller: User
    kwargs: dict[str, Any]

    def form_initial(self, request: Request) -> dict[str, Any]:
        """What an editor's form starts from."""
        return {"revision": visible_article(self.caller, self.kwargs["article_id"]).head_number}


def require_nameable(user: User, sent: dict[str, Any], kept: Iterable[str] = ()) -> None:
    """An article that the caller may not know of is told like one that does not exist; what is `kept` stays named.

    Raises InvalidContent for `related` and `translation_of`.
    """
    related = [id_ for id_ in sent.get("related") or [] if id_ not in set(kept)]
    source = sent.get("translation_of")
    named = {UUID(id_) for id_ in related} | ({source} if source else set())
    known = set(
        Article.objects.on_desk()
        .known_to(user, clock.read_instant())
        .filter(pk__in=named)
        .values_list("pk", flat=True)
    )
    sentence = "There is no such other article."
    errors = [
        FieldError("unknown_article", sentence, pointer=f"/related/{index}")
        for index, id_ in enumerate(sent.get("related") or [])
        if id_ in related and UUID(id_) not in known
    ]
    if source and source not in known:
        errors.append(FieldError("unknown_article", "There is no such article.", pointer="/translation_of"))
    if errors:
        raise InvalidContent("The text points at entries that do not exist.", errors=tuple(errors))
