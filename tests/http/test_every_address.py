"""Every delivery address, asked in every way that HTTP knows: what two answers together must agree on."""

import gzip
import json
from collections.abc import Iterator

import pytest

from cms import following
from cms.models import Site
from tests.builders import (
    a_published_article,
    a_redirect,
    a_revision,
    ago,
    ahead,
    an_entry,
    published,
    taken_down,
)
from tests.fastlane.lane import Answer, Caller, a_lane
from tests.following.consumer import CHANGES
from tests.http.addresses import PLACES, addresses
from tests.http.semantics import Exchange, faults
from tests.matrix.world import a_reply

pytestmark = pytest.mark.django_db(transaction=True)

OWN = ("x-request-id",)
OF_A_BODY = ("content-length", "content-type", "content-encoding")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
CALLERS = {"django": Caller, "fast lane": lambda: Caller(a_lane())}
BOTH = pytest.mark.parametrize("lane", CALLERS)


@pytest.fixture
def places(travel) -> list[str]:
    """One of everything, and its addresses: with a text that is worth compressing, a past, and replies."""
    Site.objects.create(name="Kintsugi", locales=["en"], contact="editors@staff.example")
    an_entry("topic", "rest")
    an_entry("person", "ines")
    an_entry("reference", "calm2021")
    an_entry("collection", "first-steps")
    an_entry("helpline", "night-line")
    an_entry("legal_status", "psilocybin-ca")
    long = "Sleep settles.\n\n" + "More words follow here.\n\n" * 90
    article = a_published_article(
        slug="old-sleep", topics=["rest"], authors=["ines"], since=ago(days=9), comments_policy="publish"
    )
    a_revision(article, slug="sleep", body_markdown=long)
    published(article, effective_from=ahead(seconds=2))
    gone = a_published_article(slug="gone-one", since=ago(days=9))
    travel(4)
    taken_down(gone, explanation="Outdated.", reason="outdated")
    travel(4)
    a_redirect("/old/sleep", article)
    reply = a_reply(article).comment
    travel(4)
    found = addresses(PLACES | {"comment_id": reply.pk})
    found.remove(CHANGES)  # a full read speaks of the second in which it begins
    epoch = following.cursor_of(json.loads(Caller().get(CHANGES).content)["cursor"]).epoch
    return [*found, f"{CHANGES}?after={following.Cursor(epoch, following.Place())}"]


def judged(caller: Caller, method: str, path: str, **headers: str) -> Answer:
    """The answer, when by itself it breaks no rule."""
    answer = caller.call(method, path, **headers)
    written = tuple(answer.written)
    found = faults(Exchange(method, answer.status_code, written, answer.content))
    assert found == [], (method, path, headers, answer.status_code)
    return answer


def shown(answer: Answer, *without: str) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in (*OWN, *without)}


def whole_answers(caller: Caller, places: list[str]) -> Iterator[tuple[str, Answer]]:
    """Every address that answers 200, which nearly all do."""
    statuses = {path: judged(caller, "GET", path) for path in places}
    other = {path: answer.status_code for path, answer in statuses.items() if answer.status_code != 200}
    assert set(other.values()) <= {302}, other
    return ((path, answer) for path, answer in statuses.items() if answer.status_code == 200)


@BOTH
def test_head_and_conditions_agree_with_get(places, lane: str) -> None:
    caller = CALLERS[lane]()
    for path, whole in whole_answers(caller, places):
        head = judged(caller, "HEAD", path)
        assert (head.status_code, head.content, shown(head)) == (200, b"", shown(whole)), path
        assert "etag" in whole.headers, path
        for sent in (whole["ETag"], f"W/{whole['ETag']}", f'"x", {whole["ETag"]}', "*"):
            for method in ("GET", "HEAD"):
                current = judged(caller, method, path, if_none_match=sent)
                assert current.status_code == 304, (path, sent)
                assert shown(current) == shown(whole, *OF_A_BODY), path
        for sent in ('"x"', "no-tag", ""):
            assert judged(caller, "GET", path, if_none_match=sent).content == whole.content, path


