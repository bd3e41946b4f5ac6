"""Consents at /api/v1/editorial/articles/{id}/consents: recording, reading, withdrawing."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Article, ConsentRecord, Publication
from cms.models import AuditEntry, User
from tests.articles.consent.stories import a_story, agreed, taken_back
from tests.articles.releases.acts import a_release, ahead_of, publishing, scheduled
from tests.articles.test_failure_in_the_middle import fails_nowhere_halfway
from tests.articles.translations.groups import a_translation, public
from tests.builders import a_revision, ago, ahead, an_article, fresh, published, taken_down
from tests.client import ApiClient
from tests.concurrency import together

pytestmark = pytest.mark.django_db
DESK = "/api/v1/editorial/articles"
SENT = {
    "scope": "E., the whole story",
    "document_reference": "binder 4, sheet 12",
    "given_at": "2026-01-01T12:00:00+01:00",
    "expires_at": "2100-01-01T00:00:00Z",
}


@pytest.fixture
def story(author: User) -> Article:
    return a_story(by=author)


def record(client: ApiClient, story: Article, tag: str = "", key: str = "", **changes: Any) -> Any:
    headers = {"if-match": tag or fresh(story).etag} | ({"idempotency-key": key} if key else {})
    body = {name: value for name, value in (SENT | changes).items() if value is not ...}
    return client.post(f"{DESK}/{story.pk}/consents", body, headers=headers)


def withdraw(client: ApiClient, consent: ConsentRecord, tag: str = "", **body: Any) -> Any:
    where = f"{DESK}/{consent.article_id}/consents/{consent.pk}/withdraw"
    return client.post(where, body, headers={"if-match": tag or fresh(consent.article_id).etag})


def test_a_consent_is_recorded_and_read(as_editor: ApiClient, editor: User, story: Article) -> None:
    before = fresh(story).etag
    answer = record(as_editor, story)
    made = answer.json()
    assert (answer.status_code, answer["ETag"]) == (201, fresh(story).etag)
    assert made.pop("etag") == answer["ETag"] != before
    assert (made["scope"], made["document_reference"]) == (SENT["scope"], SENT["document_reference"])
    assert (made["given_at"], made["expires_at"]) == ("2026-01-01T11:00:00Z", "2100-01-01T00:00:00Z")
    assert (made["state"], made["recorded_by"]["username"]) == ("in_force", editor.username)
    read = as_editor.get(f"{DESK}/{story.pk}/consents")
    assert read.json() == {"state": "in_force", "results": [made], "next": None}
    assert read["ETag"] == answer["ETag"]
    assert AuditEntry.objects.get(verb="article.consent").detail == {"consent": made["id"]}


def test_an_article_of_another_kind_has_none(as_editor: ApiClient) -> None:
    article = an_article()
    answer = record(as_editor, article)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_a_story")
    assert as_editor.get(f"{DESK}/{article.pk}/consents").json()["results"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"scope": ""}, "/scope"),
        ({"scope": ...}, "/scope"),
        ({"document_reference": ...}, "/document_reference"),
        ({"given_at": "2026-01-01"}, "/given_at"),
        ({"given_at": "2100-01-01T00:00:00Z", "expires_at": None}, "/given_at"),
        ({"expires_at": "2025-12-31T00:00:00Z"}, "/expires_at"),
        ({"person": "E."}, "/person"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    as_editor: ApiClient, story: Article, changes: dict, pointer: str
) -> None:
    answer = record(as_editor, story, **changes)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not ConsentRecord.objects.exists()


def test_only_editors_see_and_write_them(
    story: Article,
    as_administrator: ApiClient,
    as_author: ApiClient,
    as_author2: ApiClient,
    as_reviewer: ApiClient,
    as_moderator: ApiClient,
    api: ApiClient,
) -> None:
    consent = agreed(story)
    others = {as_author: 403, as_author2: 403, as_reviewer: 403, as_moderator: 403, api: 401}
    for client, status in others.items():
        assert client.get(f"{DESK}/{story.pk}/consents").status_code == status
        assert record(client, story).status_code == status
        assert withdraw(client, consent).status_code == status
    assert as_administrator.get(f"{DESK}/{story.pk}/consents").status_code == 200
    assert ConsentRecord.objects.count() == 1


def test_a_stale_or_missing_tag_records_and_withdraws_nothing(as_editor: ApiClient, story: Article) -> None:
    stale = fresh(story).etag
    consent = agreed(story)
    assert record(as_editor, story, tag=stale).status_code == 412
    assert withdraw(as_editor, consent, tag=stale).status_code == 412
    base = f"{DESK}/{story.pk}/consents"
    assert as_editor.post(base, SENT).status_code == 428
    assert as_editor.post(f"{base}/{consent.pk}/withdraw", {}).status_code == 428
    consent.refresh_from_db()
    assert (ConsentRecord.objects.count(), consent.withdrawn_at) == (1, None)


def test_the_same_key_records_one(as_editor: ApiClient, story: Article) -> None:
    tag = fresh(story).etag
    first, again = (record(as_editor, story, tag, "the-same-key") for _ in range(2))
    assert (first.content, ConsentRecord.objects.count()) == (again.content, 1)


def test_a_consent_is_withdrawn_once(as_editor: ApiClient, editor: User, story: Article) -> None:
    consent = agreed(story)
    answer = withdraw(as_editor, consent, note="By telephone.")
    body = answer.json()
    assert (answer.status_code, answer["ETag"]) == (201, fresh(story).etag)
    assert (body["state"], body["consent"]["state"]) == ("withdrawn", "withdrawn")
    assert body["consent"]["withdrawn_by"]["username"] == editor.username
    assert body["consent"]["withdraw_href"] is None
    entry = AuditEntry.objects.get(verb="article.withdraw_consent")
    assert entry.detail == {"consent": str(consent.pk), "note": "By telephone."}
    again = withdraw(as_editor, consent)
    assert (again.status_code, again.json()["code"]) == (409, "consent_is_withdrawn")


def test_a_consent_of_another_article_is_not_there(as_editor: ApiClient, story: Article) -> None:
    consent = agreed(a_story(slug="other", authors=["ruth"]))
    where = f"{DESK}/{story.pk}/consents/{consent.pk}/withdraw"
    answer = as_editor.post(where, {}, headers={"if-match": fresh(story).etag})
    assert answer.status_code == 404


def test_a_withdrawal_lists_all_that_readers_can_and_could_read(as_editor: ApiClient, story: Article) -> None:
    consent = agreed(story)
    a_revision(story, title="My two years")
    public(story, (1, 9, "major"), (2, 5, "major"))
    published(story, 2, effective_from=ahead(days=3))
    french = public(a_translation(story, slug="mon-annee"), (1, 4, "major"))
    taken_down(french, reason="consent")
    before = list(Publication.objects.order_by("pk").values())
    listed = {each["locale"]: each for each in withdraw(as_editor, consent).json()["articles"]}
    assert list(Publication.objects.order_by("pk").values()) == before

    english = listed["en"]
    assert (english["state"], english["take_down_href"]) == ("live", f"{DESK}/{story.pk}/take-down")
    assert [(row["version"], row["revision"]) for row in english["publications"]] == [(1, 1), (2, 2)]
    first = english["publications"][0]
    assert first["effective_from"] == f"{ago(days=9):%Y-%m-%dT%H:%M:%SZ}"[:16] + first["effective_from"][16:]
    assert first["suppress_href"] == f"{DESK}/{story.pk}/publications/{first['id']}/suppress"
    (coming,) = english["scheduled"]
    assert coming["cancel_href"] == f"{DESK}/{story.pk}/publications/{coming['id']}"
    assert [row["state"] for row in listed["fr"]["publications"]] == ["live"]


def test_what_was_never_public_lists_nothing(as_editor: ApiClient, story: Article) -> None:
    assert withdraw(as_editor, agreed(story)).json()["articles"] == []


def test_what_is_gone_is_not_offered_to_be_taken_down(
    as_editor: ApiClient, story: Article, at_time: Any
) -> None:
    consent = agreed(story)
    public(story, (1, 9, "major"))
    at_time(taken_down(story).visible_at)
    (listed,) = withdraw(as_editor, consent).json()["articles"]
    assert (listed["state"], listed["take_down_href"]) == ("gone", None)
    assert len(listed["publications"]) == 1


def test_the_addresses_that_it_lists_are_those_of_verbs(as_editor: ApiClient, story: Article) -> None:
    consent = agreed(story)
    public(story, (1, 9, "major"))
    published(story, effective_from=ahead(days=3))
    (listed,) = withdraw(as_editor, consent).json()["articles"]
    tag = {"if-match": fresh(story).etag}
    cancelled = as_editor.delete(listed["scheduled"][0]["cancel_href"], headers=tag)
    assert cancelled.status_code == 204
    asked = as_editor.post(listed["publications"][0]["suppress_href"], {}, headers=tag)
    assert asked.status_code == 422
    down = as_editor.post(
        listed["take_down_href"],
        {"how": "unpublish", "reason": "consent"},
        headers={"if-match": fresh(story).etag},
    )
    assert down.status_code == 201


def test_the_records_of_a_story_count_for_its_translations(as_editor: ApiClient, story: Article) -> None:
    translation = a_translation(story, slug="mon-annee")
    agreed(story)
    answer = as_editor.get(f"{DESK}/{translation.pk}/consents").json()
    assert (answer["state"], [each["locale"] for each in answer["results"]]) == ("in_force", ["en"])


def test_nothing_of_it_is_public(as_editor: ApiClient, api: ApiClient, story: Article) -> None:
    consent = agreed(story, scope="E. Planted, by letter")
    taken_back(consent, note="Planted note.")
    public(story, (1, 9, "major"))
    asked = ("", "/versions", "/versions/1", "?include=translations,related,links", "/comments")
    pages = [api.get(f"/api/v1/articles/my-year{place}").content for place in asked]
    pages += [api.get(path).content for path in ("/api/v1/articles", "/api/v1/people/ruth", "/api/v1/")]
    text = json.dumps([page.decode() for page in pages])
    for planted in ("Planted", "binder 4", str(consent.pk), "consent"):
        assert planted not in text


def test_a_scheduled_release_with_the_story_is_cancelled_and_named(
    as_editor: ApiClient, story: Article, editor: User
) -> None:
    consent = agreed(story)
    release = a_release(publishing(story), name="Summer", by=editor)
    scheduled(release, by=editor, effective_from=ahead(days=2))
    body = withdraw(as_editor, consent).json()
    assert len(body["warnings"]) == 1
    assert "Summer" in body["warnings"][0]
    assert body["etag"] == fresh(story).etag
    assert body["articles"] == []
    assert ahead_of(release) == []


def test_a_release_of_an_invented_story_goes_on(as_editor: ApiClient, editor: User) -> None:
    story = a_story(by=editor, extra={"invented": True})
    consent = agreed(story)
    release = a_release(publishing(story), by=editor)
    scheduled(release, by=editor, effective_from=ahead(days=2))
    body = withdraw(as_editor, consent).json()
    assert body["warnings"] == []
    assert len(ahead_of(release)) == 1


@pytest.mark.django_db(transaction=True)
def test_whichever_statement_fails_nothing_is_left(story: Article, editor: User) -> None:
    assert fails_nowhere_halfway(lambda: agreed(story, by=editor)) > 3
    consent = ConsentRecord.objects.get()
    assert fails_nowhere_halfway(lambda: taken_back(ConsentRecord.objects.get(pk=consent.pk), by=editor)) > 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_withdraw_at_once_one_succeeds(
    story: Article, editor: User, token_for: Callable[..., str]
) -> None:
    consent = agreed(story)
    tag = fresh(story).etag
    clients = [ApiClient(token=token_for(editor)) for _ in range(2)]
    answers = together([lambda c=client: withdraw(c, consent, tag) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert AuditEntry.objects.filter(verb="article.withdraw_consent").count() == 1
