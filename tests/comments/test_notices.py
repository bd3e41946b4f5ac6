"""Answers that are told of by letter, how letters end, and addresses that get none any more."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from cms import clock
from cms.models import AuditEntry, Letter
from comments import actions, stopping
from comments.models import Comment, CommentPrivate, Contact, Notice
from tests.client import ApiClient
from tests.comments.mailing import HOUR, links, send
from tests.comments.people import own
from tests.letters import mail_server, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]


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
