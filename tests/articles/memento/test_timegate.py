"""GET /api/v1/articles/{slug}/timegate: datetime negotiation (RFC 7089)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article
from tests.articles.api.walking import local
from tests.articles.memento.links import by_rel, datetimes, rfc1123, rfc3339
from tests.builders import (
    DAY,
    SECOND,
    a_published_article,
    a_revision,
    ago,
    ahead,
    an_article,
    published,
    rows,
    taken_down,
    with_past,
)
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles"
GATE = f"{ARTICLES}/sleep/timegate"
Travel = Callable[[float], datetime]


@pytest.fixture
def article() -> Article:
    """Served in three states, which began nine, six and three days ago."""
    return with_past(an_article(), ago(days=9), ago(days=6), ago(days=3))


def ask(api: ApiClient, instant: datetime | None, gate: str = GATE) -> Any:
    headers = {} if instant is None else {"accept-datetime": rfc1123(instant)}
    answer = api.get(gate, headers=headers)
    assert answer.status_code == 302, answer.content
    return answer


def memento(article: Article, index: int) -> str:
    return f"http://testserver{ARTICLES}/{article.pk}?at={rfc3339(rows(article)[index].effective_from)}"


def test_a_date_leads_to_the_bytes_that_were_served_then(api: ApiClient, article: Article) -> None:
    for index, row in enumerate(rows(article)):
        for instant in (row.effective_from, row.effective_from + SECOND, row.effective_from + 2 * DAY):
            answer = ask(api, instant)
            assert answer["Location"] == memento(article, index)
            found = api.get(local(answer["Location"]))
            assert (found.status_code, found.content) == (200, bytes(row.rendering.body))
            assert found["Memento-Datetime"] == rfc1123(row.effective_from)


def test_a_second_before_a_state_began_is_the_state_before(api: ApiClient, article: Article) -> None:
    third = rows(article)[2].effective_from
    assert ask(api, third - SECOND)["Location"] == memento(article, 1)


def test_without_a_date_it_leads_to_the_newest(api: ApiClient, article: Article) -> None:
    assert ask(api, None)["Location"] == memento(article, 2)


def test_a_date_before_the_first_state_leads_to_the_first(api: ApiClient, article: Article) -> None:
    assert ask(api, datetime(1000, 1, 1))["Location"] == memento(article, 0)
    assert ask(api, ago(days=9) - SECOND)["Location"] == memento(article, 0)


def test_a_date_ahead_leads_to_the_newest_and_tells_nothing_of_what_is_scheduled(
    api: ApiClient, article: Article
) -> None:
    published(article, effective_from=ahead(days=1))
    for instant in (ahead(days=2), datetime(9999, 12, 31)):
        answer = ask(api, instant)
        assert answer["Location"] == memento(article, 2)
        assert rfc3339(ahead(days=1))[:10] not in answer["Link"]


def test_the_answer_says_what_it_varies_on_and_is_never_stored(api: ApiClient, article: Article) -> None:
    answer = ask(api, ago(days=5))
    assert (answer["Vary"], answer["Cache-Control"]) == ("accept-datetime", "no-store")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Memento-Datetime" not in answer
    assert answer.content == b""


def test_it_names_the_original_and_the_states_around_the_chosen_one(api: ApiClient, article: Article) -> None:
    first, second, third = (row.effective_from for row in rows(article))
    header = ask(api, ago(days=5))["Link"]
    links, dates = by_rel(header), datetimes(header)
    assert links["original"] == f"{ARTICLES}/{article.pk}"
    assert links["timegate"] == f"{ARTICLES}/{article.pk}/timegate"
    assert {rel: dates[rel] for rel in ("first", "prev", "next", "last")} == {
        "first": rfc1123(first),
        "prev": rfc1123(first),
        "next": rfc1123(third),
        "last": rfc1123(third),
    }
    assert rfc1123(second) in header


def test_head_says_the_same(api: ApiClient, article: Article) -> None:
    headers = {"accept-datetime": rfc1123(ago(days=5))}
    get, head = api.get(GATE, headers=headers), api.head(GATE, headers=headers)
    for name in ("Location", "Link", "Vary", "Cache-Control"):
        assert head[name] == get[name]
    assert head.status_code == 302


def test_slug_old_slug_and_id_are_one_gate(api: ApiClient, article: Article, travel: Travel) -> None:
    a_revision(article, slug="sleeping")
    published(article)
    travel(2)
    places = {
        ask(api, ago(days=5), f"{ARTICLES}/{name}/timegate")["Location"]
        for name in ("sleep", "sleeping", article.pk)
    }
    assert places == {memento(article, 1)}


def test_a_slug_of_several_locales_needs_one(api: ApiClient) -> None:
    french = a_published_article(locale="fr")
    german = a_published_article(locale="de")
    answer = api.get(GATE)
    assert (answer.status_code, answer.json()["code"]) == (404, "locale_needed")
    for article in (french, german):
        assert ask(api, None, f"{GATE}?locale={article.locale}")["Location"] == memento(article, 0)


def test_a_time_at_which_it_was_gone_leads_to_the_last_state_before(
    api: ApiClient, article: Article, travel: Travel
) -> None:
    taken_down(article, reason="harm")
    travel(3600)
    gone = ask(api, ago(seconds=60))
    assert gone["Location"] == memento(article, 2)
    assert "next" not in by_rel(gone["Link"])
    published(article)
    travel(3600)
    assert ask(api, ago(seconds=3700))["Location"] == memento(article, 2)
    assert ask(api, ago(seconds=1))["Location"] == memento(article, 4)
    assert by_rel(ask(api, ago(seconds=3700))["Link"])["next"] == local(memento(article, 4))


def test_a_withdrawn_text_is_a_state_of_its_own(api: ApiClient, article: Article, travel: Travel) -> None:
    taken_down(article, "withdraw", explanation="Outdated.")
    travel(3600)
    found = api.get(local(ask(api, ago(seconds=60))["Location"]))
    assert found.json()["withdrawal"]["explanation"] == "Outdated."


def test_a_text_that_was_rendered_anew_has_both_its_states(api: ApiClient) -> None:
    article = with_past(an_article(), ago(days=4), ago(days=2), update_type="rerender")
    assert [row.version for row in rows(article)] == [1, 1]
    assert ask(api, ago(days=3))["Location"] == memento(article, 0)
    assert ask(api, ago(days=1))["Location"] == memento(article, 1)
    assert api.get(f"{ARTICLES}/sleep/versions/1")["Memento-Datetime"] == rfc1123(
        rows(article)[1].effective_from
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2026-03-01T12:00:00Z",
        "Mon, 01 Mar 2026 12:00:00 GMT",
        "Sun, 01 Mar 2026 12:00:00 CET",
    ],
)
def test_a_date_that_cannot_be_read_is_400(api: ApiClient, article: Article, value: str) -> None:
    answer = api.get(GATE, headers={"accept-datetime": value})
    assert (answer.status_code, answer.json()["code"]) == (400, "accept_datetime_invalid")
    assert answer.json()["errors"][0]["parameter"] == "Accept-Datetime"
    assert answer["Cache-Control"] == "no-store"


def test_what_was_never_public_has_no_gate(api: ApiClient) -> None:
    draft, scheduled = an_article(slug="draft"), an_article(slug="scheduled")
    published(scheduled, effective_from=ahead(days=1))
    answers = [
        api.get(f"{ARTICLES}/{name}/timegate", headers={"accept-datetime": rfc1123(ahead(days=2))})
        for name in ("draft", "scheduled", "free", draft.pk, scheduled.pk)
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not_found")}
    assert len({answer.json()["detail"] for answer in answers}) == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_here(api: ApiClient, article: Article, method: str) -> None:
    answer = getattr(api, method)(GATE, {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_unknown_parameter_is_refused(api: ApiClient, article: Article) -> None:
    answer = api.get(f"{GATE}?at=2026-01-01T00:00:00Z")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")
