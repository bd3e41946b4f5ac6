"""Ten thousand naughty strings go in as replies and come out whole (NFC aside), inert wherever they are shown."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from comments.models import Comment
from tests.builders import a_published_article
from tests.client import ApiClient
from tests.comments.people import form, own
from tests.security.browser import watched
from tests.security.naughty import COUNT, texts

BETWEEN = "\n¶\n"
MOST = 9_000
"""Code points in a reply, so that composing never makes it too long."""

DECIDED = {"decision": "publish", "version": 1}


def in_replies() -> Iterator[list[str]]:
    """The texts, as many as one reply holds."""
    pieces: list[str] = []
    length = 0
    for text in texts():
        if length + len(text) + len(BETWEEN) > MOST:
            yield pieces
            pieces, length = [], 0
        pieces.append(text)
        length += len(text) + len(BETWEEN)
    yield pieces


def whole(pieces: list[str]) -> str:
    """The reply, begun and ended by a word: nothing around the words of a reply is kept."""
    return BETWEEN.join(["begun", *pieces, "ended"])


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_naughty_strings_come_out_whole_and_inert(
    live_server: Any, settings: Any, as_moderator: ApiClient
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (1000, 600), "author": (1000, 600)}
    article = a_published_article(slug="open", comments_policy="hold")
    place, api, batches = f"/api/v1/articles/{article.pk}/comments", ApiClient(), list(in_replies())
    assert sum(map(len, batches)) == COUNT
    for pieces in batches:
        sent = form(text=whole(pieces), author_name=f"N {pieces[0][:40]} N")
        made = api.post(place, sent)
        assert made.status_code == 202, made.content
        read = api.get(made.json()["links"]["self"], headers=own(made.json()["author_token"]))
        assert came_back(read.json()["text"]) == pieces_of(pieces)
        desk = f"/api/v1/editorial/comments/{made.json()['id']}"
        tag = as_moderator.get(desk)["ETag"]
        done = as_moderator.post(f"{desk}/decisions", DECIDED, headers={"If-Match": tag})
        assert done.status_code == 201, done.content
    shown = walked(api, f"{place}?ordering=created_at&limit=100")
    assert [came_back(reply["text"]) for reply in shown] == [pieces_of(pieces) for pieces in batches]
    with watched(live_server.url) as browser:
        browser.open(f"{place}?limit=100")
        assert browser.page.locator("main").count() == 1
    with watched() as careless:
        html = "".join(f"<article><h2>{name(reply)}</h2>{reply['html']}</article>" for reply in shown)
        careless.show(f"<main>{html}</main>")
        assert careless.page.locator("main > article").count() == len(batches)
        careless.page.evaluate(
            "all => { for (const text of all) { document.body.appendChild(document.createElement('p')).textContent = text } }",
            [reply["text"] for reply in shown],
        )
        last = careless.page.locator("body > p").last.evaluate("p => p.textContent")
        assert last == shown[-1]["text"]
    assert (browser.incidents, careless.incidents) == ([], [])
    assert Comment.objects.filter(state="published").count() == len(batches)


def came_back(text: str) -> list[str]:
    begun, *pieces, ended = text.split(BETWEEN)
    assert (begun, ended) == ("begun", "ended")
    return pieces


def pieces_of(pieces: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", piece) for piece in pieces]


def name(reply: dict[str, Any]) -> str:
    """As any frontend escapes a name."""
    shown: str = reply["author"]["name"]
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def walked(api: ApiClient, url: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while url:
        page = api.get(url).json()
        found += page["results"]
        url = page["next"]
    return found
