"""The same addresses as pages: read by anybody, decided in a browser without JavaScript."""

import re
from urllib.parse import urlencode

import pytest

from comments.models import Decision
from tests.comments.people import thread_url

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
QUEUE = "/api/v1/editorial/comments"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the first form that has it."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, f"the page has no field {name}"
    return re.search(r'value="([^"]*)"', tag[0])[1].replace("&quot;", '"')


def send(browser, url: str, **fields: str):
    page = browser.get(url).content.decode()
    names = ("csrfmiddlewaretoken", "_idempotency_key", "_if_match")
    sent = {name: hidden(page, name) for name in names} | fields
    return browser.post(url, urlencode(sent), content_type=FORM)


def test_anybody_may_look_at_a_thread_as_a_page(browser_of, open_article, replied) -> None:
    comment = replied(open_article, "<script>alert(1)</script>").comment
    for url in (thread_url(open_article), f"/api/v1/comments/{comment.pk}"):
        response = browser_of(None).get(url)
        page = response.content.decode()
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/html")
        assert response["Cache-Control"] == "no-store"
        assert "<script>alert(1)</script>" not in page
        assert "alert(1)" in page


@pytest.mark.parametrize("part", ["", "/{id}", "/{id}/versions", "/{id}/decisions"])
def test_a_moderator_has_pages_for_all_of_it(browser_of, moderator, article, replied, part) -> None:
    comment = replied(article, "A reply to read.", policy="hold").comment
    response = browser_of(moderator).get(QUEUE + part.format(id=comment.pk))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


def test_a_decision_by_form_is_made_and_led_back(browser_of, moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    url = f"{QUEUE}/{comment.pk}/decisions"
    response = send(browser_of(moderator), url, decision="publish", version="1", note="Read.")
    assert response.status_code == 303
    assert response["Location"] == url
    decision = Decision.objects.get(decided_by=moderator)
    assert (decision.decision, decision.note.text) == ("publish", "Read.")


def test_the_form_begins_with_the_version_that_is_shown(browser_of, moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    page = browser_of(moderator).get(f"{QUEUE}/{comment.pk}/decisions").content.decode()
    assert hidden(page, "version") == "1"


def test_a_conflict_keeps_what_was_typed(browser_of, moderator, article, replied, decided) -> None:
    comment = replied(article, policy="hold").comment
    browser, url = browser_of(moderator), f"{QUEUE}/{comment.pk}/decisions"
    page = browser.get(url).content.decode()
    sent = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "_idempotency_key", "_if_match")}
    decided(comment, "hold", moderator)
    sent |= {"decision": "reject", "version": "1", "reason": "other", "note": "My careful words."}
    response = browser.post(url, urlencode(sent), content_type=FORM)
    assert response.status_code == 412
    assert "My careful words." in response.content.decode()
    assert not Decision.objects.filter(decision="reject").exists()


def test_without_its_csrf_token_nothing_is_decided(browser_of, moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    sent = urlencode({"decision": "publish", "version": "1", "_if_match": comment.etag})
    response = browser_of(moderator).post(f"{QUEUE}/{comment.pk}/decisions", sent, content_type=FORM)
    assert response.status_code == 403
    assert not Decision.objects.filter(decided_by=moderator).exists()


@pytest.mark.parametrize("rows", [3, 6])
def test_a_page_of_the_queue_costs_four_queries_more_at_most(
    browser_of, moderator, article, replied, django_assert_max_num_queries, rows
) -> None:
    for _ in range(rows):
        replied(article, policy="hold")
    browser = browser_of(moderator)
    # session, user, roles, the queue, preferences, the latest versions, labels, the articles' titles; two for the page;
    # two for how long replies wait
    with django_assert_max_num_queries(12):
        browser.get(QUEUE)


def test_a_signed_in_moderator_sees_a_thread_as_everybody_does(
    browser_of, moderator, open_article, replied
) -> None:
    replied(open_article)
    anybody = browser_of(None).get(thread_url(open_article)).content
    assert b"_method" not in browser_of(moderator).get(thread_url(open_article)).content
    assert b"_method" not in anybody
