"""Preview links on the desk: made, listed, ended, and shown once."""

import logging
from typing import Any

import pytest

from articles.models import Article, PreviewLink
from cms.logs import JsonLines
from cms.models import AuditEntry, IdempotencyRecord, User
from tests.articles.preview.conftest import DESK, PREVIEW, of
from tests.builders import ahead, an_article, fresh, published
from tests.client import ApiClient

pytestmark = pytest.mark.django_db


def links(article: Article) -> str:
    return f"{DESK}/articles/{article.pk}/preview-links"


def test_a_link_is_made_and_opens_what_it_names(article: Article, as_author: ApiClient) -> None:
    made = as_author.post(links(article), {"label": "For the printer"})
    assert made.status_code == 201
    body = made.json()
    assert body["token"].startswith("kp_")
    assert (body["label"], body["revision"], body["state"], body["uses"]) == (
        "For the printer",
        None,
        "live",
        0,
    )
    assert made["Location"] == body["href"] == f"{DESK}/preview-links/{body['id']}"
    assert ApiClient(token=body["token"]).get(body["preview_href"]).json()["title"] == "Quieter nights"


def test_the_same_post_sent_twice_makes_one_link(article: Article, as_author: ApiClient) -> None:
    answers = [
        as_author.post(links(article), {"revision": 2}, headers={"idempotency-key": "one"}) for _ in range(2)
    ]
    assert answers[0].content == answers[1].content
    assert PreviewLink.objects.count() == 1


def test_it_lasts_a_week_unless_said_otherwise(article: Article, as_author: ApiClient) -> None:
    for sent, days in (({}, 7), ({"expires_in": 30 * 86400}, 30)):
        as_author.post(links(article), sent)
        link = PreviewLink.objects.order_by("-id").first()
        assert (link.expires_at - link.created_at).days == days


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"expires_in": 30 * 86400 + 1}, "/expires_in"),
        ({"expires_in": 1}, "/expires_in"),
        ({"revision": 0}, "/revision"),
        ({"label": "x" * 201}, "/label"),
        ({"until": "Friday"}, "/until"),
    ],
)
def test_a_link_to_an_article_is_judged(
    article: Article, as_author: ApiClient, body: dict[str, Any], pointer: str
) -> None:
    answer = as_author.post(links(article), body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_link_names_one_thing(article: Article, as_editor: ApiClient) -> None:
    path, friday = f"{DESK}/preview-links", ahead(days=2).isoformat()
    assert as_editor.post(path, {}).status_code == 422
    assert as_editor.post(path, {"article": str(article.pk), "instant": friday}).status_code == 422
    assert as_editor.post(path, {"instant": friday, "revision": 2}).status_code == 422
    assert as_editor.post(path, {"instant": "2020-01-01T00:00:00Z"}).status_code == 422
    assert as_editor.post(path, {"release": str(article.pk)}).status_code == 422
    assert as_editor.post(path, {"article": str(article.pk)}).status_code == 201
    assert as_editor.post(path, {"instant": friday}).status_code == 201


def test_a_revision_that_is_not_there_has_no_link(article: Article, as_author: ApiClient) -> None:
    assert as_author.post(links(article), {"revision": 9}).status_code == 404


@pytest.mark.parametrize("body", [{"revision": 1}, {"revision": 2}, {}])
def test_what_is_public_has_no_link(
    article: Article, as_author: ApiClient, body: dict[str, Any], travel: Any
) -> None:
    published(article)
    travel(3)
    answer = as_author.post(links(article), body)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_preview")


def test_links_are_listed_newest_first_without_their_tokens(article: Article, as_author: ApiClient) -> None:
    tokens = [as_author.post(links(article), {"label": name}).json()["token"] for name in ("one", "two")]
    for path in (links(article), f"{DESK}/preview-links"):
        answer = as_author.get(path)
        assert [link["label"] for link in answer.json()["results"]] == ["two", "one"]
        assert not any(token in answer.content.decode() for token in tokens)
    href = answer.json()["results"][0]["href"]
    assert as_author.get(href).json()["label"] == "two"


def test_a_link_that_is_ended_opens_nothing_and_stays_in_the_list(
    article: Article, as_author: ApiClient
) -> None:
    made = as_author.post(links(article), {}).json()
    client = ApiClient(token=made["token"])
    assert client.get(of(article)).status_code == 200
    for _ in range(2):
        assert as_author.delete(f"{links(article)}/{made['id']}").status_code == 204
    assert client.get(of(article)).status_code == 401
    kept = as_author.get(made["href"]).json()
    assert (kept["state"], kept["uses"]) == ("revoked", 1)
    assert kept["revoked_at"]


def test_a_link_of_another_article_is_not_found_beneath_this_one(
    article: Article, author: User, as_author: ApiClient
) -> None:
    made = as_author.post(links(article), {}).json()
    other = an_article(by=author, slug="walking")
    assert as_author.delete(f"{links(other)}/{made['id']}").status_code == 404


def test_authors_make_and_see_links_to_their_own_articles_alone(
    article: Article, as_author: ApiClient, as_author2: ApiClient, as_editor: ApiClient
) -> None:
    made = as_author.post(links(article), {}).json()
    as_editor.post(f"{DESK}/preview-links", {"instant": ahead(days=2).isoformat()})
    assert as_author2.post(links(article), {}).status_code == 404
    assert as_author2.post(f"{DESK}/preview-links", {"article": str(article.pk)}).status_code == 422
    assert as_author2.get(made["href"]).status_code == 404
    assert as_author2.delete(made["href"]).status_code == 404
    assert [
        len(client.get(f"{DESK}/preview-links").json()["results"]) for client in (as_author2, as_author)
    ] == [
        0,
        1,
    ]
    assert len(as_editor.get(f"{DESK}/preview-links").json()["results"]) == 2


def test_only_who_publishes_links_to_the_whole_site(as_author: ApiClient, as_reviewer: ApiClient) -> None:
    friday = {"instant": ahead(days=2).isoformat()}
    assert as_author.post(f"{DESK}/preview-links", friday).status_code == 403
    assert as_reviewer.post(f"{DESK}/preview-links", friday).status_code == 403


def test_making_and_ending_are_in_the_audit(article: Article, as_author: ApiClient, author: User) -> None:
    made = as_author.post(links(article), {"revision": 2}).json()
    as_author.delete(made["href"])
    entries = AuditEntry.objects.filter(subject=made["id"]).order_by("id")
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("preview.link", author),
        ("preview.revoke", author),
    ]
    assert entries[0].detail == {"article_id": str(article.pk), "revision_number": "2"}


