"""Who may be in danger: read first, offered support, seen by nobody else; and somebody is told that a reply waits."""

import json

import pytest

from comments.actions.unheeded import unheeded
from comments.models import AlertState, Comment, Decision
from tests.builders import an_entry
from tests.comments.people import form, own, thread_url
from tests.letters import OFFERED, worked

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/editorial/comments"
GRAVE = "I will kill myself tonight. zqxtext"
LEADS = ["lead@magazine.example", "night@magazine.example"]


@pytest.fixture
def alerted(settings, db):
    settings.EMAIL_URL, settings.MAIL_FROM = OFFERED, "post@magazine.example"
    settings.COMMENT_ALERT_TO = LEADS
    return settings


def test_a_crisis_text_by_an_unknown_person_is_held_first_supported_hidden_and_told(
    api, as_moderator, open_article, replied, alerted, mailoutbox
) -> None:
    an_entry("helpline", "night-line", country="CA")
    replied(open_article, "An earlier reply that waits.", policy="hold")
    sent = form(text=GRAVE, author_name="zqxname", author_email="zqxmail@zqx.example", country="CA")
    answer = api.post(thread_url(open_article), sent)
    told = answer.json()
    assert (answer.status_code, told["state"]) == (202, "received")
    assert [line["name"] for line in told["support"]] == ["Night Line"]
    assert "immediate" not in answer.content.decode(), "the grade is told to nobody outside"
    queue = as_moderator.get(QUEUE).json()["results"]
    assert (queue[0]["id"], queue[0]["grade"]) == (told["id"], "immediate")
    for url in (f"/api/v1/comments/{told['id']}", f"{QUEUE}/{told['id']}"):
        assert api.get(url).status_code in (401, 404)
    thread = api.get(f"{thread_url(open_article)}?count=true").json()
    assert (thread["results"], thread["count"]) == ([], 0)
    assert api.get(told["links"]["self"], headers=own("ka_" + "x" * 43)).status_code == 404
    letters = worked()
    assert sorted(letter.to[0] for letter in letters) == LEADS
    for letter in letters:
        whole = letter.message().as_string() + letter.body
        assert "http://testserver/api/v1/editorial/comments\n" in letter.body or QUEUE in letter.body
        hidden = ("zqx", told["id"], str(open_article.pk), "walking", "Sleep after trauma", "kill", "CA\n")
        assert [word for word in hidden if word in whole] == []


def test_alerts_are_few_and_come_again_while_nobody_comes(
    as_moderator, open_article, replied, alerted, mailoutbox, travel
) -> None:
    alerted.COMMENT_ALERT_TO = LEADS[:1]
    first = replied(open_article, GRAVE).comment
    for n in range(3):
        replied(open_article, f"I will kill myself tonight. {n}")
    assert len(worked()) == 1, "one letter for all of them"
    travel(11 * 60)
    assert len(worked()) == 1, "those that came behind the first letter have one of their own, and one only"
    travel(28 * 60)
    assert worked() == []
    travel(2 * 60)
    assert len(worked()) == 1, "nobody came"
    for comment in Comment.objects.all():
        assert as_moderator.post(f"{QUEUE}/{comment.pk}/claim", {}).status_code == 200
    travel(3600)
    assert worked() == []
    assert not unheeded().exists()
    assert first.state == "held"


def test_a_letter_whose_cause_was_taken_up_meanwhile_is_not_sent(
    open_article, replied, alerted, mailoutbox, decided, moderator
) -> None:
    comment = replied(open_article, GRAVE).comment
    decided(comment, "hold", moderator)
    assert worked() == []


@pytest.mark.parametrize(
    ("text", "grade", "letters"),
    [("Thank you.", "concern", 0), ("I want to die.", "immediate", 0), ("I want to die.", "concern", 1)],
)
def test_the_site_chooses_from_which_grade_on(
    open_article, replied, alerted, mailoutbox, text, grade, letters
) -> None:
    alerted.COMMENT_ALERT_GRADE, alerted.COMMENT_ALERT_TO = grade, LEADS[:1]
    replied(open_article, text)
    assert len(worked()) == letters


def test_an_edit_that_turns_grave_calls_too_and_no_mail_no_call(
    api, open_article, alerted, mailoutbox
) -> None:
    alerted.EMAIL_URL = ""
    sent = api.post(thread_url(open_article), form(text="A reply.")).json()
    tag = api.get(sent["links"]["self"], headers=own(sent["author_token"]))["ETag"]
    headers = own(sent["author_token"]) | {"If-Match": tag}
    changed = api.patch(sent["links"]["self"], {"text": GRAVE}, headers=headers)
    assert not AlertState.objects.exists()
    alerted.EMAIL_URL = OFFERED
    headers["If-Match"] = changed["ETag"]
    api.patch(sent["links"]["self"], {"text": GRAVE + " Again."}, headers=headers)
    assert len(worked()) == len(LEADS)


@pytest.mark.parametrize("policy", ["publish", "hold"])
@pytest.mark.parametrize("text", [GRAVE, "I want to die."])
def test_no_machine_publishes_or_rejects_it(open_article, replied, policy, text) -> None:
    comment = replied(open_article, text, policy=policy).comment
    comment.refresh_from_db()
    assert comment.state == "held"
    assert [(d.decision, d.decided_by) for d in Decision.objects.filter(comment=comment)] == [("hold", None)]


def test_a_site_that_does_not_grade_stores_no_grade_and_orders_by_age(
    as_moderator, open_article, replied, alerted, mailoutbox
) -> None:
    alerted.COMMENT_CRISIS_GRADING = False
    first = replied(open_article, "First.", policy="hold").comment
    grave = replied(open_article, GRAVE, policy="hold").comment
    queue = as_moderator.get(QUEUE).json()["results"]
    assert [(r["id"], r["grade"]) for r in queue] == [(str(c.pk), "none") for c in (first, grave)]
    assert "crisis" not in json.dumps([r["verdicts"] for r in queue])
    assert grave.versions.get().private.grade == 0
    assert worked() == []
