"""GET /api/v1/articles/{slug}?include=…: what is composed beside a stored document, and how long it lasts."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from cms.ids import uuid7
from cms.models import PendingChange
from tests.articles.translations.groups import a_translation, public
from tests.builders import (
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    published,
    taken_down,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"
ALL = "translations,related,links"


def read(api: ApiClient, query: str, slug: str = "sleep") -> Any:
    answer = api.get(f"{ARTICLES}/{slug}?{query}")
    assert answer.status_code == 200, answer.content
    return answer


def an_old_article(slug: str, **content: Any) -> Article:
    """Public since before anything pointed at it."""
    return a_published_article(slug=slug, title=slug.title(), since=ago(days=20), **content)


def pointing_at(*others: Article, related: tuple[Article, ...] = (), **content: Any) -> Article:
    text = "".join(f"Read [this](article:{other.pk}).\n\n" for other in others) or "Rest.\n"
    return a_published_article(body_markdown=text, related=[str(other.pk) for other in related], **content)


def test_the_stored_document_stays_as_it_is_and_members_follow(api: ApiClient) -> None:
    a_published_article()
    plain, composed = read(api, ""), read(api, f"include={ALL}")
    assert composed.content.startswith(plain.content[:-1])
    more = set(composed.json()) - set(plain.json())
    assert more == {"translations", "revisions_behind", "related_articles", "link_targets"}
    assert read(api, "").content == plain.content


@pytest.mark.parametrize(
    ("names", "members"),
    [
        ("translations", {"translations", "revisions_behind"}),
        ("related", {"related_articles"}),
        ("links", {"link_targets"}),
        ("links,related", {"link_targets", "related_articles"}),
    ],
)
def test_only_what_was_asked_for_is_there(api: ApiClient, names: str, members: set[str]) -> None:
    a_published_article()
    assert set(read(api, f"fields=title&include={names}").json()) == {"title"} | members


@pytest.mark.parametrize("value", ["comments", "links,comments", "links,links", ""])
def test_an_unknown_member_is_400(api: ApiClient, value: str) -> None:
    a_published_article()
    answer = api.get(f"{ARTICLES}/sleep?include={value}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "include")


def test_readable_translations_are_listed_and_no_other(api: ApiClient) -> None:
    source = a_published_article()
    french = public(a_translation(source), (1, 8, "major"))
    a_translation(source, "de", slug="schlaf")
    coming = a_translation(source, "nl", slug="slaap")
    published(coming, effective_from=ahead(days=1))
    gone = public(a_translation(source, "it", slug="sonno"), (1, 8, "major"))
    taken_down(gone)
    body = read(api, f"include=translations&at={ago(days=1):%Y-%m-%dT%H:%M:%SZ}").json()
    assert {item["locale"] for item in body["translations"]} == {"fr", "it"}
    (item,) = [item for item in body["translations"] if item["locale"] == "fr"]
    assert item == {
        "id": str(french.pk),
        "locale": "fr",
        "slug": "sommeil",
        "href": f"{ARTICLES}/{french.pk}",
        "state": "live",
        "revisions_behind": 0,
    }


def test_related_articles_are_cards_in_their_order_and_only_live_ones(
    api: ApiClient, at_time: Callable[[datetime], None]
) -> None:
    first, second, third, fourth = (an_old_article(slug) for slug in ("d", "c", "b", "a"))
    draft = an_article(slug="draft")
    pointing_at(related=(second, draft, first, fourth, third))
    taken_down(third)
    at_time(taken_down(fourth, "withdraw", explanation="Outdated.").visible_at)
    cards = read(api, "include=related").json()["related_articles"]
    assert [card["slug"] for card in cards] == ["c", "d"]
    (listed,) = [card for card in api.get(ARTICLES).json()["results"] if card["slug"] == "c"]
    assert cards[0] == listed


def test_links_say_what_is_at_their_end_now(api: ApiClient, at_time: Callable[[datetime], None]) -> None:
    moved, withdrawn, gone, heir = (an_old_article(slug) for slug in ("old", "doubtful", "past", "heir"))
    draft = an_article(slug="draft")
    pointing_at(moved, withdrawn, gone, draft, moved)
    a_revision(moved, slug="new")
    published(moved)
    taken_down(withdrawn, "withdraw", explanation="Outdated.", alternative_id=heir.pk)
    at_time(taken_down(gone, reason="consent", explanation="Asked for.").visible_at)
    targets = read(api, "include=links").json()["link_targets"]
    told = [(target["id"], target["state"], target["slug"]) for target in targets]
    assert told == [
        (str(moved.pk), "live", "new"),
        (str(withdrawn.pk), "withdrawn", "doubtful"),
        (str(gone.pk), "gone", None),
        (str(draft.pk), "missing", None),
    ]
    assert targets[1]["alternative_href"] == f"{ARTICLES}/{heir.pk}"
    assert (targets[2]["reason"], targets[2]["href"]) == ("consent", f"{ARTICLES}/{gone.pk}")


def test_a_draft_at_the_end_of_a_link_looks_like_nothing(api: ApiClient) -> None:
    draft = an_article(slug="secret-slug", title="Secret title", locale="fr")
    published(draft, effective_from=ahead(days=1))
    pointing_at(draft, related=(draft,))
    answer = read(api, f"include={ALL}")
    (target,) = answer.json()["link_targets"]
    assert {name for name, value in target.items() if value} == {"id", "state", "href"}
    assert b"secret" not in answer.content.lower()
    assert answer.json()["related_articles"] == []


def test_the_alternative_of_a_withdrawn_text_is_a_target_too(
    api: ApiClient, at_time: Callable[[datetime], None]
) -> None:
    heir, article = an_old_article("heir"), pointing_at()
    outcome = taken_down(article, "withdraw", explanation="Outdated.", alternative_id=heir.pk)
    at_time(outcome.visible_at)
    (target,) = read(api, "include=links").json()["link_targets"]
    assert (target["id"], target["slug"]) == (str(heir.pk), "heir")


def test_at_an_instant_of_the_past_everything_is_of_that_instant(
    api: ApiClient, at_time: Callable[[datetime], None]
) -> None:
    other = an_old_article("old")
    article = pointing_at(other, related=(other,))
    before = f"{ago(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    a_revision(other, slug="new")
    at_time(published(other).visible_at)
    then = read(api, f"include=links,related&at={before}")
    now = read(api, "include=links,related").json()
    assert then.json()["link_targets"][0]["slug"] == "old"
    assert [card["slug"] for card in then.json()["related_articles"]] == ["old"]
    assert now["link_targets"][0]["slug"] == now["related_articles"][0]["slug"] == "new"
    assert "Memento-Datetime" not in then
    assert then["X-Robots-Tag"] == "noindex"
    assert then["Link"].startswith(f'</api/v1/articles/{article.pk}>; rel="canonical"')


def test_it_has_a_tag_of_its_own_that_rests_while_nothing_changes(
    api: ApiClient, at_time: Callable[[datetime], None]
) -> None:
    other = an_old_article("old")
    pointing_at(other)
    plain, composed = read(api, ""), read(api, "include=links")
    assert composed["ETag"] != plain["ETag"]
    unchanged = {"if-none-match": composed["ETag"]}
    assert api.get(f"{ARTICLES}/sleep?include=links", headers=unchanged).status_code == 304
    at_time(taken_down(other).visible_at)
    again = api.get(f"{ARTICLES}/sleep?include=links", headers=unchanged)
    assert (again.status_code, again["ETag"] == composed["ETag"]) == (200, False)
    assert again["Last-Modified"] != composed["Last-Modified"]
    assert read(api, "")["ETag"] == plain["ETag"]


def test_its_age_ends_with_the_next_change_of_anything_in_it(api: ApiClient) -> None:
    other, translated = an_old_article("old"), pointing_at(slug="other")
    pointing_at(other)
    assert "max-age=60," in read(api, "include=links")["Cache-Control"]
    published(other, effective_from=ahead(seconds=30))
    translation = a_translation(translated, slug="autre")
    published(translation, effective_from=ahead(seconds=20))
    ages = {
        name: int(read(api, query, slug)["Cache-Control"].partition("max-age=")[2].partition(",")[0])
        for name, slug, query in (
            ("links", "sleep", "include=links&locale=en"),
            ("related", "sleep", "include=related&locale=en"),
            ("translations", "other", "include=translations&locale=en"),
        )
    }
    assert ages["links"] <= 30 < ages["related"] == 60
    assert ages["translations"] <= 20


def test_it_carries_the_tags_of_all_that_it_shows(api: ApiClient) -> None:
    linked, related = an_old_article("linked"), an_old_article("related")
    article = pointing_at(linked, related=(related,))
    french = public(a_translation(article), (1, 8, "major"))
    unseen = a_translation(article, "de", slug="schlaf")
    tags = read(api, f"include={ALL}")["Cache-Tag"].split(",")
    assert tags[0] == f"article-{article.pk}"
    shown = {f"article-{other.pk}" for other in (linked, related, french)}
    assert shown | {f"translations-{article.group_id}"} < set(tags)
    assert f"article-{unseen.pk}" not in tags


def test_a_new_translation_touches_the_tag_of_its_group() -> None:
    translation = a_translation(a_published_article())
    published(translation, effective_from=ahead(days=1))
    (waiting,) = PendingChange.objects.filter(article_id=translation.pk)
    assert f"translations-{translation.group_id}" in waiting.cache_tags


@pytest.mark.parametrize("many", [1, 12])
def test_it_costs_the_same_however_much_it_holds(api: ApiClient, many: int) -> None:
    """The article with its bytes; when the slug changes; the articles around; their rows; the originals' past."""
    others = [an_old_article(f"other-{number}") for number in range(many)]
    article = pointing_at(*others, related=tuple(others))
    for number in range(many):
        public(a_translation(article, f"fr-{number:03}", slug=f"texte-{number}"), (1, 8, "major"))
    with CaptureQueriesContext(connection) as captured:
        body = read(api, f"include={ALL}").json()
    assert len(body["translations"]) == len(body["related_articles"]) == len(body["link_targets"]) == many
    assert len(captured) == 5, [query["sql"][:120] for query in captured]


