"""What the fast lane gives is what Django gives, byte for byte and header for header: kept or fresh, whole or 304."""

import gzip

import pytest

from articles.rendering.times import rfc3339
from tests.builders import a_published_article, a_revision, ago, ahead, an_entry, published
from tests.fastlane.lane import Answer, Caller, a_lane

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "named-by-the-test"
PATHS = (
    "/api/v1/articles",
    "/api/v1/articles?locale=en",
    "/api/v1/articles?limit=1&ordering=title&count=true",
    "/api/v1/articles?topic=rest",
    "/api/v1/articles?author=ines&fields=title,slug",
    "/api/v1/articles?cursor=made-up",
    "/api/v1/articles?unknown=1",
    "/api/v1/articles?locale=en&locale=fr",
    "/api/v1/articles/sleep",
    "/api/v1/articles/sleep?locale=en",
    "/api/v1/articles/sleep?fields=title",
    "/api/v1/articles/sleep/",
    "/api/v1/articles/old-sleep",
    "/api/v1/articles/nowhere",
    "/api/v1/articles/gone-one",
    "/api/v1/articles/sleep/versions",
    "/api/v1/articles/sleep/versions?format=link-format",
    "/api/v1/articles/sleep/versions/1",
    "/api/v1/articles/sleep/versions/99",
    "/api/v1/articles/sleep/timegate",
    "/api/v1/articles/sleep/diff?base=1",
    "/api/v1/articles/sleep/diff?base=1&format=html",
    "/api/v1/articles/sleep/comments",
    "/api/v1/topics",
    "/api/v1/topics/rest",
    "/api/v1/topics/nothing",
    "/api/v1/people",
    "/api/v1/people/ines",
    "/api/v1/references",
    "/api/v1/legal-statuses",
    "/api/v1/helplines?country=CA",
    "/api/v1/manifest",
    "/api/v1/feeds/articles.atom",
    "/api/v1/sitemap.xml",
    "/api/v1/site",
    "/api/v1/",
)
ASKED: dict[str, dict[str, str]] = {
    "plainly": {},
    "as JSON": {"accept": "application/json"},
    "as a page": {"accept": "text/html"},
    "as something else": {"accept": "image/png"},
    "for a compressed form": {"accept_encoding": "gzip, br"},
    "for no compressed form": {"accept_encoding": "gzip;q=0"},
    "from another origin": {"origin": "https://reader.example"},
    "with a cookie and a token": {"cookie": "sessionid=1", "authorization": "Bearer kt_made-up"},
    "by another host": {"host": "evil.example"},
    "with an unreadable tag": {"if_none_match": "no-tag"},
    "with any tag": {"if_none_match": "*"},
}


@pytest.fixture
def magazine() -> None:
    """Articles that are live, moved and gone, one with versions, and the entries that they point at."""
    an_entry("topic", "rest")
    an_entry("person", "ines")
    moved = a_published_article(slug="old-sleep", topics=["rest"], authors=["ines"], since=ago(days=9))
    a_revision(moved, slug="sleep", body_markdown="Sleep settles.\n\n" + "More words follow here.\n\n" * 90)
    published(moved, effective_from=ahead(seconds=3))
    gone = a_published_article(slug="gone-one", since=ago(days=9))
    published(gone, effective_from=ahead(seconds=2), effective_until=ahead(seconds=3))
    a_published_article(slug="calm", title="Calm", locale="fr")


def shown(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """All of an answer. The clock may tick between two of them, so ages are judged by their own test."""
    return answer.status_code, {**answer.headers, "cache-control": ""}, answer.content


@pytest.mark.parametrize("how", ASKED)
def test_every_address_answers_alike_in_both_lanes(magazine: None, travel, how: str) -> None:
    travel(10)
    slow, fast = Caller(), Caller(a_lane())
    headers = {"x_request_id": NAME, **ASKED[how]}
    different = []
    for path in PATHS:
        expected = shown(slow.get(path, **headers))
        for turn in ("fresh", "kept"):
            if shown(fast.get(path, **headers)) != expected:
                different.append((turn, path))
    assert different == []


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_current_copies_are_answered_alike_and_ages_too(magazine: None, travel, coding: str) -> None:
    travel(10)
    slow, fast = Caller(), Caller(a_lane())
    for path in PATHS:
        whole = slow.get(path, accept_encoding=coding)
        if whole.status_code != 200 or "etag" not in whole.headers:
            continue
        headers = {"x_request_id": NAME, "accept_encoding": coding, "if_none_match": whole["ETag"]}
        expected = slow.get(path, **headers)
        assert expected.status_code == 304, path
        assert [shown(fast.get(path, **headers)) for _ in range(2)] == [shown(expected)] * 2, path
        assert fast.get(path, **headers)["Cache-Control"] == expected["Cache-Control"], path


def test_head_is_get_without_its_body(magazine: None, travel) -> None:
    travel(10)
    slow, fast = Caller(), Caller(a_lane())
    headers = {"x_request_id": NAME}
    for path in PATHS:
        expected = (*shown(slow.call("HEAD", path, **headers))[:2], b"")
        assert shown(fast.call("HEAD", path, **headers)) == expected, path
        whole = shown(fast.get(path, **headers))
        if whole[0] == 200:
            assert (200, expected[1]) == whole[:2], path
            assert shown(fast.call("HEAD", path, **headers)) == expected, path


def test_a_request_is_named_by_its_caller_or_by_a_name_of_its_own(magazine: None) -> None:
    fast = Caller(a_lane())
    names = [fast.get("/api/v1/articles")["X-Request-Id"] for _ in range(3)]
    assert len(set(names)) == 3
    assert fast.get("/api/v1/articles", x_request_id=NAME)["X-Request-Id"] == NAME
    assert fast.get("/api/v1/articles", x_request_id="no name\n")["X-Request-Id"] not in ("no name\n", NAME)


def test_an_age_still_ends_at_the_next_transition_when_the_answer_was_kept(magazine: None, travel) -> None:
    article = a_published_article(slug="soon")
    published(article, effective_from=ahead(seconds=20))
    fast, ages = Caller(a_lane()), []
    for _ in range(3):
        answer = fast.get("/api/v1/articles/soon")
        ages.append(int(answer["Cache-Control"].partition("max-age=")[2].partition(",")[0]))
        travel(3)
    assert ages[0] <= 20
    assert ages[0] - ages[2] in (5, 6, 7)


def test_compressed_and_plain_are_the_same_resource(magazine: None, travel) -> None:
    travel(10)
    for caller in (Caller(), Caller(a_lane())):
        plain = caller.get("/api/v1/articles/sleep")
        packed = caller.get("/api/v1/articles/sleep", accept_encoding="gzip")
        assert gzip.decompress(packed.content) == plain.content
        assert packed["Content-Encoding"] == "gzip"
        assert packed["Content-Length"] == str(len(packed.content))
        assert packed["ETag"] != plain["ETag"]
        assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
        assert "content-encoding" not in plain.headers


def test_a_past_instant_is_kept_like_the_present(magazine: None) -> None:
    slow, fast = Caller(), Caller(a_lane())
    path = f"/api/v1/articles/old-sleep?at={rfc3339(ago(days=1))}"
    expected = shown(slow.get(path, x_request_id=NAME))
    assert expected[0] == 200
    assert [shown(fast.get(path, x_request_id=NAME)) for _ in range(2)] == [expected] * 2
