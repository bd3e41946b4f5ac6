"""Letters to readers: addresses that are confirmed, and replies that then appear at once."""

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import clock
from cms.models import AuditEntry, Letter
from comments.models import Comment, CommentPrivate, Confirmation, Contact, Decision
from comments.models.private import GRADES
from comments.trust import Record, Rules, may_appear_at_once
from tests.comments.mailing import DAY, links, send
from tests.letters import worked
from tests.security.rows import every_row, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]


def test_an_address_is_confirmed_by_its_owner_and_by_nothing_else(api, article, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = send(api, article, author_email="zqxreader@example.org", remember_me=True, locale="fr-CA")
        assert "un message avec un lien" in answer.json()["letter"]
        assert "zqxreader" not in " ".join(text_of(row) for _, row in every_row())
        (letter,) = worked()
    assert (letter.to, letter.subject) == (["zqxreader@example.org"], "Un message pour vous")
    assert not re.search(r"sleep|Pieter|Thank you|Kintsugi", letter.body, re.IGNORECASE)
    link, stop = links(letter)
    token = link.rpartition("/")[2]
    assert token not in " ".join(text_of(row) for _, row in every_row())
    assert "zqxreader" not in caplog.text
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://testserver{stop}>"

    for _ in range(2):  # a program that looks at mail follows links
        seen = api.get(link, headers={"Accept-Language": "fr-CA,fr;q=0.9"})
        assert seen.json() | {"text": ""} == {"text": "", "button": "Confirmer cette adresse", "done": False}
    assert (seen["Cache-Control"], seen["X-Robots-Tag"]) == ("no-store", "noindex")
    assert api.head(link).status_code == 200
    assert Contact.objects.get().confirmed_at is None

    done = api.post(link)
    assert done.json()["done"]
    assert done.json()["trust_token"].startswith("kc_")
    assert done.json()["trust_token"] not in " ".join(text_of(row) for _, row in every_row())
    assert [api.post(link).status_code, api.get(link).status_code] == [404, 404]
    assert Contact.objects.get().confirmed_at is not None
    entry = AuditEntry.objects.get(verb="contact.confirm")
    assert (entry.actor, entry.detail) == (None, {})


def test_the_link_is_a_page_with_a_button_for_a_person(api, article, browser_of):
    send(api, article, notify_on_reply=True)
    link = links(worked()[0])[0]
    browser = browser_of(None)
    page = browser.get(link)
    assert page["Content-Type"].startswith("text/html")
    assert f'<form method="post" action="{link}">' in page.content.decode()
    assert "Set-Cookie" not in page
    pressed = browser.post(link, {})
    assert "kc_" in pressed.content.decode()
    assert "<form" not in pressed.content.decode()
    assert browser.get(link).status_code == 404


def test_a_frontend_may_have_a_page_of_its_own(api, article, settings):
    settings.CONFIRMATION_URL_TEMPLATE = "https://magazine.example/confirm#{token}"
    send(api, article, remember_me=True)
    assert "https://magazine.example/confirm#kl_" in worked()[0].body


def test_a_link_is_good_for_two_days(api, article, travel):
    send(api, article, remember_me=True)
    link = links(worked()[0])[0]
    travel(2 * DAY - 5)
    assert api.get(link).status_code == 200
    travel(10)
    assert [api.get(link).status_code, api.post(link).status_code] == [404, 404]


def test_no_answer_and_no_count_of_statements_tells_what_is_known_of_an_address(
    api, article, confirmed, travel
):
    token = confirmed("confirmed@example.org")
    send(api, article, author_email="known@example.org")
    send(api, article, author_email="muted@example.org", text="Before.")
    Contact.objects.filter(comments__comment__versions__text="Before.").update(muted_at=clock.now())
    send(api, article, author_email="asked@example.org", remember_me=True, text="Again.")
    seen = set()
    for name in ("unknown", "known", "confirmed", "muted", "asked"):
        asked = {"notify_on_reply": True, "remember_me": True, "trust_token": f"kc_{'x' * 43}"}
        with CaptureQueriesContext(connection) as queries:
            answer = send(api, article, author_email=f"{name}@example.org", text="Again.", **asked)
        # One request in sixteen, at random, also drops digests of texts that are too old.
        asked_for = [query for query in queries.captured_queries if not query["sql"].startswith("DELETE")]
        seen.add((answer.status_code, tuple(sorted(answer.json())), answer.json()["letter"], len(asked_for)))
    assert len(seen) == 1
    travel(1)
    assert {letter.to[0] for letter in worked()} == {
        "unknown@example.org",
        "known@example.org",
        "asked@example.org",
    }
    assert token


def test_one_letter_in_two_days_however_often_somebody_asks(api, article, confirmed, travel):
    confirmed()
    for _ in range(3):
        send(api, article, remember_me=True, notify_on_reply=True)
    assert worked() == []
    travel(2 * DAY)
    send(api, article, notify_on_reply=True)
    assert worked() == []  # confirmed already: nothing to ask
    send(api, article, remember_me=True)
    assert len(worked()) == 1
    assert Confirmation.objects.count() == 1


def test_a_site_without_mail_offers_nothing_and_takes_the_reply(api, article, settings):
    settings.EMAIL_URL = ""
    answer = send(api, article, remember_me=True, notify_on_reply=True)
    assert (answer.status_code, answer.json()["letter"]) == (202, None)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("published", "refused", "lately", "at_once"),
    [
        (2, 0, False, False),
        (3, 0, False, True),
        (3, 0, True, False),
        (5, 1, False, False),
        (6, 1, False, True),
        (6, 1, True, False),
        (8, 2, False, False),
        (9, 2, False, True),
        (0, 0, False, False),
    ],
)
def test_trust_is_earned_and_decays(published, refused, lately, at_once):
    rules = Rules(published=3, refusal=3, quiet_days=30)
    assert may_appear_at_once(Record(published, refused, lately), rules) is at_once


