"""Letters to readers: confirmed addresses, replies that then appear at once, and answers that are told of."""

import io
import json
import logging
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import clock
from cms.models import AuditEntry, Letter
from comments import actions, stopping
from comments.models import Comment, CommentPrivate, Confirmation, Contact, Decision, Notice
from comments.models.private import GRADES
from comments.trust import Record, Rules, may_appear_at_once
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import own, thread_url
from tests.letters import OFFERED, mail_server, worked
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600, 86_400
LINK = re.compile(r"http://testserver(/api/v1/\S+)")


@pytest.fixture(autouse=True)
def offered(settings, mailoutbox):
    settings.EMAIL_URL, settings.MAIL_FROM = OFFERED, "post@magazine.example"
    settings.RATE_LIMITS = {name: (1000, seconds) for name, (_, seconds) in settings.RATE_LIMITS.items()}
    return settings


def links(letter) -> list[str]:
    return LINK.findall(letter.body)


def send(api, article, **changes):
    return api.post(thread_url(article), filled(article, **changes))


@pytest.fixture
def confirmed(api, article):
    """A reader who was sent a letter and followed its link; gives the token of trust."""

    def confirm(email="pieter@example.org", **changes):
        send(api, article, author_email=email, remember_me=True, **changes)
        (letter,) = worked()
        return api.post(links(letter)[0]).json()["trust_token"]

    return confirm


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


@pytest.fixture
def asked_for(api, open_article, confirmed):
    """A public reply whose author wants to know of answers, and has confirmed the address."""
    confirmed()
    answer = send(api, open_article, text="What helped you to sleep?", notify_on_reply=True)
    assert answer.status_code == 201
    worked()
    return Comment.objects.get(pk=answer.json()["id"])


def answered(api, article, to, text="A walk did.", **changes):
    changes = {"author_email": "mara@example.org", "author_name": "Mara"} | changes
    return send(api, article, text=text, parent=str(to.pk), **changes).json()


def test_an_answer_is_told_of_once_it_is_public_and_the_letter_tells_nothing(
    api, open_article, asked_for, decided, moderator, settings
):
    held = answered(api, open_article, asked_for, text="See https://example.org.")
    assert worked() == []
    decided(Comment.objects.get(pk=held["id"]), "publish", moderator)
    (letter,) = worked()
    assert letter.to == ["pieter@example.org"]
    assert not re.search(r"example\.org\b(?!>)|walking|sleep|Mara|helped", letter.body, re.IGNORECASE)
    page, stop_one, stop = links(letter)
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://testserver{stop_one}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    settings.FRONTEND_URL_TEMPLATE = "https://magazine.example/{locale}/{slug}"
    gone_to = api.get(page)
    assert (gone_to.status_code, gone_to["Cache-Control"]) == (302, "no-store")
    assert gone_to["Location"] == f"https://magazine.example/en/walking#reply-{held['id']}"
    settings.FRONTEND_URL_TEMPLATE = ""
    assert api.get(page)["Location"] == f"/api/v1/comments/{held['id']}"
    assert stop != stop_one
    decided(Comment.objects.get(pk=held["id"]), "hold", moderator)
    decided(Comment.objects.get(pk=held["id"]), "publish", moderator)
    assert worked() == []
    assert not Letter.objects.exists()


def test_answers_of_an_hour_come_in_one_letter(api, open_article, asked_for, travel):
    first = answered(api, open_article, asked_for)
    assert len(worked()) == 1
    later = [
        answered(api, open_article, asked_for, text=f"And {word}.") for word in ("music", "tea", "quiet")
    ]
    travel(HOUR - 120)
    assert worked() == []
    travel(300)
    (letter,) = worked()
    assert [str(Comment.objects.get(pk=reply["id"]).pk) in letter.body for reply in later] == [True] * 3
    assert first["id"] not in letter.body
    travel(2 * HOUR)
    assert worked() == []


def test_nothing_is_told_of_ones_own_of_what_is_erased_or_to_who_does_not_want_it(
    api, open_article, asked_for, travel
):
    answered(api, open_article, asked_for, author_email="pieter@example.org")
    erased = answered(api, open_article, asked_for, text="Taken back.")
    api.delete(erased["links"]["self"], headers=own(erased["author_token"]))
    assert worked() == []
    deeper = Comment.objects.get(pk=answered(api, open_article, asked_for, text="And music.")["id"])
    assert len(worked()) == 1
    travel(2 * HOUR)
    answered(api, open_article, deeper, text="Which?")
    assert worked() == []  # it answers somebody else
    answered(api, open_article, asked_for, text="Later.")
    actions.erase(comment_id=asked_for.pk, now=clock.now())
    assert worked() == []
    assert not Notice.objects.filter(contact__isnull=False).exists()


