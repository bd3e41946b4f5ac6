"""A personal story is public with the consent of whom it is about, or says that it is invented."""

from typing import Any

import pytest

from articles.models import Article
from cms.errors import InvalidContent
from tests.articles.consent.stories import a_story, agreed, taken_back
from tests.articles.translations.groups import a_translation, public
from tests.builders import a_published_article, a_revision, ago, ahead, an_article, published
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"


def refused_for(story: Article, **how: Any) -> set[str]:
    """The codes for which publishing is refused; empty when it is not."""
    try:
        published(story, **how)
    except InvalidContent as error:
        return {found.code for found in error.errors}
    return set()


def test_without_a_consent_a_story_is_not_published() -> None:
    assert refused_for(a_story()) == {"consent_missing"}


def test_with_a_consent_it_is() -> None:
    story = a_story()
    agreed(story)
    assert refused_for(story) == set()


def test_after_a_withdrawal_it_is_not_until_somebody_agrees_again() -> None:
    story = a_story()
    taken_back(agreed(story))
    assert refused_for(story) == {"consent_withdrawn"}


def test_an_expired_consent_blocks_too() -> None:
    story = a_story()
    agreed(story, expires_at=ago(days=1))
    assert refused_for(story) == {"consent_expired"}


def test_what_counts_is_the_instant_from_which_it_would_be_public() -> None:
    story = a_story()
    agreed(story, expires_at=ahead(days=2))
    assert refused_for(story, effective_from=ahead(days=3)) == {"consent_expired"}
    assert refused_for(story, effective_from=ahead(days=1)) == set()


@pytest.mark.parametrize(
    ("extra", "codes"),
    [
        ({"invented": True}, set()),
        ({"invented": "true"}, {"consent_missing"}),
        ({"invented": 1}, {"consent_missing"}),
        ({"invented": False}, {"consent_missing"}),
        ({"about": {"invented": True}}, {"consent_missing"}),
    ],
)
def test_a_story_that_says_it_is_invented_needs_none(extra: dict, codes: set[str]) -> None:
    assert refused_for(a_story(extra=extra)) == codes


def test_documents_and_cards_say_that_it_is_invented(api: ApiClient) -> None:
    public(a_story(extra={"invented": True}), (1, 9, "major"))
    assert api.get("/api/v1/articles/my-year").json()["extra"] == {"invented": True}
    (card,) = api.get("/api/v1/articles").json()["results"]
    assert (card["kind"], card["extra"]) == ("personal_story", {"invented": True})


def test_the_records_of_the_source_count_for_a_translation() -> None:
    story = a_story()
    consent, translation = agreed(story), a_translation(story, slug="mon-annee")
    assert refused_for(translation) == set()
    taken_back(consent)
    a_revision(translation, title="Encore")
    assert refused_for(translation) == {"consent_withdrawn"}


def test_other_kinds_need_none() -> None:
    assert refused_for(an_article()) == set()


def test_the_checks_of_the_desk_say_so_before(as_editor: ApiClient) -> None:
    report = as_editor.get(f"{DESK}/{a_story().pk}/checks").json()
    (finding,) = [found for found in report["findings"] if found["code"] == "consent_missing"]
    assert (report["publishable"], finding["severity"], finding["location"]) == (False, "error", "/kind")


def listed(client: ApiClient, state: str, more: str = "") -> set[str]:
    answer = client.get(f"{DESK}?consent={state}{more}")
    assert answer.status_code == 200, answer.content
    return {item["slug"] for item in answer.json()["results"]}


def stories(*slugs: str, **content: Any) -> list[Article]:
    return [a_story(slug=slug, authors=["ruth"], **content) for slug in slugs]


def test_the_desk_lists_stories_by_what_their_consent_has_come_to(as_editor: ApiClient) -> None:
    a_story(slug="missing")
    held, withdrawn, expired, renewed = stories("held", "withdrawn", "expired", "renewed")
    stories("invented", extra={"invented": True})
    a_published_article()
    agreed(held)
    taken_back(agreed(withdrawn))
    agreed(expired, expires_at=ago(days=1))
    agreed(renewed, expires_at=ago(days=1))
    agreed(renewed, given_at=ago(days=2))
    a_translation(withdrawn, slug="retire")
    assert listed(as_editor, "missing") == {"missing"}
    assert listed(as_editor, "withdrawn") == {"withdrawn", "retire"}
    assert listed(as_editor, "expired") == {"expired"}
    assert listed(as_editor, "withdrawn", "&locale=fr") == {"retire"}


def test_a_public_story_is_listed_until_its_public_text_says_that_it_is_invented(
    as_editor: ApiClient,
) -> None:
    story = public(a_story(), (1, 9, "major"))
    a_revision(story, extra={"invented": True})
    assert listed(as_editor, "missing", "&state=changed") == {"my-year"}


def test_an_invented_story_that_will_be_a_true_one_is_listed(as_editor: ApiClient) -> None:
    story = public(a_story(extra={"invented": True}), (1, 9, "major"))
    assert listed(as_editor, "missing") == set()
    a_revision(story, extra={"invented": None})
    assert listed(as_editor, "missing") == {"my-year"}


def test_an_author_is_listed_none_but_their_own(as_author: ApiClient, author: Any) -> None:
    a_story(slug="another-s")
    a_story(slug="own", by=author, authors=["ruth"])
    assert listed(as_author, "missing") == {"own"}


def test_an_unknown_state_is_400(as_editor: ApiClient) -> None:
    answer = as_editor.get(f"{DESK}?consent=given")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "consent")