def test_the_past_of_other_articles_does_not_slow_it(api: ApiClient) -> None:
    other = an_article(slug="other")
    with_past(other, *[ago(days=40 - number) for number in range(30)])
    pointing_at(other, related=(other,))
    with CaptureQueriesContext(connection) as captured:
        read(api, "include=related,links&locale=en")
    assert len(captured) <= 5


def test_nothing_at_all_to_include_is_empty_lists(api: ApiClient) -> None:
    a_published_article()
    body = read(api, f"include={ALL}").json()
    assert (body["translations"], body["related_articles"], body["link_targets"]) == ([], [], [])
    assert body["revisions_behind"] is None


def test_a_moved_slug_keeps_what_was_asked_for(api: ApiClient, at_time: Callable[[datetime], None]) -> None:
    article = a_published_article(slug="old")
    a_revision(article, slug="new")
    at_time(published(article).visible_at)
    answer = api.get(f"{ARTICLES}/old?include=links")
    assert (answer.status_code, answer["Location"]) == (308, f"{ARTICLES}/new?include=links&locale=en")


def test_a_link_to_nothing_at_all_is_missing(api: ApiClient) -> None:
    nowhere = uuid7()
    a_published_article(body_markdown=f"Read [this](article:{nowhere}).\n")
    (target,) = json.loads(read(api, "include=links").content)["link_targets"]
    assert (target["id"], target["state"]) == (str(nowhere), "missing")
