"""What a seeded database has to give before it is measured: `python -m benchmarks.prepare` prints it as JSON.

Runs on the settings of the limits, so that their tables and the service's lie in one database.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

EDITOR = "scale-editor"
YEAR = timedelta(days=365)
A_PAGE = 50
"""Replies on a page, as `benchmarks.cases` asks for them: the page behind the one around `last` is the last."""


def prepared() -> dict[str, Any]:
    """Slugs, articles to publish with their tags, an editor's token, the largest thread and places in it.

    `past` are articles that were live at the instant `then`, a year ago.
    """
    from benchmarks.limits.models import fill
    from cms import people, roles
    from cms.models import ApiToken, User

    editor = User.objects.filter(username=EDITOR).first() or people.create_user(
        username=EDITOR, password=None, roles=[roles.EDITOR]
    )
    editor.is_active = True
    editor.save(update_fields=["is_active"])
    return {
        "stored": fill(),
        "token": ApiToken.objects.create(user=editor, name="benchmarks", scopes=[])[1],
        **_articles(),
        **_thread(),
        **_catalogue(),
    }


def _articles() -> dict[str, Any]:
    from articles.models import Publication
    from articles.rendering.times import rfc3339
    from cms import clock

    now = clock.read_instant()
    live = Publication.objects.live(now).order_by("id")
    past = Publication.objects.live(now - YEAR).order_by("id")
    readable = live.values_list("slug", "locale", "article_id")[:1_000]
    open_ = live.filter(medical=False, successor=None).select_related("article")
    return {
        "articles": [[slug, locale, str(pk)] for slug, locale, pk in readable],
        "publishable": [
            [str(row.article_id), row.revision_number, row.article.etag]
            for row in open_.only("revision_number", "article").order_by("-id")[:4_000]
        ],
        "then": rfc3339(now - YEAR),
        "past": [str(pk) for pk in past.values_list("article_id", flat=True)[:1_000]],
        "live_count": live.count(),
    }


def _thread() -> dict[str, Any]:
    """The largest thread, the replies around which its pages are looked for, and a thread of about ten."""
    from comments.models import Comment, Thread

    thread = Thread.objects.filter(public_count__gt=0).order_by("-public_count").first()
    if thread is None:
        return {"thread": None}
    visible = Comment.objects.visible().in_thread(thread.article_id).order_by("path")
    count = visible.count()
    places = {"middle": count // 2, "last": count - A_PAGE - A_PAGE // 2}
    small = Thread.objects.filter(public_count__lte=10).order_by("-public_count").first()
    return {
        "thread": str(thread.article_id),
        "small": str(small.article_id) if small else None,
        "around": {name: str(visible[max(0, place)].pk) for name, place in places.items()},
    }


def _catalogue() -> dict[str, Any]:
    from articles.models import CatalogueItem

    def key_of(kind: str) -> str:
        return CatalogueItem.objects.of_kind(kind).order_by("id").values_list("key", flat=True)[0]

    return {"topic": key_of("topic"), "author": key_of("person")}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.limits.settings"
    django.setup()
    json.dump(prepared(), sys.stdout)
