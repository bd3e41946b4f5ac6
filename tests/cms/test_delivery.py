"""Reading: bytes untouched, strong tags, ages that end where the next change begins, and no regard for who asks."""

import pytest

from cms.delivery import cache_control
from tests.cms.views import BODY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]
PATH = "/api/v1/reading"


def ages(answer):
    parts = dict(part.split("=") for part in answer["Cache-Control"].split(", ") if "=" in part)
    return int(parts.get("max-age", 0)), int(parts.get("stale-while-revalidate", 0))


def test_the_stored_bytes_go_out_untouched(client):
    answer = client.get(PATH)
    assert answer.content == BODY
    assert answer["Content-Type"] == "application/json"
    assert answer["Last-Modified"] == "Fri, 31 Dec 9999 00:00:00 GMT"
    assert answer["Cache-Tag"] == "article-1,list-en"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_header_for_cache_tags_is_a_setting(client, settings):
    settings.CACHE_TAG_HEADER = "Surrogate-Key"
    assert "Surrogate-Key" in client.get(PATH)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}'])
def test_a_current_copy_is_answered_with_304_and_the_same_headers(client, form):
    full = client.get(PATH)
    answer = client.get(PATH, headers={"if-none-match": form.format(full["ETag"])})
    assert answer.status_code == 304
    assert answer.content == b""
    for name in ("ETag", "Cache-Control", "Vary", "Cache-Tag", "Last-Modified"):
        assert answer[name] == full[name]


def test_the_etag_is_strong(client):
    assert client.get(PATH)["ETag"].startswith('"')


def test_without_a_transition_ahead_the_full_age_is_given(client):
    assert client.get(PATH)["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"


@pytest.mark.parametrize("seconds", [1, 5, 59, 60, 61, 100, 359, 360, 1000])
def test_no_age_passes_the_next_transition(client, seconds):
    max_age, stale = ages(client.get(PATH, {"in": seconds}))
    assert max_age == min(60, seconds)
    assert max_age + stale == min(360, seconds)


@pytest.mark.parametrize("seconds", [0, -1, -10])
def test_at_the_transition_nothing_may_be_kept(client, seconds):
    assert client.get(PATH, {"in": seconds})["Cache-Control"] == "no-cache"


def test_stale_copies_can_be_forbidden():
    assert cache_control(None, max_age=60, swr=0) == "public, max-age=60"


def test_the_answer_is_the_same_for_everybody(client, somebody, token_of):
    anonymous = client.get(PATH)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('editor')}")
    client.force_login(somebody("editor"))
    for headers in ({}, {"cookie": "session=x; csrf=y"}):
        signed_in = client.get(PATH, headers=headers)
        assert signed_in.content == anonymous.content
        assert signed_in["ETag"] == anonymous["ETag"]
        assert signed_in["Vary"] == "Accept-Encoding"
        assert not signed_in.cookies


def test_a_wrong_token_is_not_even_looked_at(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(PATH, headers={"authorization": "Bearer kt_wrong"}).status_code == 200


def test_the_page_of_the_same_address_may_not_be_stored(client):
    answer = client.get(PATH, headers={"accept": "text/html"})
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Cache-Control"] == "no-store"
    assert "Kintsugi" in answer.content.decode()


def test_no_parameter_is_in_the_way_of_what_may_be_done_here(client):
    for sent in ("", "?limit=1", "?nothing-of-that-name=1"):
        assert client.options(f"{PATH}{sent}").status_code == 204
        refused = client.delete(f"{PATH}{sent}")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_options_names_the_methods(client):
    answer = client.options(PATH)
    assert answer.status_code == 204
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_an_unknown_parameter_is_refused(client):
    answer = client.get(PATH, {"draft": "1"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "draft"


@pytest.mark.parametrize("query", ["limit=5&limit=5", "limit=%D9%A5", "limit=05", "kind="])
def test_one_thing_has_one_address(client, query):
    assert client.get(f"{PATH}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("number", "status"), [("7", 200), ("0", 200), ("07", 404), ("%D9%A7", 404), ("-7", 404)]
)
def test_a_number_in_an_address_has_one_form(client, number, status):
    assert client.get(f"{PATH}/{number}").status_code == status


def test_a_list_is_a_body_only_where_the_view_takes_one(client):
    assert client.post("/api/v1/listed", [1], format="json").json() == {"data": [1]}
    assert client.post("/api/v1/posting", [1], format="json").status_code == 400
