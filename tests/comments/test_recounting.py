"""`manage.py recount`: every count of a thread is what its rows say, and what a hand broke is mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.models import Change
from comments import actions
from comments.models import Comment, CommentPrivate, Thread

pytestmark = pytest.mark.django_db


def recount(*options: str) -> str:
    out = StringIO()
    call_command("recount", *options, stdout=out)
    return out.getvalue()


def test_what_the_verbs_count_is_exact(thread, decided, moderator, open_article, article, replied) -> None:
    replied(article, "Waits.", policy="hold")
    for name, decision in (("a", "remove"), ("a1x", "spam"), ("b1", "hold"), ("a", "publish")):
        decided(thread[name], decision, moderator)
    reported = actions.Reported(network="198.51.100.7", reason="abuse", frightens_me=True)
    for name in ("b", "c"):
        actions.report(comment_id=thread[name].pk, reported=reported, now=thread["c"].created_at)
    actions.escalate(
        comment_id=thread["c"].pk, to="The lead", note="Read.", by=moderator, now=thread["c"].created_at
    )
    decided(thread["b"], "remove", moderator)
    assert recount() == "2 threads, 0 wrong counts.\n"


def test_what_is_wrong_is_told_and_mended_only_when_asked(thread, open_article) -> None:
    Thread.objects.update(public_count=99, held_count=3)
    Comment.objects.filter(pk=thread["a"].pk).update(public_replies=7)
    CommentPrivate.objects.filter(pk=thread["b"].pk).update(open_reports=2, urgent_reports=1)
    with pytest.raises(CommandError, match="1 threads, 5 wrong counts"):
        recount()
    assert Thread.objects.get().public_count == 99
    told = recount("--repair")
    assert f"Comment {thread['a'].pk}: public_replies is 7, counted 3\n" in told
    assert told.endswith("1 threads, 5 wrong counts, repaired.\n")
    assert recount() == "1 threads, 0 wrong counts.\n"


def test_a_tombstone_that_should_be_gone_goes_and_caches_are_told(thread, decided, moderator) -> None:
    decided(thread["b1"], "remove", moderator)
    decided(thread["b"], "remove", moderator)
    Comment.objects.filter(pk=thread["b"].pk).update(public_replies=1, visible=True)
    recount("--repair")
    assert not Comment.objects.get(pk=thread["b"].pk).visible
    assert Change.objects.order_by("-id").first().type == "comment.removed"
