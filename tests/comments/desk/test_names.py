"""Answers that name somebody who erased their reply: listed by the erasure, until a moderator has looked."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import clock
from cms.models import AuditEntry
from cms.preconditions import IfMatch
from comments import actions, naming
from comments.models import Comment, CommentPrivate
from tests.comments.desk.conftest import QUEUE
from tests.comments.desk.test_desk_pages import page, submit
from tests.comments.people import own
from tests.comments.test_failures import nothing_is_left_whichever_statement_fails
from tests.comments.test_ledger import then_a_backup_is_restored
from tests.security.rows import every_row, text_of

pytestmark = pytest.mark.django_db
NAME = "Zqxanna Zqxmeyer"


@pytest.fixture
def answered(open_article, replied):
    """A reply of somebody with a name, and what others answered to it. Gives the reply, and the answers by text."""

    def make(*texts: str, name: str = NAME, policy: str = "publish", **typed: str):
        done = replied(open_article, "My own story.", author_name=name, **typed)
        return done, {
            text: replied(open_article, text, to=done.comment, policy=policy).comment for text in texts
        }

    return make


def erase(comment: Comment) -> None:
    actions.erase(comment_id=comment.pk, now=clock.read_instant())


def listed(client, state: str = "published") -> list[str]:
    answer = client.get(f"{QUEUE}?state={state}&names_erased=true")
    assert answer.status_code == 200, answer.content
    return sorted(entry["text"] for entry in answer.json()["results"])


def looked_at(client, comment: Comment):
    comment.refresh_from_db()
    return client.post(f"{QUEUE}/{comment.pk}/names-nobody", headers={"If-Match": comment.etag})


def test_answers_that_name_whoever_erased_are_listed_and_no_others(
    api, as_moderator, open_article, replied, answered
) -> None:
    naming_them = ("Dear zqxanna, rest well.", "ZQXANNA’S words helped.", "Z q x a n n a, yes.", "Hi Zqxаnna")
    others = ("Rest well.", "Zqxannabel says hello.", "Anna said so.")
    done, answers = answered(*naming_them, *others)
    below = replied(open_article, "Zqxanna said so.", to=answers["Rest well."]).comment
    elsewhere = replied(open_article, "Zqxanna is missed here.").comment
    assert listed(as_moderator) == []
    api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
    assert listed(as_moderator) == sorted(naming_them)
    assert as_moderator.get(f"{QUEUE}?state=published&names_erased=false&count=true").json()["count"] == 5
    entry = as_moderator.get(f"{QUEUE}/{answers[naming_them[0]].pk}").json()
    assert entry["names_erased_since"] is not None
    assert entry["links"]["names_nobody"] == f"{QUEUE}/{entry['id']}/names-nobody"
    for other in (below, elsewhere):
        assert CommentPrivate.objects.get(pk=other.pk).names_erased_since is None
    assert AuditEntry.objects.get(verb="comment.erase").detail == {"answers_listed": 4}
    assert [table for table, row in every_row() if "zqxmeyer" in text_of(row).lower()] == []


def test_what_waits_and_what_is_public_beneath_an_edit_are_listed_too(
    api, as_moderator, open_article, replied, answered
) -> None:
    done, _ = answered("Zqxanna waits.", policy="hold")
    edited = replied(open_article, "Thank you, Zqxanna.", to=done.comment)
    edited.comment.refresh_from_db()
    headers = own(edited.token) | {"If-Match": edited.comment.etag}
    mine = f"/api/v1/my/comments/{edited.comment.pk}"
    assert api.patch(mine, {"text": "See https://new.example"}, headers=headers).status_code == 200
    erase(done.comment)
    assert listed(as_moderator, "waiting") == ["See https://new.example", "Zqxanna waits."]
    erase(edited.comment)
    assert listed(as_moderator, "waiting") == ["Zqxanna waits."]
    assert listed(as_moderator, "deleted") == [], "what was erased itself names nobody"


def test_a_ledger_that_is_replayed_lists_them_again(as_moderator, settings, tmp_path, answered) -> None:
    settings.ERASURE_LEDGER = tmp_path / "erasures.log"
    done, _ = answered("Dear Zqxanna.")
    with then_a_backup_is_restored():
        erase(done.comment)
    assert listed(as_moderator) == []
    call_command("erasures", "replay", stdout=io.StringIO())
    assert listed(as_moderator) == ["Dear Zqxanna."]


@pytest.mark.parametrize(
    ("name", "folded", "said"),
    [
        ("Al", " thank you al ", False),
        ("Ana", " thank you ana ", True),
        ("Ana Maria Silva", " thank you ana ", False),
        ("Hello Kitty", " hello to all ", False),
        ("Hello Kitty", " dear hello kitty ", True),
        ("Anonymous", " anonymous groups helped ", False),
        ("Marie-Claire O'Brien", " merci marie claire obrien ", True),
        ("Anna", " lami danna et quanna ", True),
        ("Élodie", " elodies words ", True),
        ("...", " any words ", False),
    ],
)
def test_a_name_is_whole_words_and_no_ordinary_one(name, folded, said) -> None:
    assert naming.is_said(naming.forms_of([name]), folded) is said


def test_the_typed_name_counts_though_readers_saw_initials(as_moderator, answered) -> None:
    done, _ = answered("Is it you, Zqxanna?", "Thank you, Z. M.", display_as="initials")
    erase(done.comment)
    assert listed(as_moderator) == ["Is it you, Zqxanna?"]


def test_a_moderator_redacts_and_takes_it_off_the_list(as_moderator, answered) -> None:
    done, answers = answered("Dear Zqxanna, rest.")
    (answer,) = answers.values()
    url = f"{QUEUE}/{answer.pk}"
    before = as_moderator.get(url)["ETag"]
    erase(done.comment)
    assert as_moderator.post(f"{url}/names-nobody", headers={"If-Match": before}).status_code == 412
    assert as_moderator.post(f"{url}/names-nobody").status_code == 428
    answer.refresh_from_db()
    span = {"start": 5, "end": 12, "version": 1, "label": "identifies_somebody"}
    assert as_moderator.post(f"{url}/redactions", span, headers={"If-Match": answer.etag}).status_code == 201
    assert len(listed(as_moderator)) == 1, "it may stand in more than one place"
    for _ in range(2):
        assert looked_at(as_moderator, answer).status_code == 204
    assert listed(as_moderator) == []
    assert AuditEntry.objects.get(verb="comment.names_nobody").detail == {"version": 2}
    assert [table for table, row in every_row() if "zqxanna" in text_of(row).lower()] == []


def test_whoever_does_not_moderate_learns_nothing_of_it(api, as_author, answered) -> None:
    done, answers = answered("Dear Zqxanna.")
    erase(done.comment)
    (answer,) = answers.values()
    for client in (api, as_author):
        assert client.get(f"{QUEUE}?names_erased=true").status_code in (401, 403)
        assert looked_at(client, answer).status_code in (401, 403, 404)
    assert "names" not in api.get(f"/api/v1/comments/{answer.pk}").content.decode()
    assert CommentPrivate.objects.get(pk=answer.pk).names_erased_since is not None


def test_failing_in_the_middle_lists_nothing_and_takes_nothing_off(moderator, answered) -> None:
    done, answers = answered("Dear Zqxanna.", "Yes, Zqxanna.")
    nothing_is_left_whichever_statement_fails(lambda: erase(done.comment))
    answer = answers["Dear Zqxanna."]
    answer.refresh_from_db()
    tag = IfMatch((answer.etag,))
    nothing_is_left_whichever_statement_fails(
        lambda: actions.names_nobody(
            comment_id=answer.pk, if_match=tag, by=moderator, now=clock.read_instant()
        )
    )
    assert CommentPrivate.objects.filter(names_erased_since__isnull=False).count() == 1


def test_an_erasure_costs_the_same_however_many_answers_name_them(answered) -> None:
    costs = []
    for number in (2, 6):
        done, _ = answered(*(f"Zqxanna, number {n}." for n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            erase(done.comment)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_desk_says_so_and_has_a_button(browser_of, moderator, answered) -> None:
    done, answers = answered("Dear Zqxanna.")
    erase(done.comment)
    (answer,) = answers.values()
    browser, one = browser_of(moderator), f"{QUEUE}/{answer.pk}"
    assert "names somebody who erased their reply" in page(
        browser, f"{QUEUE}?state=published&names_erased=true"
    )
    shown = page(browser, one)
    assert f'href="{one}/redactions"' in shown
    assert 'name="start"' in browser.get(f"{one}/redactions").content.decode()
    assert submit(browser, shown, f"{one}/names-nobody").status_code == 303
    assert "names somebody" not in page(browser, one)
