"""A link to a release: what all of its items together will make of the site."""

from typing import Any

import pytest

from articles.actions import previewing
from articles.models import Release
from cms import clock
from cms.models import User
from tests.articles.preview.conftest import DESK, PREVIEW, title, titles
from tests.articles.releases.acts import (
    a_release,
    cancelled,
    publishing,
    scheduled,
    unpublishing,
    withdrawing,
)
from tests.builders import a_published_article, a_revision, ahead, an_article
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(author: User) -> Release:
    """It makes one article new, gives one another text, withdraws one and takes one away; a fifth stays."""
    new = an_article(by=author, slug="new", title="New")
    changed = a_published_article(by=author, slug="changed", title="Before")
    a_revision(changed, by=author, title="After")
    old = a_published_article(by=author, slug="old", title="Old")
    going = a_published_article(by=author, slug="going", title="Going")
    a_published_article(by=author, slug="steady", title="Steady")
    return a_release(
        publishing(new), publishing(changed), withdrawing(old), unpublishing(going, explanation="Over.")
    )


@pytest.fixture
def client(release: Release, editor: User) -> ApiClient:
    _, token = previewing.link_to_release(release_id=release.pk, by=editor, now=clock.now())
    return ApiClient(token=token)


def site(client: ApiClient) -> None:
    """What the release makes of the site, whether it is drafted or scheduled."""
    assert titles(client.get(f"{PREVIEW}/articles?ordering=title")) == ["After", "New", "Steady"]
    assert client.get(f"{PREVIEW}/articles?count=true").json()["count"] == 3
    assert title(client.get(f"{PREVIEW}/articles/new")) == "New"
    assert client.get(f"{PREVIEW}/articles/old").json()["withdrawal"]["explanation"] == "Outdated."
    gone = client.get(f"{PREVIEW}/articles/going")
    assert (gone.status_code, gone.json()["detail"]) == (410, "Over.")


def test_a_link_to_a_draft_shows_the_site_with_its_items_on_top(client: ApiClient) -> None:
    site(client)


def test_a_link_to_a_scheduled_release_shows_the_site_as_of_its_instant(
    release: Release, client: ApiClient
) -> None:
    scheduled(release, effective_from=ahead(days=2))
    site(client)


def test_drafted_and_scheduled_are_what_readers_are_given_then(
    release: Release, client: ApiClient, api: ApiClient, at_time: Any
) -> None:
    drafted = client.get(f"{PREVIEW}/articles/new").json()
    instant = scheduled(release, effective_from=ahead(days=2)).visible_at
    foreseen = client.get(f"{PREVIEW}/articles?ordering=title").content
    at_time(instant)
    assert api.get("/api/v1/articles?ordering=title").content == foreseen
    dated = ("published_at", "updated_at", "first_published_at", "json_ld")
    served = api.get("/api/v1/articles/new").json()
    assert {n: v for n, v in served.items() if n not in dated} == {
        n: v for n, v in drafted.items() if n not in dated
    }


def test_the_link_is_dead_from_the_instant_of_the_release(
    release: Release, client: ApiClient, at_time: Any
) -> None:
    at_time(scheduled(release, effective_from=ahead(days=2)).visible_at)
    assert client.get(f"{PREVIEW}/articles").status_code == 401


def test_the_link_is_dead_when_the_release_was_cancelled(release: Release, client: ApiClient) -> None:
    scheduled(release, effective_from=ahead(days=2))
    cancelled(release)
    assert client.get(f"{PREVIEW}/articles").status_code == 401


def test_a_release_that_is_over_has_no_link(release: Release, as_editor: ApiClient, at_time: Any) -> None:
    at_time(scheduled(release, effective_from=ahead(days=2)).visible_at)
    answer = as_editor.post(f"{DESK}/preview-links", {"release": str(release.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_preview")


def test_an_editor_makes_one_over_the_api(release: Release, as_editor: ApiClient) -> None:
    made = as_editor.post(f"{DESK}/preview-links", {"release": str(release.pk)}).json()
    assert made["release"] == {"id": str(release.pk), "name": "Spring"}
    assert title(ApiClient(token=made["token"]).get(f"{PREVIEW}/articles/changed")) == "After"
