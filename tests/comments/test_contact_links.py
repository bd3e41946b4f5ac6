"""The link in a letter about one's own replies: pressed twice, cut off in the middle, and its page as a person reads it."""

import logging
import re
from typing import Any

import pytest

from cms import clock, sealing
from cms.logs import JsonLines
from cms.models import AuditEntry
from comments.models import CommentPrivate, CommentVersion, Contact, ContactRequest
from comments.models.requests import PURPOSES
from tests.builders import ahead
from tests.client import ApiClient
from tests.comments.people import form, own, thread_url
from tests.comments.test_at_once import at_once
from tests.comments.test_failures import failing_at, snapshot

MINE = "zqxperson@example.org"
HTML = {"Accept": "text/html"}
MOST_STATEMENTS = 150


def asked(api, article, purpose: str) -> str:
    """The path of the link to two replies of one person."""
    for number in range(2):
        sent = form(author_email=MINE, text=f"zqxtext {number}.", author_name="zqxname")
        assert api.post(thread_url(article), sent).status_code in (201, 202)
    return a_link(purpose)


def a_link(purpose: str, locale: str = "en") -> str:
    token = sealing.new_token("kq_")
    ContactRequest.objects.create(
        contact=Contact.objects.get(),
        purpose=purpose,
        locale=locale,
        token_sha256=sealing.token_digest(token),
        created_at=clock.now(),
        expires_at=ahead(days=1),
    )
    return f"/api/v1/contact-links/{token}"


def effects() -> list[str]:
    found = AuditEntry.objects.filter(verb__startswith="contact.").values_list("verb", flat=True)
    return sorted(found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_two_who_press_at_once_do_it_once_and_both_get_an_answer(api, article, purpose) -> None:
    """Two programs, without a key: the second is told that the link is spent, or gets the copy too."""
    link = asked(api, article, purpose)
    answers = at_once(*[lambda: ApiClient().post(link)] * 2)
    expected = [200, 200] if purpose == "export" else [200, 404]
    assert sorted(answer.status_code for answer in answers) == expected
    done = next(answer.json() for answer in answers if answer.status_code == 200)
    assert effects() == [f"contact.{purpose}"]
    texts = {"", "zqxtext 0.", "zqxtext 1."} if purpose != "erase" else {""}
    assert set(CommentVersion.objects.values_list("text", flat=True)) <= texts
    for reply in done.get("replies", ()):
        assert api.get(reply["href"], headers=own(reply["author_token"])).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_double_click_on_the_page_gets_one_answer_twice(api, article, purpose) -> None:
    link = asked(api, article, purpose)
    sent = pressed(api.get(link, headers=HTML).content.decode())
    first, second = (press(link, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert effects() == [f"contact.{purpose}"]
    keys = re.findall(r"ka_\w+", first.content.decode())
    assert keys == re.findall(r"ka_\w+", second.content.decode())
    assert len(keys) == (2 if purpose == "manage" else 0)
    assert press(link, {"_idempotency_key": "another"}).status_code == (200 if purpose == "export" else 404)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one(api, article) -> None:
    link = asked(api, article, "manage")
    sent = pressed(api.get(link, headers=HTML).content.decode())
    answers = at_once(*[lambda: press(link, sent)] * 4)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.content for answer in answers if answer.status_code == 200}) >= 1
    assert effects() == ["contact.manage"]
    for answer in answers:
        if answer.status_code == 409:
            assert "reload this page" in answer.content.decode()
    again = press(link, sent)  # which is what reloading does
    for key in re.findall(r"ka_\w+", again.content.decode()):
        digest = sealing.token_digest(key)
        assert CommentPrivate.objects.filter(author_token_sha256=digest).exists()


def pressed(page: str) -> dict[str, str]:
    """What the button of a page sends."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def press(link: str, sent: dict[str, str]) -> Any:
    body = "&".join(f"{name}={value}" for name, value in sent.items())
    return ApiClient().post(
        link, body, content_type="application/x-www-form-urlencoded", headers={**HTML, "Origin": "null"}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", PURPOSES)
def test_whichever_statement_fails_nothing_is_half_done_and_nothing_is_told(
    api, article, purpose, caplog
) -> None:
    link = asked(api, article, purpose)
    before = snapshot()
    caplog.clear()
    for number in range(1, MOST_STATEMENTS):
        with failing_at(number), caplog.at_level(logging.INFO):
            answer = api.post(link)
        if answer.status_code == 200:
            break
        assert answer.status_code == 503
        assert snapshot() == before, f"statement {number} left something behind"
        assert effects() == []
        assert "zqx" not in answer.content.decode()
    assert answer.status_code == 200
    assert number > 8
    assert effects() == [f"contact.{purpose}"]
    said = " ".join(map(JsonLines().format, caplog.records))
    assert "contact-links" in said
    assert [word for word in ("zqx", link.rpartition("/")[2]) if word in said] == []


WORDS = {
    "manage": ("Your replies", "A key is a password for one reply", "Show my replies"),
    "export": ("A copy of everything", "your replies, and what became of them", "Show everything"),
    "erase": ("Erase your replies", "ask for a copy first", "Erase everything"),
    "stop_mail": ("No more letters", "Your replies stay as they are", "Stop the letters"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_page_says_what_has_not_happened_and_then_what_has(api, article, purpose) -> None:
    link = asked(api, article, purpose)
    page = api.get(link, headers=HTML).content.decode()
    for words in (*WORDS[purpose], "Nothing has happened yet", "There is no hurry", "/api/v1/helplines"):
        assert words in page, words
    for foreign in ("<script", "JSON", "/api/v1/editorial", "zqx"):
        assert foreign not in page
    done = press(link, pressed(page)).content.decode()
    assert "You can close this page now." in done
    assert "Nothing has happened yet" not in done
    assert "<button" not in done
    if purpose == "manage":
        assert done.count("Its key: <code>ka_") == 2
        assert re.search(r"Sent on \d+ \w+ \d{4}, \d\d:\d\d UTC", done)
        assert "2026-" not in done
    if purpose != "erase":
        gone = api.get(link, headers=HTML)
        assert gone.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "This link does not work any more"), ("fr-CA,fr;q=0.9", "Ce lien ne fonctionne plus")],
)
def test_a_spent_link_is_a_kind_page_without_the_link_in_it(api, db, language, title) -> None:
    for place in ("contact-links/kq_zqx", "confirmations/kl_zqx"):
        answer = api.get(f"/api/v1/{place}", headers={**HTML, "Accept-Language": language})
        page = answer.content.decode()
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        assert f"<h1>{title}</h1>" in page
        assert [word for word in ("zqx", "404", "Editorial", "{") if word in page] == []


@pytest.mark.django_db
def test_a_french_request_has_a_french_page(api, article) -> None:
    asked(api, article, "manage")
    page = api.get(a_link("export", "fr"), headers=HTML).content.decode()
    assert '<html lang="fr">' in page
    assert "Rien ne s’est encore passé" in page
