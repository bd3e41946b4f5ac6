"""Suppressing over the API: who may, what it answers, and that the planted string is nowhere public afterwards."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Suppression
from cms import clock
from cms.models import User
from tests.articles.memento.links import by_rel
from tests.articles.suppression.histories import SECRET, first_row, suppressed, when_it_was_public
from tests.builders import an_article, fresh, published, rows
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/api/v1/editorial/articles", "/api/v1/articles"


def at(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def ask(client: ApiClient, article: Article, body: Any = None, **headers: str) -> Any:
    url = f"{DESK}/{article.pk}/publications/{first_row(article).pk}/suppress"
    sent = {"if-match": fresh(article).etag} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return client.post(
        url, {"reason": "privacy", "note": "By letter."} if body is None else body, headers=sent
    )


def confirm(client: ApiClient, article: Article, id_: str, **headers: str) -> Any:
    sent = {"if-match": fresh(article).etag} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return client.post(f"{DESK}/{article.pk}/suppressions/{id_}/confirm", headers=sent)


def test_asking_and_confirming(
    article: Article, as_editor: ApiClient, as_administrator: ApiClient, api: ApiClient
) -> None:
    made = ask(as_editor, article)
    assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["reason"], body["note"]) == ("waiting", "privacy", "By letter.")
    assert body["requested_by"]["username"] == "editor"
    assert [(row["version"], row["sha256"]) for row in body["publications"]] == [
        (1, first_row(article).rendering_id)
    ]
    assert made["Location"] == body["href"]
    assert made["ETag"] == body["etag"] == fresh(article).etag
    done = confirm(as_administrator, article, body["id"])
    assert (done.status_code, done.json()["state"]) == (201, "in_force")
    assert clock.read_instant() >= datetime.fromisoformat(done.json()["visible_at"])
    assert api.get(f"{PUBLIC}/{article.pk}?at={at(when_it_was_public())}").status_code == 410


def test_the_answer_in_the_place_of_the_text(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    done = suppressed(article, by=editor, second=administrator)
    answer = api.get(f"{PUBLIC}/sleep/versions/1")
    row, body = first_row(article), answer.json()
    assert (answer.status_code, body["code"], body["reason"]) == (410, "suppressed", "privacy")
    assert (body["version"], body["sha256"]) == (1, row.rendering_id)
    assert (body["effective_from"], body["effective_until"]) == (
        at(row.effective_from),
        at(row.effective_until),
    )
    assert body["suppressed_at"] == at(done.visible_at)
    assert answer["Cache-Control"] == "no-store"
    assert {"canonical", "timemap", "timegate", "version-history", "latest-version"} <= set(
        by_rel(answer["Link"])
    )


def test_a_legal_reason_is_451_and_names_who_says_so(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    suppressed(article, by=editor, second=administrator, reason="legal")
    answer = api.get(f"{PUBLIC}/{article.pk}?at={at(when_it_was_public())}")
    assert (answer.status_code, answer.json()["code"]) == (451, "unavailable_for_legal_reasons")
    assert 'rel="blocked-by"' in answer["Link"]


def every_public_answer(api: ApiClient, article: Article) -> list[Any]:
    """Whatever a reader can ask about the article, now and in its past, in every form."""
    past, ids = at(when_it_was_public()), (article.pk, "sleep")
    gate = {"accept-datetime": "Sun, 01 Jan 2023 00:00:00 GMT"}
    answers = []
    for name in ids:
        for path in (
            *("", f"?at={past}", f"?at={past}&fields=title,body", "/versions", "/versions/1", "/versions/2"),
            *("/versions?format=link-format", "/diff?base=1&head=2", "/diff?base=1&head=2&format=html"),
            *("/diff?base=2&head=2", "/comments"),
        ):
            answers.append(api.get(f"{PUBLIC}/{name}{path}"))
            answers.append(api.get(f"{PUBLIC}/{name}{path}", headers={"accept": "text/html"}))
        answers.append(api.get(f"{PUBLIC}/{name}/timegate", headers=gate))
    for query in (
        "",
        f"at={past}",
        f"at={past}&locale=en",
        f"at={past}&topic=topic-sleep",
        f"at={past}&ordering=title",
    ):
        answers.append(api.get(f"{PUBLIC}?{query}"))
        answers.append(api.get(f"{PUBLIC}?{query}", headers={"accept": "text/html"}))
    return answers


def test_the_planted_string_is_nowhere_public(
    article: Article, editor: User, administrator: User, api: ApiClient, caplog: pytest.LogCaptureFixture
) -> None:
    told = [
        answer for answer in every_public_answer(api, article) if SECRET in answer.content.decode().lower()
    ]
    assert len(told) > 20
    suppressed(article, by=editor, second=administrator)
    caplog.clear()
    for answer in every_public_answer(api, article):
        assert answer.status_code < 500
        assert SECRET not in answer.content.decode().lower()
        assert SECRET not in str(dict(answer.headers)).lower()
    assert SECRET not in caplog.text.lower()


def test_lists_of_the_past_show_no_card_and_count_none(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    url = f"{PUBLIC}?at={at(when_it_was_public())}&count=true"
    assert api.get(url).json()["count"] == 1
    suppressed(article, by=editor, second=administrator)
    assert (api.get(url).json()["count"], api.get(url).json()["results"]) == (0, [])
    assert api.get(f"{PUBLIC}?count=true").json()["count"] == 1


def test_versions_keep_dates_and_hash(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    before = api.get(f"{PUBLIC}/sleep/versions").json()["results"]
    done = suppressed(article, by=editor, second=administrator)
    first, second = api.get(f"{PUBLIC}/sleep/versions").json()["results"]
    assert first == before[0] | {
        "change_note": "",
        "suppressed": {"reason": "privacy", "at": at(done.visible_at)},
    }
    assert second == before[1]
    assert first["sha256"] == first_row(article).rendering_id


def test_the_timemap_keeps_the_entry_and_the_timegate_passes_it_over(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    timemap = f"{PUBLIC}/{article.pk}/versions?format=link-format"
    before = api.get(timemap).content
    suppressed(article, by=editor, second=administrator)
    assert api.get(timemap).content == before
    gate = api.get(
        f"{PUBLIC}/{article.pk}/timegate", headers={"accept-datetime": "Sun, 01 Jan 2023 00:00:00 GMT"}
    )
    second = rows(article)[1]
    assert gate["Location"].endswith(f"?at={at(second.effective_from)}")
    assert at(first_row(article).effective_from) not in gate["Link"]


def test_mementos_name_no_neighbour_that_is_out_of_reach(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    suppressed(article, by=editor, second=administrator)
    answer = api.get(f"{PUBLIC}/{article.pk}?at={at(rows(article)[1].effective_from)}")
    assert answer.status_code == 200
    assert at(first_row(article).effective_from) not in answer["Link"]


def test_a_tag_that_was_read_before_is_answered_without_the_text(
    article: Article, editor: User, administrator: User, api: ApiClient
) -> None:
    url = f"{PUBLIC}/{article.pk}?at={at(when_it_was_public())}"
    etag = api.get(url)["ETag"]
    suppressed(article, by=editor, second=administrator)
    assert api.get(url, headers={"if-none-match": etag}).status_code == 410


def test_a_present_read_asks_nothing_more(
    article: Article,
    editor: User,
    administrator: User,
    api: ApiClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    suppressed(article, by=editor, second=administrator)
    api.get(f"{PUBLIC}/{article.pk}?locale=en")
    with django_assert_num_queries(1) as captured:  # the row with its bytes
        api.get(f"{PUBLIC}/{article.pk}?locale=en")
    assert not any("suppress" in query["sql"] for query in captured.captured_queries)
    with django_assert_num_queries(2) as captured:  # the rows; the transition before now, with the next one
        api.get(PUBLIC)
    assert not any("suppress" in query["sql"] for query in captured.captured_queries)


def test_the_desk_sees_that_it_is_suppressed_and_reads_it_still(
    article: Article, editor: User, administrator: User, as_author: ApiClient
) -> None:
    done = suppressed(article, by=editor, second=administrator)
    said = {"reason": "privacy", "at": at(done.visible_at)}
    for place in ("timeline", "publications"):
        listed = as_author.get(f"{DESK}/{article.pk}/{place}").json()["results"]
        assert [row["suppressed"] for row in listed] == [said, None]
    revisions = as_author.get(f"{DESK}/{article.pk}/revisions").json()["results"]
    assert [(row["number"], row["suppressed"]) for row in revisions] == [(2, None), (1, said)]
    first = as_author.get(f"{DESK}/{article.pk}/revisions/1").json()
    assert first["suppressed"] == said
    assert SECRET in first["content"]["title"]
    diff = as_author.get(f"{DESK}/{article.pk}/diff?base=1&head=2").json()
    assert (diff["base"]["revision"]["suppressed"], diff["head"]["revision"]["suppressed"]) == (said, None)


def test_who_may_ask_and_confirm(
    article: Article,
    as_author: ApiClient,
    as_reviewer: ApiClient,
    as_editor: ApiClient,
    speaking_for: Any,
    editor: User,
) -> None:
    for client in (as_author, as_reviewer):
        assert ask(client, article).status_code == 403
    made = ask(as_editor, article).json()
    for client in (as_author, as_reviewer):
        assert confirm(client, article, made["id"]).status_code == 403
        assert client.get(f"{DESK}/{article.pk}/suppressions").status_code == 403
    another_token = speaking_for(editor)
    for client in (as_editor, another_token):
        answer = confirm(client, article, made["id"])
        assert (answer.status_code, answer.json()["code"]) == (403, "second_person_needed")
    assert not Suppression.objects.in_force().exists()


def test_tags_and_bodies_are_judged(
    article: Article, as_editor: ApiClient, as_administrator: ApiClient
) -> None:
    url = f"{DESK}/{article.pk}/publications/{first_row(article).pk}/suppress"
    assert as_editor.post(url, {"reason": "privacy"}).status_code == 428
    assert ask(as_editor, article, if_match='"r1-1"').status_code == 412
    for body in (
        {},
        {"reason": "whim"},
        {"reason": "harm", "other": 1},
        {"reason": "harm", "note": "x" * 2001},
    ):
        assert ask(as_editor, article, body).status_code == 422, body
    assert as_editor.post(f"{url}?x=1", {"reason": "harm"}).status_code == 400
    made = ask(as_editor, article).json()
    again = ask(as_administrator, article)
    assert (again.status_code, again.json()["code"]) == (409, "already_suppressed")
    bare = f"{DESK}/{article.pk}/suppressions/{made['id']}"
    assert as_administrator.post(f"{bare}/confirm").status_code == 428
    assert as_administrator.delete(bare).status_code == 428


def test_what_is_public_is_refused(article: Article, as_editor: ApiClient) -> None:
    live = rows(article)[1]
    answer = as_editor.post(
        f"{DESK}/{article.pk}/publications/{live.pk}/suppress",
        {"reason": "harm"},
        headers={"if-match": fresh(article).etag},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "still_public")


def test_a_request_sent_twice_is_made_once(
    article: Article, as_editor: ApiClient, as_administrator: ApiClient
) -> None:
    etag = fresh(article).etag
    answers = [ask(as_editor, article, if_match=etag, idempotency_key="ask") for _ in range(2)]
    assert answers[0].content == answers[1].content
    id_, etag = answers[0].json()["id"], fresh(article).etag
    done = [confirm(as_administrator, article, id_, if_match=etag, idempotency_key="do") for _ in range(2)]
    assert [answer.status_code for answer in done] == [201, 201]
    assert done[0].content == done[1].content


def test_a_request_is_taken_back(article: Article, as_editor: ApiClient) -> None:
    made = ask(as_editor, article).json()
    url = made["href"]
    assert as_editor.get(url).json()["state"] == "waiting"
    assert as_editor.delete(url, headers={"if-match": made["etag"]}).status_code == 204
    assert as_editor.get(url).status_code == 404
    assert as_editor.get(f"{DESK}/{article.pk}/suppressions").json()["results"] == []


def test_what_waits_is_listed_for_everybody_who_may_confirm(
    article: Article, editor: User, administrator: User, as_administrator: ApiClient
) -> None:
    suppressed(article, by=editor, second=administrator)
    other = an_article(slug="other")
    published(other)
    listed = as_administrator.get("/api/v1/editorial/suppressions?state=waiting").json()
    assert listed["results"] == []
    found = as_administrator.get("/api/v1/editorial/suppressions?state=in_force&limit=1").json()
    assert [row["article"] for row in found["results"]] == [str(article.pk)]
    assert as_administrator.get("/api/v1/editorial/suppressions?state=over").status_code == 400


def test_taking_down_for_a_reason_that_is_about_the_past(
    article: Article, as_editor: ApiClient, as_administrator: ApiClient, api: ApiClient
) -> None:
    url, past = f"{DESK}/{article.pk}/take-down", f"{PUBLIC}/{article.pk}?at={at(when_it_was_public())}"
    sent = {"how": "unpublish", "reason": "privacy"}
    done = as_editor.post(url, sent, headers={"if-match": fresh(article).etag}).json()
    gone = api.get(f"{PUBLIC}/sleep")
    assert (gone.status_code, gone.json()["reason"]) == (410, "privacy")
    assert 'rel="canonical"' in gone["Link"]
    assert 'rel="timemap"' in gone["Link"]
    assert api.get(past).status_code == 200
    waiting = as_administrator.get("/api/v1/editorial/suppressions?state=waiting").json()["results"]
    assert [row["id"] for row in waiting] == [done["suppression"]]
    assert confirm(as_administrator, article, done["suppression"]).status_code == 201
    assert api.get(past).status_code == 410
    gate = api.get(f"{PUBLIC}/{article.pk}/timegate")
    assert (gate.status_code, gate.json()["code"]) == (410, "suppressed")


@pytest.mark.parametrize("sent", [{"reason": "privacy", "keep_history": True}, {"reason": "outdated"}])
def test_a_past_that_is_to_stay_is_not_asked_about(
    article: Article, as_editor: ApiClient, sent: dict[str, Any]
) -> None:
    done = as_editor.post(
        f"{DESK}/{article.pk}/take-down",
        {"how": "unpublish", **sent},
        headers={"if-match": fresh(article).etag},
    )
    assert (done.status_code, done.json()["suppression"]) == (201, None)
    assert not Suppression.objects.exists()


def test_gone_for_a_legal_reason_is_451(article: Article, as_editor: ApiClient, api: ApiClient) -> None:
    sent = {"how": "unpublish", "reason": "legal", "keep_history": True}
    as_editor.post(f"{DESK}/{article.pk}/take-down", sent, headers={"if-match": fresh(article).etag})
    for path in ("", "/versions/3", "/comments"):
        assert api.get(f"{PUBLIC}/{article.pk}{path}").status_code == 451
    assert api.get(f"{PUBLIC}/{article.pk}/versions").status_code == 200


def test_an_editor_asks_and_another_confirms_by_pages_alone(
    article: Article, editor: User, administrator: User, browser_of: Callable[[User | None], Client]
) -> None:
    asking = f"{DESK}/{article.pk}/publications/{first_row(article).pk}/suppress"
    _send(browser_of(editor), asking, reason="harm", note="")
    made = Suppression.objects.get()
    place = f"{DESK}/{article.pk}/suppressions/{made.pk}"
    assert b"waiting" in browser_of(administrator).get(place).content
    _send(browser_of(administrator), f"{place}/confirm")
    made.refresh_from_db()
    assert made.confirmed_by == administrator


def _send(browser: Client, path: str, **fields: str) -> None:
    """Fill in the form of a page and send it, as a browser without JavaScript does."""
    seen = browser.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', seen))
    hidden = {name: value.replace("&quot;", '"') for name, value in hidden.items()}
    answer = browser.post(path, hidden | fields)
    assert answer.status_code == 303, answer.content.decode()[:3000]
