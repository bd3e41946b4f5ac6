"""The desk in a browser without JavaScript: read, claim, decide, many at once, undo."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from comments.models import Claim, Comment, Decision
from tests.comments.desk.conftest import QUEUE

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def page(browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.content
    return response.content.decode()


def submit(browser, shown: str, action: str, *picked: tuple[str, str], **typed: str) -> Any:
    """Send the form of a page that leads to `action`, as a browser does: hidden fields, then what was chosen."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', shown, re.DOTALL)
    assert form, f"the page has no form to {action}"
    tags = re.findall(r'<input type="hidden"[^>]*>', form[1])
    hidden = [(_attribute(tag, "name"), _attribute(tag, "value")) for tag in tags]
    return browser.post(action, urlencode([*hidden, *picked, *typed.items()]), content_type=FORM)


def _attribute(tag: str, name: str) -> str:
    return re.search(rf'{name}="([^"]*)"', tag)[1].replace("&quot;", '"')


def test_from_the_queue_to_a_decision_and_back_by_forms_alone(
    browser_of, moderator, article, replied
) -> None:
    comment = replied(article, "<b>Rest</b> helped.\nOn the second line too.", policy="hold").comment
    browser, one = browser_of(moderator), f"{QUEUE}/{comment.pk}"
    handed = submit(browser, page(browser, QUEUE), f"{QUEUE}/next")
    assert (handed.status_code, handed["Location"]) == (303, one)
    shown = page(browser, one)
    assert "&lt;b&gt;Rest&lt;/b&gt; helped." in shown
    assert "<b>Rest</b>" not in shown
    assert "You are reading it" in shown
    typed = {"decision": "publish", "reason": "within_guidelines", "note": "Kind."}
    decided = submit(browser, shown, f"{one}/decisions", **typed)
    assert (decided.status_code, decided["Location"]) == (303, f"{one}/decisions")
    comment.refresh_from_db()
    assert comment.state == "published"
    decision = Decision.objects.get(decided_by=moderator)
    undone = submit(browser, page(browser, f"{one}/decisions"), f"{one}/decisions/{decision.pk}/undo")
    assert undone.status_code == 303
    comment.refresh_from_db()
    assert comment.state == "held"
    assert "Undo it" not in page(browser, one)


def test_claiming_and_giving_back_are_buttons(browser_of, moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    browser, one = browser_of(moderator), f"{QUEUE}/{comment.pk}"
    assert submit(browser, page(browser, one), f"{one}/claim")["Location"] == one
    assert Claim.objects.get().by == moderator
    submit(browser, page(browser, one), f"{one}/release")
    assert Claim.objects.get().given_back
    nothing = submit(browser, page(browser, QUEUE), f"{QUEUE}/next")
    assert nothing.status_code == 404
    assert "Nothing is left for you." in nothing.content.decode()


def test_many_are_chosen_by_checkboxes_and_each_has_an_answer(
    browser_of, moderator, article, replied
) -> None:
    fine = [replied(article, f"Number {n}.", policy="hold").comment for n in range(3)]
    grave = replied(article, "I want to die.", policy="hold").comment
    browser = browser_of(moderator)
    shown = page(browser, QUEUE)
    picks = re.findall(r'name="pick" value="([^"]+)"', shown)
    assert sorted(picks) == sorted(f"{comment.pk}:1" for comment in fine), "what is graded is opened alone"
    Comment.objects.filter(pk=fine[2].pk).update(last_version=2)
    chosen = [("pick", pick) for pick in [*picks, f"{grave.pk}:1"]]
    answered = submit(browser, shown, f"{QUEUE}/decisions", *chosen, decision="spam")
    told = answered.content.decode()
    assert answered.status_code == 200
    assert told.count(">Decided</span>") == 2
    assert told.count("Not decided</span>") == 2
    assert Comment.objects.filter(state="spam").count() == 2
    again = submit(browser, shown, f"{QUEUE}/decisions", *chosen, decision="spam")
    assert again.content.decode().count(">Decided</span>") == 2, "reloading repeats nothing"
    assert Decision.objects.filter(decided_by=moderator).count() == 2
    none = submit(browser, shown, f"{QUEUE}/decisions", decision="spam")
    assert none.status_code == 422
    assert "Choose at least one reply." in none.content.decode()


def test_what_one_would_rather_not_see_is_a_click_away(browser_of, moderator, article, replied) -> None:
    comment = replied(article, "The funeral was on Monday.", policy="hold").comment
    browser, mine = browser_of(moderator), "/api/v1/editorial/me/preferences"
    shown = page(browser, mine)
    token = _attribute(re.search(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*>', shown)[0], "value")
    sent = {"_method": "PATCH", "_if_match": '"p0"', "rather_not": "death-bereavement"}
    browser.post(mine, urlencode(sent | {"csrfmiddlewaretoken": token}), content_type=FORM)
    assert "Show the text. It holds: death and bereavement" in page(browser, QUEUE)
    assert "Show the text" not in page(browser, f"{QUEUE}/{comment.pk}")
    read = page(browser, "/api/v1/editorial/me/exposure")
    assert re.search(r"Death and bereavement</th><td>1</td><td>0</td>", read)


def test_without_its_csrf_token_nothing_is_done(browser_of, moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    picked = urlencode({"pick": f"{comment.pk}:1", "decision": "publish"})
    for path in (f"{QUEUE}/decisions", f"{QUEUE}/next", f"{QUEUE}/{comment.pk}/claim"):
        assert browser_of(moderator).post(path, picked, content_type=FORM).status_code == 403
    assert not Decision.objects.of_persons().exists()
    assert not Claim.objects.exists()
