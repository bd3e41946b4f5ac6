"""How far a translation lags: the major publications of its original after the text it was made from."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.translations import Step, behind
from cms import clock
from tests.articles.translations.groups import Shown, a_translation, caught_up, public
from tests.builders import a_revision, ago, ahead, an_article, published, taken_down
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
ARTICLES = "/api/v1/articles"
START = clock.FAR - timedelta(days=100)


def history(*steps: tuple[int, bool]) -> list[Step]:
    return [Step(START + timedelta(days=day), revision, major) for day, (revision, major) in enumerate(steps)]


@pytest.mark.parametrize(
    ("steps", "revision", "count"),
    [
        ([(1, True)], 1, 0),
        ([(1, True), (2, True), (3, True)], 1, 2),
        ([(1, True), (2, True), (3, True)], 2, 1),
        ([(1, True), (2, False), (3, True)], 1, 1),
        ([(1, True), (2, False)], 1, 0),
        ([(1, True), (2, True), (1, True)], 1, 0),
        ([(1, True), (2, True), (1, True)], 2, 1),
        ([(1, True), (4, True)], 3, 1),
        ([(1, True), (2, True)], 3, 0),
        ([], 3, 0),
    ],
    ids=[
        "up to date",
        "two newer",
        "one newer",
        "a minor update does not count",
        "only minor ones",
        "the old text came back",
        "an older text came back",
        "made from a draft, a later text followed",
        "made from a draft, nothing followed",
        "the original was never public",
    ],
)
def test_newer_major_publications_are_counted(
    steps: list[tuple[int, bool]], revision: int, count: int
) -> None:
    assert behind(history(*steps), revision) == count


def a_pair(*shown: Shown) -> tuple[Article, Article]:
    """An original with three revisions and this past, and its public translation, made from the first."""
    source = an_article()
    translation = a_translation(source)
    for title in ("Second", "Third"):
        a_revision(source, title=title)
    return public(source, *shown), public(translation, (1, 8, "major"))


MAJOR = [(1, 9, "major"), (2, 6, "major"), (3, 3, "major")]


def lag_on(api: ApiClient, slug: str = "sommeil", query: str = "") -> object:
    return api.get(f"{ARTICLES}/{slug}?include=translations{query}").json()["revisions_behind"]


def test_readers_are_told_how_many_major_publications_a_translation_lags(api: ApiClient) -> None:
    a_pair(*MAJOR)
    assert lag_on(api) == 2
    assert lag_on(api, "sleep") is None
    (french,) = api.get(f"{ARTICLES}/sleep?include=translations").json()["translations"]
    assert (french["locale"], french["revisions_behind"]) == ("fr", 2)


def test_at_an_instant_of_the_past_it_is_what_it_was_then(api: ApiClient) -> None:
    a_pair(*MAJOR)
    for days, lag in ((7, 0), (5, 1), (2, 2)):
        assert lag_on(api, query=f"&at={ago(days=days):%Y-%m-%dT%H:%M:%SZ}") == lag


def test_minor_updates_and_what_lies_ahead_do_not_count(api: ApiClient) -> None:
    source, _ = a_pair((1, 9, "major"), (2, 6, "minor"))
    published(source, 3, effective_from=ahead(days=1))
    assert lag_on(api) == 0


def test_an_original_that_was_never_published_is_not_lagged_behind(api: ApiClient) -> None:
    source = an_article()
    public(a_translation(source), (1, 8, "major"))
    a_revision(source, title="Second")
    assert lag_on(api) == 0


def test_publishing_the_text_that_caught_up_ends_the_lag(api: ApiClient, at_time: object) -> None:
    _, translation = a_pair(*MAJOR)
    caught_up(translation, 3, title="Troisième")
    assert lag_on(api) == 2
    outcome = published(translation)
    at_time(outcome.visible_at)  # type: ignore[operator]  # a fixture's function
    assert lag_on(api) == 0


def test_a_translation_of_a_translation_lags_behind_the_original(api: ApiClient) -> None:
    source = an_article()
    french = a_translation(source)
    german = a_translation(french, "de", slug="schlaf")
    a_revision(source, title="Second")
    public(source, (1, 9, "major"), (2, 5, "major"))
    public(french, (1, 8, "major"))
    public(german, (1, 7, "major"))
    assert lag_on(api, "schlaf") == 1
    lags = {
        item["locale"]: item["revisions_behind"]
        for item in api.get(f"{ARTICLES}/sleep?include=translations").json()["translations"]
    }
    assert lags == {"de": 1, "fr": 1}


def test_the_desk_shows_what_is_public_and_what_is_newest(as_editor: ApiClient) -> None:
    _, translation = a_pair(*MAJOR)
    caught_up(translation, 2)
    shown = as_editor.get(f"{DESK}/{translation.pk}").json()["translation"]
    assert (shown["revisions_behind"], shown["head_revisions_behind"]) == (2, 1)


def test_a_translation_that_is_not_public_lags_on_the_desk_alone(as_editor: ApiClient) -> None:
    source = an_article()
    translation = a_translation(source)
    a_revision(source, title="Second")
    public(source, (1, 9, "major"), (2, 5, "major"))
    shown = as_editor.get(f"{DESK}/{translation.pk}").json()["translation"]
    assert (shown["revisions_behind"], shown["head_revisions_behind"]) == (None, 1)


def listed(client: ApiClient, query: str = "translation=behind") -> set[str]:
    return {item["locale"] for item in client.get(f"{DESK}?{query}").json()["results"]}


def test_the_desk_lists_translations_that_lag(as_editor: ApiClient) -> None:
    source, french = a_pair(*MAJOR)
    german = a_translation(source, "de", slug="schlaf")
    public(german, (1, 2, "major"))
    a_translation(source, "nl", slug="slaap")
    assert listed(as_editor) == {"fr"}
    assert listed(as_editor, "translation=behind&locale=de") == set()
    taken_down(french)


@pytest.mark.parametrize(
    ("shown", "lags"),
    [
        (MAJOR, True),
        ([(1, 9, "major"), (2, 6, "minor")], False),
        ([(2, 9, "major")], True),
        ([(1, 9, "major"), (2, 6, "major"), (1, 3, "major")], False),
    ],
)
def test_the_list_and_the_count_agree(
    as_editor: ApiClient, api: ApiClient, shown: list[Shown], lags: bool
) -> None:
    a_pair(*shown)
    assert (listed(as_editor) == {"fr"}) is lags
    assert bool(lag_on(api)) is lags


def test_an_unknown_value_of_the_filter_is_400(as_editor: ApiClient) -> None:
    answer = as_editor.get(f"{DESK}?translation=ahead")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "translation")
