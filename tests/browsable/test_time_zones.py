"""Pages of the desk in the site's time zone: local times in forms, instants as clocks there show them."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Publication, Release, ReviewRequest
from cms import clock
from cms.browsable.fields import fields_of
from cms.browsable.forms import body_of
from cms.browsable.listing import lines
from cms.browsable.pretty import indented, pieces
from cms.browsable.zone import SiteZone, no_instant
from cms.errors import InvalidContent
from cms.local_time import distance, zone_named
from cms.models import Site, User
from tests.articles.releases.acts import a_release, publishing, scheduled
from tests.browsable.test_forms import Desk
from tests.builders import a_published_article, a_request, an_article, fresh, published, rows

BrowserOf = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"

GAP = "2027-03-28T02:30"
"""Clocks in Paris go from 02:00 to 03:00 there."""

FOLD = "2027-10-31T02:30"
"""Clocks in Paris go from 03:00 back to 02:00 there."""


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="Kintsugi Review", time_zone="Europe/Paris")


@pytest.fixture
def desk(browser_of: BrowserOf, editor: User, site: Site) -> Desk:
    return Desk(browser_of(editor))


@pytest.fixture
def article(author: User) -> Article:
    return an_article(by=author)


def publications(article: Article) -> str:
    return f"{DESK}/{article.pk}/publications"


def error_beside(page: str, name: str) -> str:
    found = re.search(rf'id="post-{name}-errors"><li>([^<]+)</li>', page)
    assert found, page
    return unescape(found[1])


def moments(page: str) -> list[str]:
    return re.findall(r'<time datetime="([^"]+)">', page)


def beside(page: str) -> list[str]:
    return [unescape(text).strip() for text in re.findall(r'<span class="beside">([^<]+)</span>', page)]


def test_an_input_for_an_instant_names_the_zone_and_how_far_it_is_from_utc(
    desk: Desk, article: Article
) -> None:
    seen = desk.open(publications(article))
    now = distance(clock.now(), zone_named("Europe/Paris"))
    label = re.search(r'<label for="post-effective_from">(.+?)</label>', seen)
    assert label
    assert f"(Europe/Paris, now {now})" in label[1]
    help_ = re.search(r'id="post-effective_from-help">(.+?)</p>', seen)
    assert help_
    assert "Europe/Paris" in help_[1]
    assert "with an offset" in help_[1]
    assert re.search(r'id="post-effective_from"[^>]+aria-describedby="post-effective_from-help"', seen)


def test_without_a_zone_of_its_own_a_site_works_in_utc(desk: Desk, article: Article, site: Site) -> None:
    Site.objects.update(time_zone="UTC")
    seen = desk.open(publications(article))
    assert "(UTC)" in seen
    made = desk.send(publications(article), "POST", effective_from="2027-07-01T09:00")
    assert made.status_code in (201, 303)
    assert f"{rows(article)[0].effective_from:%H:%M}" == "09:00"
    assert beside(desk.open(publications(article))) == []


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-07-01T09:00", "2027-07-01T07:00:00Z"),
        ("2027-07-01 09:00:30", "2027-07-01T07:00:30Z"),
        ("2027-12-01T09:00", "2027-12-01T08:00:00Z"),
        ("2027-03-28T01:59:59", "2027-03-28T00:59:59Z"),
        ("2027-03-28T03:00", "2027-03-28T01:00:00Z"),
        ("2027-07-01T09:00:00Z", "2027-07-01T09:00:00Z"),
        ("2027-07-01T09:00-03:30", "2027-07-01T12:30:00Z"),
        ("2027-10-31T02:30+02:00", "2027-10-31T00:30:00Z"),
        ("2027-10-31 02:30:00 +01:00", "2027-10-31T01:30:00Z"),
    ],
)
def test_a_local_time_is_read_in_the_zone_and_one_with_an_offset_as_it_says(
    desk: Desk, article: Article, typed: str, instant: str
) -> None:
    answer = desk.send(publications(article), "POST", effective_from=typed)
    assert answer.status_code in (201, 303), answer.content.decode()
    assert f"{rows(article)[0].effective_from:%Y-%m-%dT%H:%M:%SZ}" == instant


@pytest.mark.parametrize(
    ("typed", "one", "other"),
    [
        (
            GAP,
            "2027-03-28T00:59:59Z (2027-03-28 01:59:59 +01:00)",
            "2027-03-28T01:00:00Z (2027-03-28 03:00:00 +02:00)",
        ),
        (
            FOLD,
            "2027-10-31T00:30:00Z (2027-10-31 02:30:00 +02:00)",
            "2027-10-31T01:30:00Z (2027-10-31 02:30:00 +01:00)",
        ),
    ],
)
def test_a_time_that_clocks_leap_over_or_show_twice_is_refused_beside_the_input_with_both_instants(
    desk: Desk, article: Article, typed: str, one: str, other: str
) -> None:
    answer = desk.send(publications(article), "POST", effective_from=typed, change_note="Kept words.")
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert one in error_beside(seen, "effective_from")
    assert other in error_beside(seen, "effective_from")
    assert f'value="{typed}"' in seen
    assert "Kept words." in seen
    assert "Europe/Paris" in seen
    assert not Publication.objects.exists()


def test_each_time_that_is_wrong_is_told(desk: Desk, article: Article) -> None:
    answer = desk.send(publications(article), "POST", effective_from=GAP, effective_until=FOLD)
    seen = answer.content.decode()
    assert "never show" in error_beside(seen, "effective_from")
    assert "twice" in error_beside(seen, "effective_until")


def test_what_a_refusal_offers_can_be_typed_in_its_place(desk: Desk, article: Article) -> None:
    refused = desk.send(publications(article), "POST", effective_from=FOLD).content.decode()
    first = re.search(r"first at (\S+)", error_beside(refused, "effective_from"))
    assert first
    again = desk.form(refused, "POST") | {"effective_from": first[1]}
    assert desk.client.post(publications(article), again).status_code in (201, 303)
    assert f"{rows(article)[0].effective_from:%Y-%m-%dT%H:%M:%SZ}" == first[1]


def test_what_is_no_date_and_time_is_refused_beside_the_input(desk: Desk, article: Article) -> None:
    answer = desk.send(publications(article), "POST", effective_from="tomorrow")
    assert answer.status_code == 422
    assert "2026-03-01T12:00:00Z" in error_beside(answer.content.decode(), "effective_from")


def test_a_program_says_its_offset_whatever_the_sites_zone(
    as_editor: Any, site: Site, article: Article
) -> None:
    sent = {"revision": 1, "effective_from": "2027-07-01T09:00"}
    answer = as_editor.post(publications(article), sent, headers={"if-match": article.etag})
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/effective_from", "naive")
    ]


def test_a_form_takes_local_times_wherever_an_instant_is_asked_for(desk: Desk, article: Article) -> None:
    base = f"{DESK}/{article.pk}"
    desk.send(f"{base}/review-requests", "POST", due_at="2027-07-01T09:00")
    assert f"{ReviewRequest.objects.get().due_at:%Y-%m-%dT%H:%M:%SZ}" == "2027-07-01T07:00:00Z"
    desk.send(base, "PATCH", review_due_at="2027-12-01T09:00")
    assert article.revisions.get(number=2).document["review_due_at"] == "2027-12-01T08:00:00Z"
    release = a_release(publishing(article))
    desk.send(f"/api/v1/editorial/releases/{release.pk}/schedule", "POST", effective_from="2028-01-15T00:00")
    assert f"{Release.objects.get().effective_from:%Y-%m-%dT%H:%M:%SZ}" == "2028-01-14T23:00:00Z"


def test_what_a_form_holds_goes_back_as_it_came(desk: Desk, article: Article) -> None:
    base = f"{DESK}/{article.pk}"
    desk.send(base, "PATCH", review_due_at=f"{FOLD}+01:00")
    held = desk.form(desk.open(base), "PATCH")
    assert held["review_due_at"] == "2027-10-31T01:30:00Z"
    before = fresh(article).head_number
    desk.client.post(base, held)
    assert article.revisions.order_by("-number")[0].document["review_due_at"] == "2027-10-31T01:30:00Z"
    desk.send(base, "PATCH", title="Another title")
    newest = article.revisions.order_by("-number")[0]
    assert newest.number > before
    assert newest.document["review_due_at"] == "2027-10-31T01:30:00Z"


def test_an_emptied_instant_is_cleared(desk: Desk, article: Article) -> None:
    base = f"{DESK}/{article.pk}"
    desk.send(base, "PATCH", review_due_at="2027-12-01T09:00")
    desk.send(base, "PATCH", review_due_at="")
    assert article.revisions.order_by("-number")[0].document["review_due_at"] is None


@pytest.fixture
def across_the_changes(article: Article, editor: User) -> Article:
    """Public from just before clocks in Paris go forward until just after they have gone back."""
    at = clock.now().replace(year=2027, month=3, day=28, hour=0, minute=30, second=0, microsecond=0)
    published(article, effective_from=at, effective_until=at.replace(month=10, day=31, hour=1), by=editor)
    return article


@pytest.mark.parametrize("noun", ["timeline", "publications"])
def test_a_timeline_across_changes_of_clocks_shows_every_instant_in_utc_and_beside_it_there(
    desk: Desk, across_the_changes: Article, noun: str
) -> None:
    seen = desk.open(f"{DESK}/{across_the_changes.pk}/{noun}")
    for instant, there in (
        ("2027-03-28T00:30:00Z", "2027-03-28 01:30:00 +01:00 Europe/Paris"),
        ("2027-10-31T01:30:00Z", "2027-10-31 02:30:00 +01:00 Europe/Paris"),
    ):
        assert moments(seen).count(instant) >= 2  # in the list, and in the answer
        assert beside(seen).count(there) >= 2


def test_releases_and_questions_for_review_show_both_too(desk: Desk, article: Article) -> None:
    release = a_release(publishing(article))
    summer = clock.now().replace(year=2027, month=7, day=1, hour=7, minute=0, second=0, microsecond=0)
    scheduled(release, effective_from=summer)
    a_request(article, due_at=summer)
    for path in (
        "/api/v1/editorial/releases",
        f"/api/v1/editorial/releases/{release.pk}",
        f"{DESK}/{article.pk}/review-requests",
    ):
        seen = desk.open(path)
        assert "2027-07-01T07:00:00Z" in moments(seen), path
        assert "2027-07-01 09:00:00 +02:00 Europe/Paris" in beside(seen), path


def test_readers_pages_show_instants_as_they_are_sent(browser_of: BrowserOf, site: Site) -> None:
    a_published_article(slug="rest")
    seen = browser_of(None).get("/api/v1/articles/rest").content.decode()
    assert "published_at" in seen
    assert moments(seen) == beside(seen) == []


def test_a_page_asks_for_the_zone_once_and_only_where_there_is_an_instant(
    desk: Desk, site: Site, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # session, user, roles, tokens
        desk.open("/api/v1/editorial/tokens")
    zone = SiteZone()
    with django_assert_num_queries(0):
        assert zone.beside("no instant") is None
    with django_assert_num_queries(1):
        assert zone.beside("2027-07-01T07:00:00Z") == "2027-07-01 09:00:00 +02:00 Europe/Paris"
        assert zone.name == "Europe/Paris"


def test_a_zone_that_this_machine_does_not_know_is_utc_and_is_called_so(
    desk: Desk, site: Site, article: Article, caplog: pytest.LogCaptureFixture
) -> None:
    Site.objects.update(time_zone="Mars/Olympus")
    seen = desk.open(publications(article))
    assert "(UTC)" in seen
    assert "Mars/Olympus" in caplog.text


def test_what_is_copied_from_the_answer_is_still_the_json() -> None:
    value = {
        "from": "2027-07-01T07:00:00Z",
        "until": None,
        "all": ["2027-07-02T07:00:00.250000Z"],
        "word": "Z",
    }
    found = pieces(value, lambda text: "there" if text.endswith("Z") and len(text) > 1 else None)
    assert "".join(piece.text for piece in found) == indented(value)
    assert [piece.moment for piece in found if piece.moment] == [
        "2027-07-01T07:00:00Z",
        "2027-07-02T07:00:00Z",
    ]
    assert [piece.beside for piece in found if piece.beside] == ["there", "there"]


def test_names_that_look_like_instants_are_none(site: Site) -> None:
    assert not [piece for piece in pieces({"2027-07-01T07:00:00Z": 1}, SiteZone().beside) if piece.moment]


@pytest.mark.parametrize(
    "text", ["2027-02-30T07:00:00Z", "2027-07-01", "9999-12-31T23:59:59Z", "2027-07-01T07:00Z"]
)
def test_beside_what_is_no_instant_there_stands_nothing(site: Site, text: str) -> None:
    assert not SiteZone().beside(text)


def test_a_fact_of_a_list_says_its_moment() -> None:
    value = {"results": [{"name": "One", "from": "2027-07-01T07:00:00Z"}]}
    there = lines(value, "/", lambda text: "there" if text.endswith("Z") else None)
    plain = lines(value, "/", no_instant)
    assert there is not None
    assert plain is not None
    assert (there[0].facts[0].moment, there[0].facts[0].beside) == ("2027-07-01T07:00:00Z", "there")
    assert plain[0].facts[0].moment == ""


def test_only_the_fields_that_take_an_instant_are_read_so(site: Site) -> None:
    from articles.serializers.reviews import NewReviewRequest

    assert {field.name for field in fields_of(NewReviewRequest) if field.kind == "instant"} == {"due_at"}
    read = body_of({"note": "2027-07-01T09:00", "due_at": "2027-07-01T09:00"}, NewReviewRequest)
    assert (read["note"], read["due_at"]) == ("2027-07-01T09:00", "2027-07-01T07:00:00Z")
    with pytest.raises(InvalidContent, match="twice"):
        body_of({"due_at": FOLD}, NewReviewRequest)