def test_with_a_token_and_a_record_a_reply_appears_though_the_article_holds_them(
    api, article, published, replied, decided, moderator, confirmed, travel
):
    token = confirmed()
    held = Comment.objects.get()

    def status(**changes):
        return send(api, article, **({"trust_token": token} | changes)).status_code

    assert status(text="No record yet.") == 202
    past = [replied(article, f"Thanks {n}.").comment for n in range(2)]
    decided(held, "publish", moderator)
    assert status(text="Three are public.") == 201
    ruling = Decision.objects.order_by("-id")[0]
    assert (ruling.decision, ruling.rule, ruling.decided_by) == ("publish", "trust", None)
    for changes in (
        {"text": "See https://example.org/more of it."},
        {"author_website": "https://example.org"},
        {"text": "Sometimes I think of killing myself."},
        {"text": "I have psilocybin for sale, write to me on telegram @seller99."},
        {"author_email": "other@example.org"},
        {"trust_token": f"kc_{'y' * 43}"},
        {"trust_token": "nonsense"},
        {"trust_token": ""},
    ):
        assert status(**({"text": "Another thought of mine."} | changes)) == 202, changes
    closed = published("closed", slug="closed")
    assert send(api, closed, trust_token=token).status_code == 409

    decided(past[0], "remove", moderator, reason="hurtful")
    assert status(text="After a removal.") == 202
    CommentPrivate.objects.filter(pk=past[0].pk).update(urgency=1)  # it spoke of self-harm: that is no strike
    assert status(text="Not held against anybody.") == 201

    CommentPrivate.objects.filter(pk=past[0].pk).update(urgency=3)  # as when grades are no longer kept
    send(api, article, text="One more.", trust_token=token)
    travel(29 * DAY)
    assert status(text="Not quiet for long enough.") == 202
    travel(60 * DAY)
    assert status(text="No longer, though it costs three points.") == 202
    travel(2 * DAY)
    assert status(text="It counts no more.") == 201
    send(api, article, remember_me=True)
    (letter,) = worked()
    newer = api.post(links(letter)[0]).json()["trust_token"]
    assert status(text="With the old token.") == 202
    assert status(text="With the new token.", trust_token=newer) == 201


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("My brother was suicidal for a year.", "mention"),
        ("Sometimes I think of killing myself.", "concern"),
        ("I am going to kill myself tonight.", "immediate"),
    ],
)
def test_what_speaks_of_self_harm_waits_for_a_person_however_trusted_its_author(
    api, article, open_article, replied, decided, moderator, confirmed, text, grade
):
    token = confirmed()
    decided(Comment.objects.get(), "publish", moderator)
    for number in range(3):
        replied(article, f"Thanks {number}.")
    assert send(api, article, text="Another thought.", trust_token=token).status_code == 201
    for thread in (article, open_article):
        answer = send(api, thread, text=text, trust_token=token)
        assert answer.status_code == 202
        comment = Comment.objects.get(pk=answer.json()["id"])
        (ruling,) = comment.decisions.all()
        assert (comment.state, comment.private.queue) == ("held", "waiting")
        assert GRADES[3 - comment.private.urgency] == grade
        assert (ruling.decision, ruling.decided_by) == ("hold", None)
