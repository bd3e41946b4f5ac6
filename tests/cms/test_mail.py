"""Letters: sealed while they wait, sent once by one worker, tried again, given up, and never in the way of a request."""

import json
import logging
import smtplib

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cms import clock
from cms.env import mail_server as server_of
from cms.ids import uuid7
from cms.mail import Message, outbox, queue, queue_unwritten, subject, withdraw
from cms.mail.refusals import Outcome, outcome_of
from cms.models import Letter
from tests.letters import OFFERED, mail_server, worked
from tests.security.rows import every_row, text_of

ADDRESS, WORDS = "zqxreader@reader.example", "zqxwords"
TOLD: list[object] = []


@pytest.fixture
def offered(settings, db):
    settings.EMAIL_URL, settings.MAIL_FROM = OFFERED, "post@magazine.example"
    settings.MAIL_BOUNCED = f"{__name__}.told"
    TOLD.clear()
    return settings


def told(about, now):
    TOLD.append(about)


def a_letter(about=None, **changes):
    sent = {"to": ADDRESS, "subject": subject("en"), "text": WORDS, **changes}
    queue(Message(**sent), about=about, now=clock.now())


def nothing_to_say(about, facts, now):
    return None


def something_to_say(about, facts, now):
    return Message(ADDRESS, subject("fr"), facts["words"], on_sent=lambda: TOLD.append(about))


