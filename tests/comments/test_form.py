"""GET …/comment-form: what a frontend draws, and what is said before anybody writes."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.checks import run_checks

from cms.models import Site
from comments.form_wording import hours_text
from comments.serializers.author import REAL_FIELDS
from tests.client import ApiClient
from tests.comments.people import thread_url

pytestmark = pytest.mark.django_db

HOURS = {
    "time_zone": "Europe/Dublin",
    "weekly": {
        **{day: [["09:00", "12:30"], ["14:00", "17:00"]] for day in ("mon", "tue", "wed")},
        "fri": [["09:00", "12:30"]],
    },
}


def form_of(article: Any) -> str:
    return f"/api/v1/articles/{article.pk}/comment-form"


@pytest.fixture
def site(db: None) -> Site:
    notice = {"privacy_notice_url": "https://review.example/privacy", "privacy_version": "2026-11"}
    return Site.objects.create(name="Kintsugi Review", locales=["en", "fr"], staffed_hours=HOURS, **notice)


def test_the_form_says_all_that_its_writer_should_know_before(api: ApiClient, article, site) -> None:
    shown = api.get(form_of(article)).json()
    assert (shown["policy"], shown["closes_at"], shown["locale"]) == ("hold", None, "en")
    assert shown["moderation"] == "A moderator of the site reads your reply before it appears."
    assert shown["staffed_hours"] == HOURS
    assert "Monday to Wednesday 09:00–12:30 and 14:00–17:00; Friday 09:00–12:30" in shown["hours"]
    assert "Europe/Dublin" in shown["hours"]
    assert "nobody reads" in shown["hours"]
    assert "stays public until you delete it" in shown["visibility"]
    assert "30 minutes" in shown["afterwards"]["text"]
    assert shown["afterwards"]["edit_seconds"] == 1800
    assert shown["privacy_notice"] == {"version": "2026-11", "href": "https://review.example/privacy"}
    assert shown["support"]["href"] == "/api/v1/helplines"
    assert shown["form_token"]["body"] == {"article": str(article.pk)}
    assert (shown["honeypot"]["name"], shown["altcha"]) == ("subject", None)
    assert shown["links"]["submit"] == thread_url(article)


def test_its_fields_are_those_that_are_taken(api: ApiClient, article, site) -> None:
    shown = {field["name"]: field for field in api.get(form_of(article)).json()["fields"]}
    assert shown.keys() < REAL_FIELDS
    assert {name for name, field in shown.items() if field["required"]} == {
        "author_name",
        "author_email",
        "text",
    }
    assert [choice["value"] for choice in shown["display_as"]["choices"]] == ["name", "initials", "anonymous"]
    longest = {name: "x" * field["max_length"] for name, field in shown.items() if field["type"] != "select"}
    for name in ("author_name", "text"):
        reply = {"author_name": "P.", "author_email": "p@example.org", "text": "T.", name: longest[name]}
        assert api.post(thread_url(article), reply).status_code == 202
        too_long = api.post(thread_url(article), reply | {name: longest[name] + "x"})
        assert too_long.json()["errors"][0]["pointer"] == f"/{name}"


def test_it_is_cached_as_the_article_and_revalidated(api: ApiClient, article, site) -> None:
    first = api.get(form_of(article))
    assert first["Cache-Control"].startswith("public, max-age=")
    assert f"comments-{article.pk}" in first["Cache-Tag"]
    assert first["Vary"] == "Accept-Encoding"
    again = api.get(form_of(article), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_closing_thread_says_when_and_a_closed_one_that_it_is(api: ApiClient, published, site) -> None:
    closing = published("publish", slug="closing", comments_close_at="2100-01-01T00:00:00Z")
    shown = api.get(form_of(closing)).json()
    assert (shown["policy"], shown["closes_at"]) == ("publish", "2100-01-01T00:00:00Z")
    assert "at once" in shown["moderation"]
    closed = api.get(form_of(published("closed", slug="closed"))).json()
    assert "no new replies" in closed["moderation"]
    assert "open" not in json.dumps(closed["policy"])


def test_a_french_article_has_a_french_form_and_no_hours_is_said_too(api: ApiClient, published) -> None:
    french = published("hold", slug="le-sommeil", locale="fr")
    shown = api.get("/api/v1/articles/le-sommeil/comment-form?locale=fr").json()
    assert shown["article"] == str(french.pk)
    assert shown["fields"][0]["label"] == "Nom"
    assert "peut prendre des jours" in shown["hours"]
    assert shown["privacy_notice"]["href"] is None


def test_what_is_not_there_has_no_form(api: ApiClient, article) -> None:
    assert api.get("/api/v1/articles/nothing/comment-form").status_code == 404
    assert api.get(f"{form_of(article)}?at=2026-01-01T00:00:00Z").status_code == 400


def test_no_sentence_says_that_somebody_watches_or_what_time_it_is(api: ApiClient, article, site) -> None:
    shown = api.get(form_of(article))
    assert not any(
        word in shown.content.decode().lower() for word in ("watch", "monitored", "24/7", "now open")
    )
    assert datetime.now(UTC).date().isoformat() not in shown.content.decode()


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ({"sun": [["10:00", "12:00"]]}, "Sunday 10:00–12:00 (time zone UTC)"),
        ({"mon": [], "tue": [["08:00", "09:00"]]}, "Tuesday 08:00–09:00 ("),
        ({}, "no fixed hours"),
    ],
)
def test_hours_are_told_in_words(weekly: dict, said: str) -> None:
    assert said in hours_text({"time_zone": "UTC", "weekly": weekly} if weekly else {}, "en")


def test_a_site_may_ask_for_a_proof_and_for_no_honeypot(api: ApiClient, article, settings) -> None:
    settings.COMMENT_ALTCHA, settings.COMMENT_HONEYPOT = True, ""
    shown = api.get(form_of(article)).json()
    assert shown["altcha"] == {"challenge_href": "/api/v1/form-tokens/challenge"}
    assert shown["honeypot"] is None


@pytest.mark.parametrize("name", ["text", "form_token", "Sub ject", "x" * 41])
def test_a_honeypot_that_would_catch_people_is_an_error_of_the_settings(settings, name) -> None:
    settings.COMMENT_HONEYPOT = name
    assert "comments.E001" in [message.id for message in run_checks()]