def test_the_token_is_in_no_row_no_log_line_and_no_later_answer(
    article: Article, as_author: ApiClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = as_author.post(links(article), {}, headers={"idempotency-key": "one"}).json()
        token = made["token"]
        ApiClient(token=token).get(of(article))
        ApiClient(token=token).get(f"{PREVIEW}/articles/nowhere")
    written = [JsonLines().format(record) for record in caplog.records]
    assert not any(token in line for line in written)
    rows = [
        *PreviewLink.objects.values_list(),
        *IdempotencyRecord.objects.values_list(),
        *AuditEntry.objects.values_list(),
    ]
    assert rows
    assert not any(token in repr(row) for row in rows)


def test_a_form_shows_the_token_on_one_page_and_on_no_other(
    article: Article, author: User, browser_of: Any
) -> None:
    browser = browser_of(author)
    page = browser.get(links(article)).content.decode()
    csrf = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    made = browser.post(
        links(article), {"csrfmiddlewaretoken": csrf, "label": "For the printer", "expires_in": "3600"}
    )
    assert made.status_code == 201
    assert "kp_" in made.content.decode()
    for path in (links(article), f"{DESK}/preview-links", made["Location"]):
        shown = browser.get(path).content.decode()
        assert "For the printer" in shown
        assert "kp_" not in shown.replace("kp_…", "")


def test_a_draft_in_the_bin_has_no_link(author: User, as_author: ApiClient) -> None:
    draft = an_article(by=author, slug="walking")
    as_author.delete(f"{DESK}/articles/{draft.pk}", headers={"if-match": fresh(draft).etag})
    assert as_author.post(links(draft), {}).status_code == 404