@BOTH
def test_compressed_and_plain_are_two_representations_of_one_resource(places, lane: str) -> None:
    caller, compressed = CALLERS[lane](), 0
    for path, plain in whole_answers(caller, places):
        packed = judged(caller, "GET", path, accept_encoding="br, gzip")
        assert "Accept-Encoding" in plain["Vary"], path
        assert packed["Vary"] == plain["Vary"], path
        if "content-encoding" not in packed.headers:
            assert shown(packed) == shown(plain), path
            continue
        compressed += 1
        assert gzip.decompress(packed.content) == plain.content, path
        assert packed["ETag"] != plain["ETag"], path
        differing = ("etag", *OF_A_BODY)
        assert shown(packed, *differing) == shown(plain, *differing), path
        again = judged(caller, "GET", path, accept_encoding="gzip", if_none_match=packed["ETag"])
        assert (again.status_code, again["ETag"]) == (304, packed["ETag"]), path
        assert judged(caller, "GET", path, accept_encoding="gzip;q=0").content == plain.content, path
    assert compressed > 5


@BOTH
def test_ranges_are_passed_over_and_mistakes_are_problems(places, lane: str) -> None:
    caller = CALLERS[lane]()
    for path in places:
        whole = judged(caller, "GET", path)
        part = judged(caller, "GET", path, range="bytes=0-9", if_range='"x"')
        assert (part.status_code, part.content) == (whole.status_code, whole.content), path
        sign = "&" if "?" in path else "?"
        for query in ("nothing=1", "limit=2&limit=3", "%ff=%fe"):
            refused = judged(caller, "GET", f"{path}{sign}{query}")
            assert refused.status_code == 400, (path, query)
        bare, _, query = path.partition("?")
        if not bare.endswith("/"):
            moved = judged(caller, "GET", f"{bare}/?{query}".rstrip("?"))
            assert (moved.status_code, moved["Location"]) == (308, path), path


def test_allow_tells_the_truth_and_other_forms_are_refused(places) -> None:
    caller = CALLERS["fast lane"]()
    for path in places:
        bare = path.partition("?")[0]
        told = judged(caller, "OPTIONS", bare)
        assert told.status_code == 204, path
        answered = {"OPTIONS"}
        for method in METHODS:
            answer = judged(caller, method, bare)
            if answer.status_code == 405:
                assert answer["Allow"] == told["Allow"], (method, path)
            else:
                answered.add(method)
        assert answered == set(told["Allow"].split(", ")), path
        odd = judged(caller, "GET", path, accept="image/png")
        assert odd.status_code in (200, 302, 406), path
        assert odd.status_code == 406 or any(word in path for word in ("feeds", "sitemap", "timegate")), path


def test_what_is_not_there_has_moved_or_is_gone_says_so_by_the_book(places, api) -> None:
    known = {
        "/api/v1/articles/nowhere": 404,
        "/api/v1/nothing": 404,
        "/nothing": 404,
        "/api/v1/articles/gone-one": 410,
        "/api/v1/articles/old-sleep": 308,
        "/api/v1/articles/sleep?at=2999-01-01T00:00:00Z": 400,
        "/api/v1/articles/sleep/timegate": 302,
        "/api/v1/editorial/me": 401,
        "/api/v1/my/comments/01900000-0000-7000-8000-000000000000": 401,
        f"{CHANGES}?after=made-up": 400,
    }
    for lane in CALLERS.values():
        caller = lane()
        for path, status in known.items():
            for method in ("GET", "HEAD"):
                answer = judged(caller, method, path)
                assert answer.status_code == status, path
                if method == "HEAD":
                    assert shown(answer) == shown(judged(caller, "GET", path)), path
    preflight = caller.call(
        "OPTIONS", "/api/v1/articles", origin="https://a.example", access_control_request_method="GET"
    )
    assert preflight.status_code == 204
