"""Asking about an address: the same answer for every one, a letter to its owner alone, and a link that is good once."""

import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import AuditEntry, IdempotencyRecord, Letter
from comments import asking
from comments.models import Comment, CommentPrivate, CommentVersion, Contact, ContactRequest
from comments.models.requests import PURPOSES
from tests.comments.people import form, own, thread_url
from tests.letters import OFFERED, worked
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db

ASK = "/api/v1/contact-requests"
MINE = "pieter@example.org"


@pytest.fixture(autouse=True)
def a_site_that_sends_letters(settings) -> None:
    settings.EMAIL_URL = OFFERED


@pytest.fixture
def mine(api, open_article) -> list[dict[str, Any]]:
    """Two replies from one address, and one from another."""
    sent = [
        form(author_email=MINE, text="First.", country="CA", locale="fr", privacy_version="7"),
        form(author_email=MINE, text="Second."),
        form(author_email="another@example.org", author_name="Ines", text="Of somebody else."),
    ]
    return [api.post(thread_url(open_article), each).json() for each in sent]


def link_for(api, purpose: str, email: str = MINE) -> str:
    """The path of the link in the one letter that a request brings."""
    assert api.post(ASK, {"email": email, "purpose": purpose}).status_code == 202
    (letter,) = worked()
    assert letter.to == [email]
    assert "First" not in letter.body
    return re.search(r"/api/v1/contact-links/kq_\w+", letter.body)[0]


def texts() -> set[str]:
    return set(CommentVersion.objects.values_list("text", flat=True))


def test_known_unknown_and_muted_addresses_take_the_same_answer_and_the_same_number_of_statements(
    api, mine
) -> None:
    api.post(
        ASK, {"email": "first@example.org", "purpose": "stop_mail"}
    )  # the first of a network address is counted anew
    Contact.objects.filter(comments=mine[2]["id"]).update(muted_at="2026-01-01T00:00:00Z")
    seen = set()
    for email in (MINE, "nobody@example.org", "another@example.org"):
        with CaptureQueriesContext(connection) as captured:
            answer = api.post(ASK, {"email": email, "purpose": "stop_mail"})
        # Old counts are swept away now and then, by chance and by no address.
        steps = [query["sql"] for query in captured if not re.search("ratewindow|SAVEPOINT", query["sql"])]
        seen.add((answer.status_code, answer.content, len(steps)))
    assert len(seen) == 1
    assert [letter.to for letter in worked()] == [[MINE]]
    assert not Letter.objects.exists()


def test_too_many_letters_for_one_address_are_not_sent_and_nobody_is_told(api, mine) -> None:
    answers = [api.post(ASK, {"email": MINE, "purpose": "manage"}) for _ in range(5)]
    assert {(each.status_code, each.content) for each in answers} == {(202, answers[0].content)}
    assert len(worked()) == 3


def test_too_many_requests_from_one_network_address_are_a_429(api, settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"contact-requests": (1, 600)}
    body = {"email": "nobody@example.org", "purpose": "manage"}
    assert [api.post(ASK, body).status_code for _ in range(2)] == [202, 429]


def test_a_request_that_cannot_be_read_is_refused_without_a_look_at_the_address(api, mine) -> None:
    for body in ({"email": MINE}, {"email": "x", "purpose": "manage"}, {"email": MINE, "purpose": "read"}):
        assert api.post(ASK, body).status_code == 422
    assert api.post(ASK, {"email": MINE, "purpose": "manage", "colour": "red"}).status_code == 422
    assert not ContactRequest.objects.exists()


def test_a_site_without_letters_says_so(api, settings, mine) -> None:
    settings.EMAIL_URL = ""
    answer = api.post(ASK, {"email": MINE, "purpose": "erase", "locale": "fr"}).json()
    assert answer == {"text": asking.received("fr", offered=False), "offered": False}


def test_looking_at_a_link_changes_nothing(api, mine) -> None:
    path = link_for(api, "erase")
    for _ in range(3):
        assert api.get(path).json()["done"] is False
    page = api.get(path, headers={"Accept": "text/html"})
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert '<form method="post"' in page.content.decode()
    assert texts() == {"First.", "Second.", "Of somebody else."}


def test_managing_gives_fresh_tokens_for_the_old_ones(api, mine) -> None:
    done = api.post(link_for(api, "manage")).json()
    assert [reply["id"] for reply in done["replies"]] == [mine[0]["id"], mine[1]["id"]]
    for reply, before in zip(done["replies"], mine, strict=False):
        assert api.get(reply["href"], headers=own(reply["author_token"])).status_code == 200
        assert api.get(reply["href"], headers=own(before["author_token"])).status_code == 404


def test_an_export_holds_everything_of_that_address_and_is_stored_nowhere(
    api, mine, decided, moderator
) -> None:
    decided(Comment.objects.get(pk=mine[1]["id"]), "reject", moderator, reason="hurtful")
    done = api.post(link_for(api, "export"), headers={"Idempotency-Key": "one"}).json()["export"]
    assert done["contact"]["address"] == MINE
    assert [entry["purpose"] for entry in done["contact"]["requests"]] == ["export"]
    first, second = done["replies"]
    told = (first["state"], first["country"], first["locale"], first["privacy_version"])
    assert told == ("held", "CA", "fr", "7")
    assert (first["versions"][0]["text"], first["versions"][0]["name"]) == ("First.", "Pieter van Dam")
    assert second["decisions"][-1]["reason"].startswith("It could hurt")
    assert "Ines" not in json.dumps(done)
    assert moderator.username not in json.dumps(done["replies"][1]["decisions"])
    assert IdempotencyRecord.objects.count() == 0


