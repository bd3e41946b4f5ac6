"""GET /api/v1/articles/{slug or id}"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from tests.articles.api.walking import local
from tests.builders import (
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    an_entry,
    published,
    rows,
    taken_down,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"
Travel = Callable[[float], datetime]


def z(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def the_problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def article() -> Article:
    return a_published_article()


def test_it_is_found_by_slug_and_by_id_with_the_same_bytes(api: ApiClient, article: Article) -> None:
    by_slug, by_id = api.get(f"{ARTICLES}/sleep"), api.get(f"{ARTICLES}/{article.pk}")
    assert by_slug.status_code == by_id.status_code == 200
    assert by_slug.content == by_id.content == bytes(rows(article)[0].rendering.body)


def test_it_says_what_a_cache_needs(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep")
    assert answer["Content-Type"] == "application/json"
    assert answer["ETag"] == rows(article)[0].etag
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Last-Modified"].endswith("GMT")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer
    assert not answer.cookies


def test_its_cache_tags_name_it_its_topics_and_its_authors(api: ApiClient) -> None:
    topic, person = an_entry("topic", "sleep"), an_entry("person", "ines-halloran")
    article = a_published_article(kind="guide", topics=["sleep"], authors=["ines-halloran"])
    tags = api.get(f"{ARTICLES}/{article.pk}")["Cache-Tag"].split(",")
    assert set(tags) == {f"article-{article.pk}", f"topic-{topic.pk}", f"person-{person.pk}"}


def test_the_header_of_the_tags_is_the_one_that_the_setting_names(
    api: ApiClient, article: Article, settings: Any
) -> None:
    settings.CACHE_TAG_HEADER = "Surrogate-Key"
    answer = api.get(f"{ARTICLES}/sleep")
    assert (answer["Surrogate-Key"], "Cache-Tag" in answer) == (f"article-{article.pk}", False)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_copy_that_is_still_right_is_304(api: ApiClient, article: Article, form: str) -> None:
    tag = api.get(f"{ARTICLES}/sleep")["ETag"]
    answer = api.get(f"{ARTICLES}/sleep", headers={"if-none-match": form.format(tag)})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"


def test_head_says_the_same_without_a_body(api: ApiClient, article: Article) -> None:
    get, head = api.get(f"{ARTICLES}/sleep"), api.head(f"{ARTICLES}/sleep")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Vary", "Last-Modified", "Content-Length"):
        assert head[name] == get[name]


def test_options_says_what_is_allowed(api: ApiClient, article: Article) -> None:
    answer = api.options(f"{ARTICLES}/sleep")
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_here(api: ApiClient, article: Article, method: str) -> None:
    answer = getattr(api, method)(f"{ARTICLES}/sleep", {})
    assert the_problem(answer) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_trailing_slash_is_308_to_the_one_form(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep/?locale=en")
    assert (answer.status_code, answer["Location"]) == (308, f"{ARTICLES}/sleep?locale=en")


def test_cookies_and_credentials_change_nothing(
    api: ApiClient, article: Article, as_editor: ApiClient
) -> None:
    plain = api.get(f"{ARTICLES}/sleep")
    api.cookies["session"] = "planted"
    for answer in (
        api.get(f"{ARTICLES}/sleep"),
        as_editor.get(f"{ARTICLES}/sleep"),
        api.get(
            f"{ARTICLES}/sleep", headers={"authorization": "Bearer kt_wrong", "origin": "https://a.example"}
        ),
    ):
        assert (answer.status_code, answer.content) == (200, plain.content)
        assert (answer["ETag"], answer["Vary"]) == (plain["ETag"], "Accept-Encoding")


def test_a_draft_and_a_free_slug_are_the_same_404(api: ApiClient) -> None:
    draft = an_article(slug="draft")
    scheduled = an_article(slug="scheduled")
    published(scheduled, effective_from=ahead(days=1))
    answers = [
        api.get(f"{ARTICLES}/{name}") for name in ("draft", "scheduled", "free", draft.pk, scheduled.pk)
    ]
    assert {the_problem(answer) for answer in answers} == {(404, "not_found")}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert len({answer.json()["detail"] for answer in answers}) == 1


def test_an_old_slug_is_308_to_where_the_article_is_now(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    answer = api.get(f"{ARTICLES}/sleep?fields=title")
    assert (answer.status_code, answer["Location"]) == (308, f"{ARTICLES}/sleeping?fields=title&locale=en")
    assert answer["Cache-Tag"] == f"article-{article.pk}"
    assert api.get(local(answer["Location"])).json() == {"title": "Sleep after trauma"}


def test_a_slug_leads_to_whoever_had_it_last_not_to_whoever_had_it_later_and_shorter(
    api: ApiClient, travel: Travel
) -> None:
    lasting = a_published_article(slug="rest", locale="fr", since=ago(days=3))
    shorter = a_published_article(slug="rest", since=ago(days=2))
    taken_down(shorter, explanation="Outdated.")
    travel(3)
    a_revision(lasting, slug="repos")
    published(lasting)
    travel(3)
    answer = api.get(f"{ARTICLES}/rest")
    assert (answer.status_code, answer["Location"]) == (308, f"{ARTICLES}/repos?locale=fr")


def test_todays_owner_of_a_slug_comes_before_yesterdays(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    other = an_article(slug="sleep", title="Another")
    published(other)
    travel(2)
    assert api.get(f"{ARTICLES}/sleep").json()["title"] == "Another"
    at = rows(article)[0].effective_from
    assert api.get(f"{ARTICLES}/sleep?at={z(at)}").json()["id"] == str(article.pk)


def test_what_is_gone_is_410_with_why_and_where_to_go(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    better = a_published_article(slug="dreams")
    taken_down(article, reason="outdated", explanation="Newer advice exists.", alternative_id=better.pk)
    travel(2)
    for name in ("sleep", article.pk):
        answer = api.get(f"{ARTICLES}/{name}")
        assert the_problem(answer) == (410, "gone")
        assert answer["Cache-Control"] == "no-store"
        assert (
            answer.json()
            | {
                "detail": "Newer advice exists.",
                "reason": "outdated",
                "alternative_href": f"{ARTICLES}/{better.pk}",
            }
            == answer.json()
        )


def test_what_is_withdrawn_is_still_there(api: ApiClient, article: Article, travel: Travel) -> None:
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(2)
    answer = api.get(f"{ARTICLES}/sleep")
    assert (answer.status_code, answer.json()["withdrawal"]["explanation"]) == (200, "Outdated.")


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("colour=red", "unknown_parameter", "colour"),
        ("locale=en&locale=fr", "duplicate_parameter", "locale"),
        ("at=yesterday", "invalid_parameter", "at"),
        ("at=2026-01-01T00:00:00", "invalid_parameter", "at"),
        ("fields=title,secret", "invalid_parameter", "fields"),
        ("locale=not a locale", "invalid_parameter", "locale"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(
    api: ApiClient, article: Article, query: str, code: str, parameter: str
) -> None:
    answer = api.get(f"{ARTICLES}/sleep?{query}")
    assert the_problem(answer) == (400, code)
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_an_unknown_field_is_told_which_there_are(api: ApiClient, article: Article) -> None:
    detail = api.get(f"{ARTICLES}/sleep?fields=secret").json()["errors"][0]["detail"]
    assert {"title", "body", "json_ld"} <= set(detail.rstrip(".").replace(",", "").split())


def test_fields_give_those_members_with_a_tag_of_their_own(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep?fields=title,version")
    assert answer.json() == {"version": 1, "title": "Sleep after trauma"}
    assert answer["ETag"] != api.get(f"{ARTICLES}/sleep")["ETag"]
    again = api.get(f"{ARTICLES}/sleep?fields=title,version", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_without_a_locale_the_only_owner_of_a_slug_answers(api: ApiClient) -> None:
    a_published_article(locale="fr", slug="sommeil")
    assert api.get(f"{ARTICLES}/sommeil").json()["locale"] == "fr"


def test_without_a_locale_the_default_locale_comes_first(api: ApiClient, site: None) -> None:
    a_published_article(locale="fr", slug="ptsd")
    a_published_article(locale="en", slug="ptsd")
    assert api.get(f"{ARTICLES}/ptsd").json()["locale"] == "en"
    assert api.get(f"{ARTICLES}/ptsd?locale=fr").json()["locale"] == "fr"


def test_without_a_locale_and_an_owner_in_the_default_one_the_locales_are_named(
    api: ApiClient, site: None
) -> None:
    a_published_article(locale="fr", slug="ptsd")
    a_published_article(locale="de", slug="ptsd")
    answer = api.get(f"{ARTICLES}/ptsd")
    assert the_problem(answer) == (404, "locale_needed")
    assert answer.json()["locales"] == ["de", "fr"]


def test_an_id_in_another_locale_is_404(api: ApiClient, article: Article) -> None:
    assert api.get(f"{ARTICLES}/{article.pk}?locale=fr").status_code == 404


def test_an_id_in_another_form_is_no_id(api: ApiClient, article: Article) -> None:
    assert api.get(f"{ARTICLES}/{str(article.pk).upper()}").status_code == 404
    assert api.get(f"{ARTICLES}/{article.pk.hex}").status_code == 404


def test_json_ld_can_stand_in_a_script_element_as_it_is(api: ApiClient) -> None:
    article = a_published_article(title="</script><script>alert(1)</script>")
    body = api.get(f"{ARTICLES}/{article.pk}").content
    part = body[body.index(b'"json_ld":') : body.index(b'"extra":')]
    assert b"<" not in part
    assert json.loads(body)["json_ld"]["headline"] == "</script><script>alert(1)</script>"


def test_a_browser_that_asks_for_a_page_gets_one_that_is_not_stored(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep", headers={"accept": "text/html"})
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Cache-Control"] == "no-store"


def test_a_media_type_that_there_is_not_is_406(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{ARTICLES}/sleep", headers={"accept": "application/xml"})
    assert the_problem(answer) == (406, "not_acceptable")
