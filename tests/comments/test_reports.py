"""POST /api/v1/comments/{id}/reports: any reader may call a moderator; nobody can hide a reply by it."""

import json

import pytest

from comments.models import Comment, Report
from tests.client import ApiClient
from tests.comments.people import own
from tests.comments.test_care import QUEUE, decide, listed

pytestmark = pytest.mark.django_db


def report(comment: Comment, *, address: str = "198.51.100.7", **said):
    body = {"reason": "abuse"} | said
    return ApiClient(REMOTE_ADDR=address).post(f"/api/v1/comments/{comment.pk}/reports", body)


def test_who_is_identified_or_frightened_comes_behind_immediate_danger_and_before_all_else(
    as_moderator, article, open_article, replied
) -> None:
    first = replied(open_article, "An old public reply.").comment
    flagged = replied(open_article, "Another.").comment
    concern = replied(article, "I want to die.", policy="hold").comment
    grave = replied(article, "I will kill myself tonight.", policy="hold").comment
    assert report(first, reason="privacy", identifies_me=True).status_code == 202
    assert report(flagged, reason="spam").status_code == 202
    queue = as_moderator.get(QUEUE).json()["results"]
    assert [r["id"] for r in queue] == [str(c.pk) for c in (grave, first, concern, flagged)]
    assert queue[1]["calls"] == {"escalations": 0, "reports": 1, "urgent_reports": 1, "appeals": 0}
    assert (queue[1]["waiting"], queue[1]["state"]) == (False, "published")
    assert listed(as_moderator, f"{QUEUE}/reports") == [str(first.pk), str(flagged.pk)]


def test_the_answer_is_always_the_same_and_numbers_hide_nothing(api, open_article, replied, settings) -> None:
    comment = replied(open_article, "Stays.").comment
    answers = [report(comment, address=f"198.51.100.{n}", frightens_me=n % 2 == 0) for n in range(12)]
    answers += [report(comment, address="198.51.100.1", note="Again.")]
    assert {a.status_code for a in answers} == {202}
    assert len({a.content for a in answers}) == 1
    assert answers[0].json()["links"]["support"] == "/api/v1/helplines"
    assert api.get(f"/api/v1/comments/{comment.pk}").json()["text"] == "Stays."
    private = Comment.objects.get().private
    assert (private.open_reports, private.urgent_reports) == (12, 6), "one reporter counts once"
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"reports": (2, 600)}
    assert [report(comment, address="192.0.2.1").status_code for _ in range(3)] == [202, 202, 429]


def test_who_reports_again_adds_to_what_they_said(as_moderator, open_article, replied) -> None:
    comment = replied(open_article).comment
    report(comment, note="Look at this.")
    report(comment, reason="privacy", identifies_me=True)
    report(comment, frightens_me=True, reason="privacy")
    rows = as_moderator.get(f"{QUEUE}/{comment.pk}/reports").json()["results"]
    assert [(r["reason"], r["identifies_me"], r["frightens_me"], r["note"]) for r in rows] == [
        ("privacy", True, True, "Look at this.")
    ]
    private = Comment.objects.get().private
    assert (private.open_reports, private.urgent_reports) == (1, 1)


@pytest.mark.parametrize(
    ("decision", "state"), [("publish", "published"), ("hold", "held"), ("remove", "removed")]
)
def test_any_decision_closes_them_and_forgets_who_sent_them(
    as_moderator, open_article, replied, decision, state
) -> None:
    comment = replied(open_article).comment
    report(comment, identifies_me=True, note="My street.")
    assert decide(as_moderator, str(comment.pk), decision, reason="personal_data").status_code == 201
    comment.refresh_from_db()
    assert (comment.state, comment.private.open_reports, comment.private.urgent_reports) == (state, 0, 0)
    row = Report.objects.get()
    assert (row.reporter, row.closed_by.decision) == ("", decision)
    assert as_moderator.get(f"{QUEUE}/reports").json()["results"] == []
    if state == "published":
        report(comment)
        assert Report.objects.filter(closed_by=None).count() == 1, "a new look can be asked for"


def test_undoing_a_decision_opens_again_what_it_closed(as_moderator, open_article, replied) -> None:
    comment = replied(open_article).comment
    for n in range(2):
        report(comment, address=f"192.0.2.{n}", identifies_me=n == 0)
    made = decide(as_moderator, str(comment.pk), "remove", reason="personal_data")
    undo = f"{QUEUE}/{comment.pk}/decisions/{made.json()['id']}/undo"
    assert as_moderator.post(undo, {}, headers={"If-Match": made["ETag"]}).status_code == 201
    comment.refresh_from_db()
    assert (comment.state, comment.private.open_reports, comment.private.urgent_reports) == (
        "published",
        2,
        1,
    )
    assert len(as_moderator.get(f"{QUEUE}/reports").json()["results"]) == 2


def test_notes_are_the_moderators_alone_and_go_with_the_reply(
    api, as_moderator, open_article, replied
) -> None:
    done = replied(open_article)
    report(done.comment, note="Planted note.", identifies_me=True)
    for url in (f"/api/v1/comments/{done.comment.pk}", f"/api/v1/articles/{open_article.pk}/comments"):
        assert "Planted" not in api.get(url).content.decode()
    mine = api.get(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
    assert "Planted" not in mine.content.decode()
    assert "Planted" in json.dumps(as_moderator.get(f"{QUEUE}/reports").json())
    api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
    assert not Report.objects.exists()
    assert listed(as_moderator) == []


def test_what_is_not_public_cannot_be_reported(api, article, replied) -> None:
    held = replied(article, policy="hold").comment
    assert report(held).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"reason": "ugly"}, "/reason"),
        ({"reason": None}, "/reason"),
        ({"identifies_me": "yes"}, "/identifies_me"),
        ({"note": "x" * 2001}, "/note"),
        ({"email": "me@example.org"}, "/email"),
    ],
)
def test_what_is_wrong_with_one_is_told(open_article, replied, said, pointer) -> None:
    answer = report(replied(open_article).comment, **said)
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_the_answer_speaks_french_to_who_asks(open_article, replied) -> None:
    answer = report(replied(open_article).comment, locale="fr-CA")
    assert answer.json()["state_text"].startswith("Merci.")
