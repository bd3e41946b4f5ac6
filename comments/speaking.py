"""Who speaks when the site answers: the public person that a user is, or the site itself. Never an account's name.

Which articles somebody may answer under, and whether what they write waits, is said here too.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from articles.models import Article, Byline
from articles.models.publication import Publication
from articles.reading import catalogue_entry, readable_article
from cms.errors import FieldError, Gone, InvalidContent, LegallyUnavailable, NotFound, WrongState
from cms.models import Site, User
from cms.roles import may

BYLINE, SITE = "byline", "site"
LONGEST = 100
"""Code points of a name under a reply; names of people and sites may be longer."""


@dataclass(frozen=True)
class Voice:
    """As whom somebody answers, `byline` or `site`, and the name that readers see; empty where the site has none."""

    answer_as: str
    name: str


def voice_of(user: User, answer_as: str | None, at: datetime) -> Voice:
    """The voice that was asked for. Without a wish: the byline, but the site for whoever moderates or has none.

    Raises InvalidContent for a byline that readers do not know at `at`.
    """
    wished = answer_as or (SITE if may(user, "comment.moderate") else BYLINE)
    name = _byline(user, at) if wished == BYLINE else None
    if name is not None:
        return Voice(BYLINE, _fitting(name))
    if answer_as == BYLINE:
        detail = "You are nobody of this site's people in public. Answer as `site`."
        raise InvalidContent(detail, errors=(FieldError("no_byline", detail, pointer="/answer_as"),))
    return Voice(SITE, _fitting(Site.objects.filter(pk=1).values_list("name", flat=True).first() or ""))


def require_answerable(user: User, article_id: UUID, at: datetime) -> None:
    """Whoever moderates answers under what is or was public; others under what they see on the desk.

    Raises NotFound.
    """
    desk = Article.objects.on_desk()
    known = desk.known_to(user, at) if may(user, "comment.moderate") else desk.visible_to(user)
    if not known.filter(pk=article_id).exists():
        raise NotFound("There is no such article.")


def publication_of(article_id: UUID) -> Publication:
    """What readers have of an article now. Raises WrongState (code `article_not_public`)."""
    try:
        return readable_article(str(article_id), locale=None)
    except (NotFound, Gone, LegallyUnavailable):
        raise WrongState(
            "Nobody can read this article now, so nobody could read the answer. Nothing was stored.",
            code="article_not_public",
        ) from None


def policy_for(user: User, policy: str) -> str:
    """The article's policy for replies, but for whoever may publish: what they write has been read."""
    return "publish" if may(user, "comment.moderate") or may(user, "article.publish") else policy


def _byline(user: User, at: datetime) -> str | None:
    """The name of the person that a user is, as readers have it; None where there is none (any more)."""
    key = Byline.objects.filter(user=user).values_list("person__key", flat=True).first()
    if key is None:
        return None
    try:
        return str(catalogue_entry("person", key, at).content["name"])
    except NotFound:
        return None


def _fitting(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
