"""Whoever reads is told in which locale a text is, and never gets another one's in its place."""

from typing import Any

import pytest

from cms.models import Site
from tests.articles.translations.groups import a_translation, public
from tests.builders import a_published_article, ago, ahead, an_article, an_entry, published, taken_down
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"


@pytest.mark.parametrize("place", ["/sommeil", "/sommeil?locale=fr", "/sommeil?include=links", "?locale=fr"])
def test_an_answer_in_one_locale_says_which(api: ApiClient, place: str) -> None:
    a_published_article(locale="fr", slug="sommeil")
    assert api.get(f"{ARTICLES}{place}")["Content-Language"] == "fr"


def test_a_past_state_and_a_version_say_it_too(api: ApiClient) -> None:
    a_published_article(locale="fr", slug="sommeil")
    past = f"at={ago(days=1):%Y-%m-%dT%H:%M:%SZ}"
    assert api.get(f"{ARTICLES}/sommeil?{past}")["Content-Language"] == "fr"
    assert api.get(f"{ARTICLES}/sommeil/versions/1")["Content-Language"] == "fr"


def test_a_list_of_all_locales_speaks_of_none(api: ApiClient) -> None:
    a_published_article()
    assert "Content-Language" not in api.get(ARTICLES)


def test_a_304_says_it_as_the_whole_answer_does(api: ApiClient) -> None:
    a_published_article()
    tag = api.get(f"{ARTICLES}/sleep")["ETag"]
    answer = api.get(f"{ARTICLES}/sleep", headers={"if-none-match": tag})
    assert (answer.status_code, answer["Content-Language"]) == (304, "en")


def missing(api: ApiClient, path: str) -> Any:
    answer = api.get(f"{ARTICLES}/{path}")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    return answer.json()


def test_a_slug_of_another_locale_is_404_and_names_the_locales(api: ApiClient) -> None:
    article = a_published_article()
    a_published_article(locale="de")
    problem = missing(api, "sleep?locale=fr")
    assert (problem["code"], problem["locales"]) == ("not_found", ["de", "en"])
    assert missing(api, f"{article.pk}?locale=fr")["locales"] == ["en"]
    past = f"at={ago(days=1):%Y-%m-%dT%H:%M:%SZ}"
    assert missing(api, f"sleep?locale=fr&{past}")["locales"] == ["de", "en"]


def test_the_translation_does_not_stand_in_under_the_slug_of_the_source(api: ApiClient) -> None:
    public(a_translation(a_published_article()), (1, 8, "major"))
    assert missing(api, "sleep?locale=fr")["locales"] == ["en"]
    assert api.get(f"{ARTICLES}/sommeil?locale=fr").json()["locale"] == "fr"


def test_what_is_not_public_elsewhere_is_not_named(api: ApiClient) -> None:
    an_article(slug="sleep")
    published(an_article(slug="sleep", locale="de"), effective_from=ahead(days=1))
    assert "locales" not in missing(api, "sleep?locale=fr")


def test_what_is_gone_elsewhere_is_not_named(api: ApiClient, at_time: Any) -> None:
    article = a_published_article()
    at_time(taken_down(article).visible_at)
    assert "locales" not in missing(api, "sleep?locale=fr")


@pytest.fixture
def french_site(db: None) -> Site:
    """A site that wrote its disclaimer in English alone, and a topic with an English title alone."""
    an_entry("topic", "sleep", title={"en": "Sleep"})
    an_entry("topic", "rest", title={"en": "Rest", "fr": "Repos"})
    return Site.objects.create(
        name="Kintsugi", default_locale="fr", locales=["fr", "en"], disclaimer={"en": "No advice <here>."}
    )


def test_a_title_and_a_disclaimer_that_stand_in_say_their_locale(api: ApiClient, french_site: Site) -> None:
    a_published_article(locale="fr", slug="sommeil", topics=["sleep", "rest"])
    document = api.get(f"{ARTICLES}/sommeil").json()
    sleep, rest = document["topics"]
    assert (sleep["title"], sleep["title_locale"]) == ("Sleep", "en")
    assert (rest["title"], "title_locale" in rest) == ("Repos", False)
    assert document["safety"]["disclaimer"] == {
        "html": '<p lang="en">No advice &lt;here&gt;.</p>',
        "text": "No advice <here>.",
        "locale": "en",
    }


def test_in_the_own_locale_nothing_is_said_of_it(api: ApiClient, french_site: Site) -> None:
    a_published_article(topics=["sleep"])
    document = api.get(f"{ARTICLES}/sleep").json()
    assert "title_locale" not in document["topics"][0]
    assert document["safety"]["disclaimer"] == {
        "html": "<p>No advice &lt;here&gt;.</p>",
        "text": "No advice <here>.",
    }


def test_without_a_locale_the_only_owner_answers_then_the_default_locale_s(
    api: ApiClient, french_site: Site
) -> None:
    a_published_article()
    assert api.get(f"{ARTICLES}/sleep")["Content-Language"] == "en"
    a_published_article(locale="fr")
    assert api.get(f"{ARTICLES}/sleep")["Content-Language"] == "fr"


def test_without_a_locale_and_several_owners_of_none_the_locales_are_named(
    api: ApiClient, french_site: Site
) -> None:
    for locale in ("en", "de"):
        a_published_article(locale=locale)
    problem = missing(api, "sleep")
    assert (problem["code"], problem["locales"]) == ("locale_needed", ["de", "en"])
