"""A thread of any length: its pages and a reply to it cost what they cost in a short one."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from comments.models import Comment, Thread
from tests.comments.forms import filled
from tests.scale.explaining import Listener, Statement, faults, following, plan, statements
from tests.scale.test_plans import many

pytestmark = pytest.mark.django_db
__all__ = ["many"]

ALIKE = "how many digests each of a few texts shares with this one"


def path_of(thread: Thread, **query: Any) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/api/v1/articles/{thread.article_id}/comments?{asked}"


def posting(thread: Thread, settings: Any, text: str, **reply: str) -> list[Statement]:
    """What one reply sends, which appears at once."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (1_000, 600)}
    sent = filled(thread.article, text=text, **reply)
    listener = Listener()
    with connection.execute_wrapper(listener):
        answer = Client().post(path_of(thread), sent, content_type="application/json")
    assert answer.status_code == 201, answer.content
    words = ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
    return [said for said in listener.heard if said.sql.lstrip().startswith(words)]


def of_the_thread(sent: list[Statement]) -> list[str]:
    """Those about the tables of threads. Of the others some, by chance, sweep what is old."""
    return [said.sql for said in sent if '"comments_comment"' in said.sql or '"comments_thread"' in said.sql]


def largest_and_small() -> tuple[Thread, Thread]:
    by_size = Thread.objects.order_by("-public_count")
    return by_size[0], by_size.filter(public_count__lte=10)[0]


def test_first_middle_and_last_page_are_the_same_statements(many: None) -> None:
    largest, _ = largest_and_small()
    count = Comment.objects.visible().in_thread(largest.article_id).count()
    first = path_of(largest, limit=5, ordering="created_at")
    seen = [
        [said.sql for said in statements(address)]
        for address in (first, following(first, count // 10), following(first, (count - 1) // 5))
    ]
    assert [len(sent) for sent in seen] == [len(seen[0])] * 3
    assert len(seen[0]) <= 2
    assert seen[1] == seen[2]


def test_a_reply_costs_the_same_statements_in_a_large_thread_as_in_a_small_one(
    many: None, settings: Any
) -> None:
    largest, small = largest_and_small()
    into_largest = posting(
        largest, settings, "The bowl that was broken is mended with gold, slowly, by hand."
    )
    into_small = posting(small, settings, "My neighbour and I walk along the river each morning before work.")
    assert of_the_thread(into_largest) == of_the_thread(into_small)
    deepest = Comment.objects.visible().in_thread(largest.article_id).filter(state="published")
    parent = str(deepest.order_by("-depth")[0].pk)
    deep = posting(
        largest, settings, "What you said of sleep is how it was for me in the winter.", parent=parent
    )
    assert len(of_the_thread(deep)) <= len(of_the_thread(into_largest)) + 4, "all above are counted at once"
    wrong = [
        f"{fault}\n  {said.sql[:1000]}\n  " + "\n  ".join(plan(said))
        for said in (*into_largest, *deep)
        if not said.sql.startswith("INSERT")
        for fault in faults(said, sorts=ALIKE)
    ]
    assert not wrong, "\n".join(wrong)
