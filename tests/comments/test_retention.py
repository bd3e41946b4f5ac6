"""Retention: each clock ends what is over and nothing else, whoever stops it; a setting lengthens and shortens."""

import io
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from articles import actions as article_actions
from articles.actions.previewing import link_to_article
from articles.models import Autosave, PreviewLink
from cms import audit, clock, limits, retention
from cms.env import periods
from cms.errors import WrongState
from cms.models import AddressKey, ApiToken, AuditEntry, IdempotencyRecord, Permit, RateWindow
from comments.models import (
    Comment,
    CommentPrivate,
    CommentVersion,
    Contact,
    DecisionNote,
    TextDigest,
    VersionPrivate,
)
from tests.builders import an_article
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db


def long_text(about: str) -> str:
    """Words enough to be remembered by the gate, and unlike any other."""
    return " ".join(about + letter for letter in "abcdefghij")


def retain(*words: str) -> dict[str, int]:
    """What the command prints: clock to number."""
    out = io.StringIO()
    call_command("retain", *words, stdout=out)
    return {line.split()[0]: int(line.split()[-2].replace(",", "")) for line in out.getvalue().splitlines()}


def numbers(told: dict[str, int]) -> dict[str, int]:
    """Those of replies that are not 0."""
    ours = {each.name for each in retention.clocks() if each.name in OF_REPLIES}
    return {name: number for name, number in told.items() if name in ours and number}


OF_REPLIES = {
    "ip_digests", "text_digests", "countries", "rejected_texts", "spam_texts", "removed_texts", "earlier_texts",
    "verdicts", "grades", "typed_names", "decision_notes", "addresses", "reports", "escalation_notes",
}  # fmt: skip


@pytest.fixture
def replies(open_article, replied, decided, moderator) -> dict[str, Comment]:
    """One in each state, each with all that can be kept of one."""
    placed = {}
    for state, decision in {
        "rejected": "reject",
        "spam": "spam",
        "removed": "remove",
        "published": None,
    }.items():
        comment = placed[state] = replied(
            open_article, long_text(state), email=f"{state}@example.org"
        ).comment
        if decision:
            if decision == "reject":
                decided(comment, "hold", moderator)
            decided(comment, decision, moderator, note="A note.")
    placed["held"] = replied(open_article, long_text("held"), policy="hold", email="held@example.org").comment
    CommentPrivate.objects.update(country="CA", urgency=1)
    VersionPrivate.objects.update(grade=2, author_website="https://a.example")
    VersionPrivate.objects.filter(verdicts=[]).update(verdicts=[{"rule": "x"}])
    return placed


def texts() -> dict[str, str]:
    return dict(CommentVersion.objects.values_list("comment__state", "text"))


def test_each_clock_ends_its_own_at_its_own_time(replies, travel, settings) -> None:
    settings.RETENTION = settings.RETENTION | {"removed_texts": None}
    everything = {state: long_text(state) for state in replies}
    assert numbers(retain("--dry-run")) == numbers(retain()) == {}
    assert texts() == everything
    steps = {
        31: {"ip_digests": 5, "text_digests": 40, "countries": 4, "spam_texts": 1},
        91: {"rejected_texts": 1, "verdicts": 3, "grades": 4},
        366: {"typed_names": 2, "decision_notes": 1, "addresses": 4},
    }
    for days, ended in steps.items():
        travel(timedelta(days=days).total_seconds())
        text_digests_left = TextDigest.objects.count()
        expected = ended | ({"text_digests": text_digests_left} if "text_digests" in ended else {})
        assert numbers(retain("--dry-run")) == expected
        assert numbers(retain()) == expected
        assert numbers(retain()) == {}, "what was ended is ended"
    assert texts() == everything | {"spam": "", "rejected": ""}
    assert set(CommentPrivate.objects.values_list("ip_digest", flat=True)) == {""}
    waiting = CommentPrivate.objects.get(pk=replies["held"].pk)
    assert (waiting.country, waiting.urgency, waiting.contact) == ("CA", 1, Contact.objects.get())
    assert not DecisionNote.objects.exists()