class Refusing(EmailBackend):
    """A server that is away; it says to whom the letter was, as servers do."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected(f"no luck for {messages[0].to[0]}")


def test_a_letter_waits_sealed_goes_out_by_a_worker_and_leaves_nothing(offered, mailoutbox):
    a_letter()
    assert mailoutbox == []
    rows = " ".join(text_of(row) for _, row in every_row())
    assert ADDRESS not in rows
    assert WORDS not in rows
    (letter,) = worked()
    assert (letter.to, letter.subject, letter.body) == ([ADDRESS], "A message for you", WORDS)
    assert letter.from_email == "post@magazine.example"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["Message-ID"].endswith("@magazine.example>")
    assert not Letter.objects.exists()
    assert worked() == []


def test_sender_and_subject_are_the_sites_to_choose(offered, mailoutbox):
    offered.MAIL_SENDER, offered.MAIL_SUBJECT = "Post", "News"
    assert subject("fr") == "News"
    a_letter()
    assert worked()[0].from_email == "Post <post@magazine.example>"


def test_a_letter_belongs_to_the_transaction_that_asks_for_it(offered, mailoutbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_letter()
        raise ZeroDivisionError
    assert worked() == []


def test_a_site_without_mail_queues_nothing(db, mailoutbox):
    a_letter()
    queue_unwritten(f"{__name__}.something_to_say", {}, about=uuid7(), now=clock.now())
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_letter_can_be_written_when_it_is_due_or_come_to_nothing(offered, mailoutbox):
    about, now = uuid7(), clock.now()
    queue_unwritten(f"{__name__}.something_to_say", {"words": WORDS}, about=about, now=now)
    queue_unwritten(f"{__name__}.nothing_to_say", {}, about=uuid7(), now=now)
    (letter,) = worked()
    assert (letter.subject, letter.body, TOLD) == ("Un message pour vous", WORDS, [about])
    assert not Letter.objects.exists()


def test_what_is_withdrawn_is_not_sent(offered, mailoutbox):
    about = uuid7()
    a_letter(about)
    withdraw(about)
    assert worked() == []


def test_a_server_that_is_away_is_tried_again_and_in_the_end_no_more(
    offered, mailoutbox, caplog, travel, as_administrator, as_moderator
):
    offered.EMAIL_BACKEND = f"{__name__}.Refusing"
    a_letter(uuid7())
    with caplog.at_level(logging.DEBUG):
        for seconds in (0, *offered.MAIL_RETRIES):
            travel(
                seconds + 61
            )  # the tasks' own clock is not set ahead: it is the sweep that finds the letter
            worked()
            seen = as_administrator.get("/api/v1/editorial/mail").json()
            if seconds == 0:
                assert (seen["waiting"], seen["retried"]) == (1, 1)
    assert (seen["offered"], seen["waiting"], seen["oldest_due_at"]) == (True, 0, None)
    assert seen["given_up"] == {"refused": 0, "exhausted": 1}
    assert as_moderator.get("/api/v1/editorial/mail").status_code == 403
    assert ADDRESS not in caplog.text
    assert ADDRESS not in json.dumps(list(DBTaskResult.objects.values()), default=str)
    letter = Letter.objects.get()
    assert (bytes(letter.sealed), letter.about, TOLD) == (b"", None, [])
    offered.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    travel(31 * 86_400)
    assert worked() == []
    assert not Letter.objects.exists()


def test_over_the_wire_an_address_that_does_not_exist_is_told_and_others_get_their_letters(offered):
    about = uuid7()
    with mail_server({"gone@reader.example": "550 5.1.1 No such user"}) as server:
        offered.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        offered.EMAIL_HOST, offered.EMAIL_PORT = server.server_address
        a_letter(about, to="gone@reader.example")
        a_letter(uuid7(), text="Élise")
        worked()
    assert [about] == TOLD
    (sent,) = server.letters
    assert "Auto-Submitted: auto-generated" in sent
    assert f"To: {ADDRESS}" in sent
    assert Letter.objects.get().reason == "refused"


@pytest.mark.parametrize(
    ("code", "words", "outcome"),
    [
        (550, b"5.1.1 User unknown", Outcome.NO_SUCH_ADDRESS),
        (550, b"User unknown", Outcome.NO_SUCH_ADDRESS),
        (553, b"5.1.3 Bad address", Outcome.NO_SUCH_ADDRESS),
        (550, b"5.2.1 Mailbox disabled", Outcome.NO_SUCH_ADDRESS),
        (552, b"Mailbox full", Outcome.REFUSED),
        (550, b"5.2.2 Over quota", Outcome.REFUSED),
        (550, b"5.7.1 Blocked by policy", Outcome.REFUSED),
        (450, b"4.2.0 Greylisted", Outcome.LATER),
        (421, b"Too busy", Outcome.LATER),
    ],
)
def test_only_a_lasting_answer_about_the_recipient_speaks_of_the_address(code, words, outcome):
    assert outcome_of(smtplib.SMTPRecipientsRefused({"a@b.example": (code, words)})) is outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (smtplib.SMTPDataError(554, b"5.6.0 Bad content"), Outcome.REFUSED),
        (smtplib.SMTPDataError(451, b"Later"), Outcome.LATER),
        (smtplib.SMTPAuthenticationError(535, b"Bad password"), Outcome.LATER),
        (smtplib.SMTPSenderRefused(550, b"No", "post@magazine.example"), Outcome.LATER),
        (TimeoutError(), Outcome.LATER),
    ],
)
def test_what_is_not_about_the_recipient_leaves_the_address_alone(error, outcome):
    assert outcome_of(error) is outcome


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", (False, "", 0, False, False)),
        ("console:", (True, "", 0, False, False)),
        ("smtp://localhost", (True, "localhost", 25, False, False)),
        ("submission://me:p%40ss@mail.example", (True, "mail.example", 587, True, False)),
        ("submissions://me:p%40ss@mail.example:2465/", (True, "mail.example", 2465, False, True)),
    ],
)
def test_the_server_is_named_by_one_address(url, expected):
    found = server_of(url)
    assert (found.offered, found.host, found.port, found.starttls, found.tls) == expected
    assert found.password == ("p@ss" if "@" in url else "")


@pytest.mark.parametrize(
    "url", ["mail.example", "imap://mail.example", "smtp://", "smtp://h:port", "smtp://h?x=1"]
)
def test_an_address_of_no_mail_server_stops_the_start_and_says_what_to_set(url):
    with pytest.raises(ImproperlyConfigured, match="submission://user:password@host"):
        server_of(url)


def test_an_outbox_lets_one_sender_at_a_time_have_a_letter(offered):
    a_letter()
    letter = Letter.objects.get()
    now = clock.now()
    assert outbox.take(letter.pk, now) is not None
    assert outbox.take(letter.pk, now) is None
    assert outbox.take(letter.pk, now + outbox.LEASE) is not None