def test_erasing_takes_every_reply_and_the_address_and_leaves_others(api, mine) -> None:
    path = link_for(api, "erase")
    assert api.post(path).json()["erased"] == 2
    assert texts() == {"", "Of somebody else."}
    assert {Contact.objects.count(), CommentPrivate.objects.filter(contact=None).count()} == {1, 2}
    assert not ContactRequest.objects.exists()
    assert api.get(path).status_code == 404


def test_stopping_letters_mutes_but_what_one_asks_for_still_comes(api, mine) -> None:
    assert api.post(link_for(api, "stop_mail")).json()["done"]
    assert Contact.objects.exclude(muted_at=None).count() == 1
    assert link_for(api, "manage")
    api.post(ASK, {"email": MINE, "purpose": "stop_mail"})
    assert worked() == []


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_is_good_once_for_a_day_and_for_nobody_who_guesses(api, mine, purpose, travel) -> None:
    first, second = link_for(api, purpose), ""
    if purpose in ("manage", "export"):
        second = link_for(api, purpose)
    assert api.post(first).status_code == 200
    if purpose == "export":  # again for a short while: a copy is stored nowhere
        assert api.post(first).json()["export"]["contact"]["address"] == MINE
        travel(121)
    assert api.post(first).status_code == 404
    assert api.post(f"{first[:-1]}x").status_code == 404
    travel(25 * 3600)
    if second:
        assert api.post(second).status_code == 404


def test_the_page_works_in_a_browser_without_script(browser_of, api, mine) -> None:
    browser = browser_of(None)
    page = browser.post(link_for(api, "export"), headers={"origin": "null"})
    assert page.status_code == 200
    assert "First." in page.content.decode()
    assert "<script" not in page.content.decode()


def test_at_a_terminal_an_address_is_exported_and_erased_from_standard_input(mine) -> None:
    def typed(command: str, line: str) -> str:
        out = io.StringIO()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("sys.stdin", io.StringIO(f"{line}\n"))
            call_command(command, stdout=out)
        return out.getvalue()

    assert len(json.loads(typed("export_address", "Pieter@Example.org"))["replies"]) == 2
    assert typed("erase_address", MINE) == "2 replies and the address are erased.\n"
    assert texts() == {"", "Of somebody else."}
    for line in (MINE, "no address"):
        with pytest.raises(CommandError):
            typed("erase_address", line)


def test_an_administrator_tells_and_erases_everything_of_a_replys_author(
    as_administrator, as_moderator, mine
) -> None:
    place = f"/api/v1/editorial/comments/{mine[0]['id']}"
    told = as_administrator.post(f"{place}/author/export").json()
    assert (told["contact"]["address"], len(told["replies"])) == (None, 2)
    assert as_moderator.post(f"{place}/author/export").status_code == 403
    assert as_administrator.post(f"{place}/author/erasure").status_code == 428
    stale = as_administrator.post(f"{place}/author/erasure", headers={"If-Match": '"v9-9"'})
    assert stale.status_code == 412
    etag = as_administrator.get(place).headers["ETag"]
    done = as_administrator.post(f"{place}/author/erasure", headers={"If-Match": etag})
    assert done.json() == {"erased": 2}
    assert texts() == {"", "Of somebody else."}
    who = set(AuditEntry.objects.filter(verb="comment.erase").values_list("actor__username", flat=True))
    assert who == {"administrator"}


def test_after_everything_was_asked_for_and_erased_no_table_holds_a_word_of_it(
    api, open_article, decided, moderator, settings
) -> None:
    """Also not in what is sealed: whoever has the keys finds nothing to open."""
    word = "zqxperson"
    sent = form(
        author_name=word,
        author_email=f"{word}@example.org",
        text=word,
        author_website=f"https://{word}.example",
    )
    keys = {"Idempotency-Key": f"{word}key"}
    done = api.post(thread_url(open_article), sent | {"notify_on_reply": True}, headers=keys).json()
    decided(Comment.objects.get(pk=done["id"]), "hold", moderator, note=word)
    worked()
    address = f"{word}@example.org"
    for purpose in ("manage", "export"):
        api.post(link_for(api, purpose, address), headers={"Idempotency-Key": purpose})
    api.post(ASK, {"email": address, "purpose": "erase"}, headers={"Idempotency-Key": "asked"})
    (letter,) = worked()
    link = re.search(r"/api/v1/contact-links/kq_\w+", letter.body)[0]
    assert api.post(link, headers={"Idempotency-Key": "done"}).json()["erased"] == 1
    for table, row in every_row():
        assert word not in text_of(row).casefold(), table
    assert not Letter.objects.exists()
    assert not Contact.objects.exists()
    for record in IdempotencyRecord.objects.all():
        assert word not in opened(record, [f"{word}key", "manage", "export", "asked", "done"])


def opened(record: IdempotencyRecord, keys: list[str]) -> str:
    """The sealed answer of a record, by whichever of the clients' keys opens it."""
    from django.conf import settings

    from cms.sealing import CannotOpen, open_sealed

    routes = (
        "api/v1/articles/<str:slug>/comments",
        "api/v1/contact-requests",
        "api/v1/contact-links/<str:token>",
    )
    for key in keys:
        for route in routes:
            try:
                found = open_sealed(
                    bytes(record.sealed), settings.TOKEN_KEYS, f"idempotency/\n{route}\n{key}"
                )
            except CannotOpen:
                continue
            return found.decode()
    raise AssertionError("a record that no key opens")