def test_words_whose_time_is_over_leave_the_reply_decided_and_its_author_told(
    api, article, decided, moderator, travel
) -> None:
    answer = api.post(thread_url(article), form(locale="en")).json()
    comment = decided(Comment.objects.get(pk=answer["id"]), "reject", moderator, reason="hurtful")
    travel(timedelta(days=91).total_seconds())
    assert retain()["rejected_texts"] == 1
    seen = api.get(answer["links"]["self"], headers=own(answer["author_token"])).json()
    assert (seen["state"], seen["text"], seen["author"]["name"]) == ("not_published", "", None)
    assert seen["reason"]
    with pytest.raises(WrongState, match="kept long enough"):
        decided(comment, "publish", moderator)
    assert AuditEntry.objects.filter(verb="comment.expire", subject=comment.pk).count() == 1
    deleted = api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
    assert deleted.status_code == 204


def test_an_earlier_text_goes_and_the_public_one_stays(api, open_article, travel) -> None:
    answer = api.post(thread_url(open_article), filled(open_article, text="First.")).json()
    headers = own(answer["author_token"]) | {"If-Match": '"v1-1"'}
    api.patch(answer["links"]["self"], {"text": "Second."}, headers=headers)
    travel(timedelta(days=91).total_seconds())
    assert retain()["earlier_texts"] == 1
    assert list(CommentVersion.objects.order_by("number").values_list("text", flat=True)) == ["", "Second."]
    assert api.get(f"/api/v1/comments/{answer['id']}").json()["text"] == "Second."


def test_what_requests_and_the_desk_leave_behind_goes_too(api, article, author, travel) -> None:
    api.post(thread_url(article), form(), headers={"Idempotency-Key": "one"})
    limits.take("author", "somebody", by="token")
    now = clock.now()
    ApiToken.objects.create(user=author, name="old", expiry=timedelta(seconds=60), scopes=[])
    link_to_article(article_id=an_article(by=author).pk, by=author, now=now)
    article_actions.keep_working_copy(
        article_id=article.pk, based_on=1, content={"title": "Typed"}, by=author, now=now
    )
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=now + timedelta(seconds=1))
    entry = audit.record(
        verb="x", subject_type="y", subject=article.pk, by=author, at=now, detail={"version": 1}
    )
    kept = (IdempotencyRecord, RateWindow, AddressKey, ApiToken, PreviewLink, Autosave, Session)
    assert all(model._base_manager.exists() for model in kept[:2] + kept[3:])
    travel(timedelta(days=1200).total_seconds())
    assert retain()["audit_details"] == AuditEntry.objects.count()
    assert [model.__name__ for model in kept if model._base_manager.exists()] == []
    entry.refresh_from_db()
    assert (entry.detail, entry.actor, entry.verb) == ({}, author, "x")
    assert not Permit.objects.exists()


def test_batches_are_committed_one_by_one_and_a_stopped_run_goes_on(replies, travel, monkeypatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    travel(timedelta(days=31).total_seconds())
    digests = next(each for each in retention.clocks() if each.name == "ip_digests")
    batches = retention.end(digests, clock.now())
    assert next(batches) == 2
    assert CommentPrivate.objects.exclude(ip_digest="").count() == 3
    assert sum(retention.end(digests, clock.now())) == 3, "another run takes the rest"
    assert sum(batches) == 0, "and the first finds nothing"


def test_no_text_and_no_address_is_printed(replies, travel) -> None:
    travel(timedelta(days=400).total_seconds())
    out = io.StringIO()
    call_command("retain", "--dry-run", stdout=out)
    call_command("retain", stdout=out)
    assert "@" not in out.getvalue()
    assert long_text("published")[:20] not in out.getvalue()


def test_every_clock_has_a_period_and_every_period_a_clock() -> None:
    assert {each.name for each in retention.clocks()} == set(configured.RETENTION)


@pytest.mark.parametrize("said", ["spam=3", "spam_texts=-1", "spam_texts=soon", "spam_texts=99999"])
def test_a_period_that_is_none_stops_the_start_and_says_what_to_set(monkeypatch, said) -> None:
    monkeypatch.setenv("RETENTION", said)
    with pytest.raises(ImproperlyConfigured, match="Set RETENTION to pairs such as"):
        periods("RETENTION", {"spam_texts": 30})


def test_a_period_is_set_in_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("RETENTION", "spam_texts=7,addresses=ever")
    chosen = periods("RETENTION", {"spam_texts": 30, "addresses": 365, "grades": 90})
    assert chosen == {"spam_texts": 7, "addresses": None, "grades": 90}
