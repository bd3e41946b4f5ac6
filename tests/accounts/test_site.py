"""/api/v1/editorial/site: what of the magazine as a whole is changed while it serves, by whom, and what is refused."""

import re
from typing import Any

import pytest

from cms.models import AuditEntry, Site
from tests.client import ApiClient

pytestmark = pytest.mark.django_db

PATH = "/api/v1/editorial/site"
HOURS = {"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", "12:30"], ["14:00", "17:00"]]}}


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="Kintsugi Review", locales=["en"], contact="editors@staff.example")


def change(client: ApiClient, **changes: Any) -> Any:
    tag = client.get(PATH)["ETag"]
    return client.patch(PATH, changes, headers={"If-Match": tag})


def test_an_administrator_changes_the_privacy_notice_and_the_hours(api, as_administrator, site) -> None:
    notice = {"privacy_notice_url": "https://review.example/privacy", "privacy_version": "2026-11"}
    answer = change(as_administrator, **notice, staffed_hours=HOURS)
    assert answer.status_code == 200, answer.content
    shown = api.get("/api/v1/site").json()
    assert {name: shown[name] for name in notice} == notice
    assert (shown["staffed_hours"], shown["contact"]) == (HOURS, "editors@staff.example")
    assert answer["ETag"] == as_administrator.get(PATH)["ETag"]
    entry = AuditEntry.objects.get(verb="site.change")
    assert entry.detail == {"fields": ["privacy_notice_url", "privacy_version", "staffed_hours"]}


def test_a_patch_merges_days_and_null_takes_away(as_administrator, site) -> None:
    change(as_administrator, staffed_hours=HOURS)
    friday = {"weekly": {"fri": [["09:00", "11:00"]], "mon": None}}
    kept = change(as_administrator, staffed_hours=friday).json()["staffed_hours"]
    assert kept == {"time_zone": "Europe/Dublin", "weekly": {"fri": [["09:00", "11:00"]]}}
    emptied = change(as_administrator, staffed_hours=None, contact=None).json()
    assert (emptied["staffed_hours"], emptied["contact"]) == ({}, "")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Another"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": None},
        {"privacy_version": "two words"},
        {"privacy_notice_url": "javascript:alert(1)"},
        {"staffed_hours": "always"},
        {"staffed_hours": {"time_zone": "Europe/Dublin"}},
        {"staffed_hours": {"time_zone": "Europe/Dublin", "weekly": {"someday": [["09:00", "10:00"]]}}},
        {"staffed_hours": {"time_zone": "Europe/Dublin", "weekly": {"mon": [["10:00", "09:00"]]}}},
        {"staffed_hours": {"time_zone": "Europe/Dublin", "weekly": {"mon": [["09:00", "24:00"]]}}},
        {"staffed_hours": {**HOURS, "weekly": {"mon": [["09:00", "11:00"], ["10:00", "12:00"]]}}},
        {"staffed_hours": {**HOURS, "holidays": []}},
        {"support_texts": "Call somebody."},
        {"support_texts": {"en": ""}},
        {"support_texts": {"en": " "}},
        {"support_texts": {"en": ["Call somebody."]}},
        {"support_texts": {"en": "x" * 501}},
        {"support_texts": {"en": "Two\nlines."}},
        {"support_texts": {"English (all)": "Call somebody."}},
    ],
)
def test_what_has_no_right_form_changes_nothing(as_administrator, site, changes) -> None:
    answer = change(as_administrator, **changes)
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(changes))}")
    again = Site.objects.get()
    assert (again.name, again.time_zone, again.staffed_hours) == ("Kintsugi Review", "UTC", {})
    assert again.support_texts == {}


def test_a_change_names_what_was_read(as_administrator, site) -> None:
    tag = {"If-Match": as_administrator.get(PATH)["ETag"]}
    assert as_administrator.patch(PATH, {"description": "One."}).status_code == 428
    assert as_administrator.patch(PATH, {"description": "One."}, headers=tag).status_code == 200
    assert as_administrator.patch(PATH, {"description": "Two."}, headers=tag).status_code == 412


WORDS = {
    "description": "On healing.",
    "staffed_hours": HOURS,
    "support_texts": {"fr": "Voici qui peut aider."},
}
POLICY = {
    "contact": "post@staff.example",
    "time_zone": "Europe/Dublin",
    "privacy_notice_url": "https://review.example/privacy",
    "privacy_version": "2",
    "comments_close_after_days": 90,
}


def test_editors_change_words_and_administrators_policy(api, as_editor, as_administrator, site) -> None:
    assert change(as_editor, **WORDS).status_code == 200
    for name, value in POLICY.items():
        refused = change(as_editor, description="Another.", **{name: value})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        assert name in refused.json()["detail"]
    assert change(as_editor, contact=None).status_code == 403
    shown = api.get("/api/v1/site").json()
    assert {name: shown[name] for name in ("description", "staffed_hours")} == {
        name: WORDS[name] for name in ("description", "staffed_hours")
    }
    assert Site.objects.get().support_texts == WORDS["support_texts"]
    assert shown["contact"] == "editors@staff.example"
    assert change(as_administrator, **POLICY, description="Another.").status_code == 200
    changed = AuditEntry.objects.filter(verb="site.change").values_list("actor__username", "detail__fields")
    assert sorted(changed) == [("administrator", sorted([*POLICY, "description"])), ("editor", sorted(WORDS))]


def test_everybody_who_works_here_reads_it_and_nobody_else_changes_it(
    as_author, as_reviewer, as_moderator, site
) -> None:
    for client in (as_author, as_reviewer, as_moderator):
        assert client.get(PATH).status_code == 200
        assert change(client, description="One.").status_code == 403


def test_before_it_is_set_up_there_is_nothing_to_change(as_administrator) -> None:
    assert as_administrator.get(PATH).status_code == 404
    answer = as_administrator.patch(PATH, {"description": "One."}, headers={"If-Match": '"x"'})
    assert answer.status_code == 404


def test_the_page_shows_a_form_of_what_one_may_change(browser_of, administrator, editor, site) -> None:
    page = browser_of(administrator).get(PATH).content.decode()
    assert "Change the site" in page
    assert {*WORDS, *POLICY} == fields(page)
    assert fields(browser_of(editor).get(PATH).content.decode()) == {*WORDS}


def fields(page: str) -> set[str]:
    """Of the form's inputs, those that stand for a field."""
    return set(re.findall(r'<(?:input|textarea|select)[^>]* name="([a-z]\w*)"', page)) - {
        "csrfmiddlewaretoken"
    }
