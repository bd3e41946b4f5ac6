"""What readers and moderators ask for most, as addresses of one site: each has to be found by indexes alone."""

from collections.abc import Iterator
from datetime import timedelta

from articles.models import CatalogueItem, Publication, Redirect
from articles.rendering.times import rfc3339
from cms import clock, people, roles
from cms import following as log
from cms.models import ApiToken, Feed
from comments.models import Comment, Thread
from tests.builders import an_entry
from tests.scale.asking import Hot, Round
from tests.scale.explaining import following
from tests.scale.hot_desk import moderated, own_status, rounds
from tests.scale.hot_search import searched

ARTICLES = "/api/v1/articles"
ORDERINGS = ("-published_at", "published_at", "-updated_at", "title")
OWN, FEW = "one article's own versions", "one redirect"
ENTRIES, ENTRY = "the entries of the catalogue", "the version of one entry"
SHELF = "the articles of one collection"
LATER = 3
"""How many pages on the second look is; every later one is the same statement with another bound."""


def hot() -> Iterator[Hot | Round]:
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
    yield from _catalogue()
    yield from _changes()
    yield from searched(_key("topic"))
    yield from _threads()
    yield Hot("desk", "/api/v1/editorial/articles", token, sorts=OWN)
    yield from own_status()
    yield from moderated(token)
    yield from rounds()


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


def _catalogue() -> Iterator[Hot]:
    chosen = (
        Publication.objects.live(clock.read_instant()).order_by("id").values_list("article_id", flat=True)
    )
    an_entry("collection", "hand-picked", articles=[str(pk) for pk in chosen[:20]])
    for kind in ("topics", "people", "collections"):
        yield Hot(kind, f"/api/v1/{kind}", sorts=ENTRIES)
    yield Hot("one topic", f"/api/v1/topics/{_key('topic')}", sorts=ENTRY)
    yield Hot("one person", f"/api/v1/people/{_key('person')}", sorts=ENTRY)
    yield Hot("one collection", "/api/v1/collections/hand-picked", sorts=SHELF)
    yield Hot("one collection in a language", "/api/v1/collections/hand-picked?locale=fr", sorts=SHELF)


def _changes() -> Iterator[Hot]:
    beginning = log.Cursor(Feed.objects.get_or_create(pk=1)[0].epoch.hex[-12:], log.Place())
    here = "/api/v1/changes"
    yield Hot("changes, a full read", f"{here}?limit=5")
    yield Hot("changes, a full read, later", following(f"{here}?limit=5", LATER))
    yield Hot("changes from the beginning", f"{here}?limit=5&after={beginning}")
    yield Hot("changes, later", following(f"{here}?limit=5&after={beginning}", LATER))
    yield Hot("at least a change", f"{ARTICLES}?min_change={beginning}")


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