def test_letters_end_with_one_click_and_without_signing_in(api, open_article, asked_for, travel):
    answered(api, open_article, asked_for)
    _, stop_one, stop = links(worked()[0])
    for address in (stop_one, stop):
        assert api.get(address).json()["done"] is False
    assert CommentPrivate.objects.get(pk=asked_for.pk).notify
    one_click = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
    for _ in range(2):
        assert ApiClient().generic("POST", stop_one, **one_click).json()["done"] is True
    assert not CommentPrivate.objects.get(pk=asked_for.pk).notify
    assert Contact.objects.get(comments=asked_for.pk).muted_at is None
    assert ApiClient().generic("POST", stop, **one_click).status_code == 200
    assert Contact.objects.get(comments=asked_for.pk).muted_at is not None
    travel(2 * HOUR)
    answered(api, open_article, asked_for)
    send(api, open_article, remember_me=True)
    assert worked() == []
    for forged in (stop[:-1] + ("0" if stop[-1] != "0" else "1"), stop.replace("ku_a", "ku_r"), f"{stop}0"):
        assert api.post(forged).status_code == 404
    assert stopping.read("ku_" + "é" * 65) is None


def test_an_address_that_does_not_exist_is_muted_by_the_first_letter(api, article, settings):
    with mail_server({"pieter@example.org": "550 5.1.1 Unknown"}) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        send(api, article, remember_me=True)
        worked()
    assert Contact.objects.get().muted_at is not None


def test_moderators_and_administrators_mute_without_seeing_or_learning_anything(
    api, article, as_moderator, as_author
):
    sent = send(api, article, remember_me=True).json()
    comment = Comment.objects.get(pk=sent["id"])
    path = f"/api/v1/editorial/comments/{comment.pk}/mute-author"
    assert as_author.post(path, headers={"If-Match": comment.etag}).status_code == 403
    assert as_moderator.post(path).status_code == 428
    assert as_moderator.post(path, headers={"If-Match": '"v9-9"'}).status_code == 412
    assert Contact.objects.get().muted_at is None
    assert as_moderator.post(path, headers={"If-Match": comment.etag}).status_code == 204
    assert Contact.objects.get().muted_at is not None
    assert worked() == []
    entry = AuditEntry.objects.get(verb="comment.mute_author")
    assert (entry.subject, entry.actor.username, entry.detail) == (comment.pk, "moderator", {})


def test_an_address_is_muted_from_standard_input(article, replied, monkeypatch):
    comment = replied(article).comment
    said = []
    for typed in ("nobody@example.org\n", "Pieter@example.org\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        out = io.StringIO()
        call_command("mute_address", stdout=out)
        said.append(out.getvalue())
    assert said[0] == said[1]
    assert Contact.objects.get(comments=comment.pk).muted_at is not None
    monkeypatch.setattr("sys.stdin", io.StringIO("nothing"))
    with pytest.raises(CommandError, match="holds no e-mail address"):
        call_command("mute_address")


def test_who_is_erased_gets_no_letter_and_leaves_none(api, article, travel):
    answer = send(api, article, remember_me=True).json()
    api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
    assert worked() == []
    assert not Letter.objects.exists()
    assert not Contact.objects.exists()


def test_the_author_changes_that_wish_at_any_time(api, article, travel):
    answer = send(api, article).json()
    travel(3 * HOUR)  # the words can no longer be changed
    headers = own(answer["author_token"])

    def patch(tag='"v1-1"', **changes):
        return api.patch(answer["links"]["self"], changes, headers=headers | {"If-Match": tag})

    assert patch('"v9-1"', notify_on_reply=True).status_code == 412
    assert patch(notify_on_reply=True, text="Other.").json()["code"] == "edit_window_over"
    assert not CommentPrivate.objects.get().notify
    changed = patch(notify_on_reply=True)
    assert (changed.status_code, changed.json()["notify_on_reply"]) == (200, True)
    assert len(worked()) == 1
    assert patch(notify_on_reply=False).json()["notify_on_reply"] is False
    api.delete(answer["links"]["self"], headers=headers)
    assert patch(notify_on_reply=True).json()["code"] == "reply_erased"


def test_the_form_offers_what_the_site_can_keep(api, article, settings):
    def ticked():
        fields = api.get(f"/api/v1/articles/{article.pk}/comment-form").json()["fields"]
        return [field["name"] for field in fields if field["type"] == "checkbox"]

    assert ticked() == ["notify_on_reply", "remember_me"]
    settings.EMAIL_URL = ""
    assert ticked() == []


def test_the_reader_sees_whether_letters_were_asked_for(api, article):
    for wanted in (True, False):
        answer = send(api, article, notify_on_reply=wanted).json()
        seen = api.get(answer["links"]["self"], headers=own(answer["author_token"])).json()
        assert seen["notify_on_reply"] is wanted
    refused = send(api, article, notify_on_reply="yes")
    assert json.loads(refused.content)["errors"][0]["pointer"] == "/notify_on_reply"
