"""What is measured: for each case the requests, and the limits it is held against."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.load import Request
from benchmarks.prepare import A_PAGE
from benchmarks.serving import Server

SLUGS, TAGGED, THREADS = 1_000, 200, 200
PAGES = 400
MANY = 4
"""Of a case with so many addresses: `Case.warm`."""
JSON = ("Content-Type", "application/json")
SEARCHES = {"search, a common word": "garden", "search, a rare word": None}


@dataclass(frozen=True)
class Case:
    """One line of the table. `server` names who is asked; `writes` that it leaves work behind.

    `slices`: each measurement takes requests of its own, so that each is sent once only. `least`: seconds that one
    lasts at least. `warm`: how many times as long it is asked beforehand, so that every worker has met each address.
    `follows`: so many links to the next page are followed before each measurement, and the last of them is asked for:
    a page's address names the instant of its first page, and what was published since makes that one of the past.
    """

    name: str
    requests: tuple[Request, ...]
    server: str = "service"
    expects: tuple[int, ...] = (200,)
    writes: bool = False
    slices: bool = False
    least: int = 1
    warm: int = 1
    follows: int = 0

    def sent_to(self, server: Server) -> tuple[Request, ...]:
        """What is asked in the measurement that follows now."""
        if not self.follows:
            return self.requests
        paths = tuple(_following(server, self.requests[0].path, self.follows))
        return _gets(list(paths[-1:])) or self.requests


def limits(stored: list[str]) -> Iterator[Case]:
    """The stack's own limits. Their names are what ratios are called by."""
    body = json.dumps({"text": "A bowl that was broken is mended with gold."})
    yield Case("L1 constant 6 kB", (Request("/"),), server="constant")
    yield Case("L2 one look-up", tuple(Request(f"/look-up/{slug}") for slug in stored), server="bare")
    yield Case("L3 serializer", tuple(Request(f"/serialised/{slug}") for slug in stored), server="bare")
    yield Case(
        "W one insert", (Request("/rows", "POST", (JSON,), body),), server="bare", expects=(201,), writes=True
    )


def reading(given: dict[str, Any], service: Server) -> Iterator[Case]:
    """What readers ask for."""
    slugs = [f"/api/v1/articles/{slug}?locale={locale}" for slug, locale, _ in given["articles"][:SLUGS]]
    yield Case(f"article, {len(slugs):,} slugs in turn", _gets(slugs), warm=MANY)
    yield Case("article, one hot", _gets(slugs[:1]))
    yield Case("article, 304", tuple(_tagged(service, path) for path in slugs[:TAGGED]), expects=(304,))
    then = given["then"]
    if given["past"]:
        past = [f"/api/v1/articles/{pk}?at={then}" for pk in given["past"]]
        yield Case("article, a year ago", _gets(past), warm=MANY)
        yield _unkept("article, not in memory", slugs)
        yield _unkept("article, past, not in memory", past)
    yield from _lists(given, service, then)
    yield from _searches(given, service)
    yield from _threads(given, service)


def writing(given: dict[str, Any]) -> Iterator[Case]:
    """What readers and editors send. Replies go to many threads or to one, each from an address of its own."""
    reply = json.dumps(
        {
            "author_name": "A reader",
            "author_email": "reader-{n}@example.org",
            "text": "The bowl on our table has a seam too. Thank you for this text, number {n}.",
        }
    )
    many = [pk for _, _, pk in given["articles"][:THREADS]]
    for name, threads in {"posting a reply": many, **_two_threads(given)}.items():
        key = f"{name.replace(' ', '-')}-{{n}}"
        headers = (JSON, ("Idempotency-Key", key), ("X-Forwarded-For", "{ip}"))
        yield Case(
            name,
            tuple(Request(f"/api/v1/articles/{pk}/comments", "POST", headers, reply) for pk in threads),
            expects=(201, 202),
            writes=True,
        )
    yield Case(
        "publishing",
        tuple(
            _publishing(article, revision, tag, given["token"])
            for article, revision, tag in given["publishable"]
        ),
        expects=(201,),
        writes=True,
        slices=True,
        least=4,
    )


def _gets(paths: list[str]) -> tuple[Request, ...]:
    return tuple(Request(path) for path in paths)


def _unkept(name: str, paths: list[str], follows: int = 0) -> Case:
    """Of a server that keeps no answers: what making each of them costs."""
    return Case(name, _gets(paths), server="unkept", follows=follows)


