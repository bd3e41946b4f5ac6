"""What readers and moderators ask for most, as addresses of one site: each has to be found by indexes alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from articles.models import CatalogueItem, Publication, Redirect
from articles.rendering.times import rfc3339
from cms import clock, people, roles
from cms.models import ApiToken
from comments.models import Comment, Thread
from tests.scale.explaining import following

ARTICLES = "/api/v1/articles"
ORDERINGS = ("-published_at", "published_at", "-updated_at", "title")
OWN, FEW = "one article's own versions", "one redirect"
LABELS = "the labels of one page of replies"
LATER = 3
"""How many pages on the second look is; every later one is the same statement with another bound."""


@dataclass(frozen=True)
class Hot:
    """One address; `token` of whom only people of the desk may ask it. `sorts`: the few rows that it may sort."""

    name: str
    path: str
    token: str | None = None
    sorts: str = ""


def hot() -> Iterator[Hot]:
    """Everything that is asked of the site in this database. Makes a moderator and a redirect, to ask for them."""
    now = clock.read_instant()
    then = rfc3339(now - timedelta(days=200))
    token = _token()
    row = Publication.objects.live(now).filter(locale="en").order_by("-published_at")[5]
    here = f"{ARTICLES}/{row.article_id}"
    past = Publication.objects.filter(version=2, state="live", effective_until__lt=now).order_by("id")[0]
    yield Hot("article by slug", f"{ARTICLES}/{row.slug}?locale={row.locale}")
    yield Hot("article by id", here)
    ended = rfc3339(past.effective_until - timedelta(seconds=1))
    yield Hot("article in the past", f"{ARTICLES}/{past.article_id}?at={ended}", sorts=OWN)
    yield Hot("versions", f"{here}/versions", sorts=OWN)
    yield from _lists(then)
    yield Hot("manifest", "/api/v1/manifest")
    yield Hot("manifest, later", following("/api/v1/manifest?limit=5", LATER))
    yield Hot("manifest of a language", "/api/v1/manifest?locale=fr")
    yield Hot("feed", "/api/v1/feeds/articles.atom?locale=en")
    yield Hot("feed of a topic", f"/api/v1/feeds/articles.json?locale=en&topic={_key('topic')}")
    yield Hot("sitemap", "/api/v1/sitemap.xml")
    yield Hot("resolve", f"/api/v1/resolve?path={ARTICLES}/{row.slug}")
    Redirect.objects.create(path="/old/path", article_id=row.article_id, created_at=now)
    yield Hot("resolve a redirect", "/api/v1/resolve?path=/old/path", sorts=FEW)
    yield Hot("redirects", "/api/v1/redirects", sorts=FEW)
    for kind in ("topics", "people", "collections"):
        yield Hot(kind, f"/api/v1/{kind}")
    yield from _threads()
    yield Hot("queue", "/api/v1/editorial/comments", token, sorts=LABELS)
    yield Hot("desk", "/api/v1/editorial/articles", token, sorts=OWN)


def _lists(then: str) -> Iterator[Hot]:
    filters = {
        "all": "",
        "a language": "&locale=en",
        "a kind": "&kind=guide",
        "a kind in a language": "&kind=guide&locale=en",
        "a topic": f"&topic={_key('topic')}",
        "a topic in a language": f"&topic={_key('topic')}&locale=en",
        "an author": f"&author={_key('person')}",
        "an author in a language": f"&author={_key('person')}&locale=en",
    }
    for ordering in ORDERINGS:
        for name, filter_ in filters.items():
            path = f"{ARTICLES}?limit=3&ordering={ordering}{filter_}"
            yield Hot(f"list of {name} by {ordering}", path)
            yield Hot(f"list of {name} by {ordering}, later", following(path, LATER))
        for name in ("all", "a language", "a kind", "a topic", "an author"):
            path = f"{ARTICLES}?limit=3&ordering={ordering}{filters[name]}&at={then}"
            yield Hot(f"list of {name} by {ordering} in the past", path)


def _threads() -> Iterator[Hot]:
    thread = Thread.objects.order_by("-public_count")[0]
    first = f"{ARTICLES}/{thread.article_id}/comments?limit=5"
    deepest = Comment.objects.visible().in_thread(thread.article_id).order_by("-depth")[0]
    for name, asked in {
        "newest first": "",
        "oldest first": "&ordering=created_at",
        "roots": "&depth=0",
        "beneath one": f"&parent={deepest.parent_id}",
    }.items():
        yield Hot(f"replies, {name}", f"{first}{asked}")
    for name, asked in {
        "newest first": "",
        "oldest first": "&ordering=created_at",
        "roots": "&depth=0",
    }.items():
        yield Hot(f"replies, {name}, later", following(f"{first}{asked}", LATER))
    yield Hot("replies around one", f"{first}&around={deepest.pk}")
    yield Hot("one reply", f"/api/v1/comments/{deepest.pk}")


def _key(kind: str) -> str:
    return CatalogueItem.objects.of_kind(kind).order_by("id").values_list("key", flat=True)[0]


def _token() -> str:
    name = f"looking-{clock.now():%H%M%S%f}"
    user = people.create_user(username=name, password=None, roles=[roles.EDITOR, roles.MODERATOR])
    user.is_active = True
    user.save(update_fields=["is_active"])
    return ApiToken.objects.create(user=user, name="Looking", scopes=[])[1]