def _tagged(service: Server, path: str) -> Request:
    return Request(path, headers=(("If-None-Match", service.ask(Request(path)).headers["etag"]),))


def _lists(given: dict[str, Any], service: Server, then: str) -> Iterator[Case]:
    first = "/api/v1/articles?locale=en&limit=20"
    pages = [first, *_following(service, first, PAGES - 1)]
    yield Case("list, page 1", _gets(pages[:1]))
    yield Case(f"list, page {len(pages)}", _gets(pages[-1:]))
    yield Case(f"list, {len(pages)} pages in turn", _gets(pages), warm=MANY)
    past = [f"{first}&at={then}", *_following(service, f"{first}&at={then}", PAGES - 1)]
    yield _unkept("list, page 1, not in memory", pages[:1])
    yield _unkept("list, last page, not in memory", pages[:1], follows=PAGES - 1)
    # Both name the instant at which all this began, and in the second round something was published since.
    yield _unkept("list, page 2 of then, not in memory", pages[1:2] or pages)
    yield _unkept("list, last page of then, not in memory", pages[-1:])
    yield _unkept("list, pages, not in memory", pages)
    yield _unkept("list, past pages, not in memory", past)
    filters = {
        "every locale": "/api/v1/articles",
        "topic": f"{first}&topic={given['topic']}",
        "author": f"{first}&author={given['author']}",
        "kind": f"{first}&kind=guide",
        "medical": f"{first}&medical=true",
        "exclude_notes": f"{first}&exclude_notes=violence,war-combat",
        "published_before": f"{first}&published_before={then}",
        "updated_after": f"{first}&updated_after={then}",
        "by update": f"{first}&ordering=-updated_at",
        "by title": f"{first}&ordering=title",
        "a year ago": f"{first}&at={then}",
    }
    for name, path in filters.items():
        yield Case(f"list, {name}", _gets([path]))


def _following(service: Server, path: str, most: int) -> Iterator[str]:
    """The paths behind `next`, up to `most`."""
    for _ in range(most):
        following = service.ask(Request(path)).document["next"]
        if not following:
            return
        path = path_of(following)
        yield path


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _searches(given: dict[str, Any], service: Server) -> Iterator[Case]:
    """Where the service searches at all. The rare word is a place that one title names."""
    for name, word in SEARCHES.items():
        path = f"/api/v1/search?q={word or given['articles'][0][0].rpartition('-')[2]}"
        if service.ask(Request(path)).status == 200:
            yield from _kept_and_not(name, path)


def _threads(given: dict[str, Any], service: Server) -> Iterator[Case]:
    """Pages of the largest thread. The ones behind are reached as readers reach them: by a link."""
    if not given["thread"]:
        return
    first = f"/api/v1/articles/{given['thread']}/comments?limit={A_PAGE}&ordering=created_at"
    yield from _kept_and_not("comments, first page", first)
    for name, reply in given["around"].items():
        yield from _behind(service, f"comments, {name} page", f"{first}&around={reply}")
    yield Case("comments, around one", _gets([f"{first}&around={given['around']['middle']}"]))
    roots = f"{first}&depth=0"
    yield Case("comments, roots only", _gets([roots]))
    yield from _behind(
        service, "comments, roots only, deep page", f"{roots}&around={given['around']['middle']}"
    )


def _behind(service: Server, name: str, path: str) -> Iterator[Case]:
    """The page that follows, where there is one."""
    if following := service.ask(Request(path)).document["next"]:
        yield from _kept_and_not(name, path_of(following))


def _kept_and_not(name: str, path: str) -> Iterator[Case]:
    yield Case(name, _gets([path]))
    yield _unkept(f"{name}, not in memory", [path])


def _two_threads(given: dict[str, Any]) -> dict[str, list[str]]:
    """One thread each, the largest and one of about ten: what writing into it costs may not differ."""
    pair = {
        "posting into the largest thread": given.get("thread"),
        "posting into a thread of ten": given.get("small"),
    }
    return {name: [thread] for name, thread in pair.items() if thread}


def _publishing(article: str, revision: int, tag: str, token: str) -> Request:
    return Request(
        f"/api/v1/editorial/articles/{article}/publications",
        "POST",
        (
            JSON,
            ("Authorization", f"Bearer {token}"),
            ("If-Match", tag),
            ("Idempotency-Key", "publish-{n}"),
        ),
        json.dumps({"revision": revision, "update_type": "major", "change_note": "Read again."}),
    )
