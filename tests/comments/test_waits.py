"""GET /api/v1/editorial/comments/waits: how long replies wait, by grade, to the second."""

import re

import pytest

from tests.comments.test_care import QUEUE

pytestmark = pytest.mark.django_db


def of(rows, grade: str):
    row = next(row for row in rows if row["grade"] == grade)
    return tuple(row[name] for name in ("count", "median_seconds", "p90_seconds", "longest_seconds"))


def test_it_tells_what_waits_and_what_was_decided(
    as_moderator, browser_of, moderator, article, replied, decided, travel
) -> None:
    grave = replied(article, "I will kill myself tonight.", policy="hold").comment
    older = [replied(article, f"Number {n}.", policy="hold").comment for n in range(3)]
    travel(1000)
    late = replied(article, "Late.", policy="hold").comment
    travel(100)
    told = as_moderator.get(f"{QUEUE}/waits").json()
    count, median, p90, longest = of(told["waiting"], "none")
    assert (count, [round(s / 10) for s in (median, p90, longest)]) == (4, [110, 110, 110])
    assert of(told["waiting"], "immediate")[0] == 1
    assert of(told["waiting"], "mention") == (0, None, None, None)
    assert [row["grade"] for row in told["waiting"]] == ["immediate", "concern", "mention", "none"]
    decided(grave, "hold", moderator)
    decided(late, "publish", moderator)
    travel(50)
    decided(grave, "reject", moderator)
    decided(older[0], "publish", moderator)
    decided(older[1], "spam", moderator)
    for period in as_moderator.get(f"{QUEUE}/waits").json()["decided"]:
        count, *waits = of(period["grades"], "none")
        assert (count, [round(s / 10) for s in waits]) == (3, [115, 115, 115])
        count, *waits = of(period["grades"], "immediate")
        assert (count, round(waits[0] / 10)) == (1, 110), "the first decision ends the wait"
    travel(3600)
    shown = browser_of(moderator).get(QUEUE).content.decode()
    lines = [re.findall(r"<t[hd][^>]*>([^<]*)", line) for line in re.findall(r"<tr>.*?</tr>", shown)]
    assert lines[1:] == [
        ["May be in danger now", "0", "–", "1", "18 minutes", "18 minutes"],
        ["May be about themselves: self-harm", "0", "–", "0", "–", "–"],
        ["Speaks of self-harm", "0", "–", "0", "–", "–"],
        ["Everything else", "1", "1 hour", "3", "19 minutes", "19 minutes"],
    ]
    travel(8 * 86_400)
    week, month = as_moderator.get(f"{QUEUE}/waits").json()["decided"]
    assert (week["days"], of(week["grades"], "none")[0]) == (7, 0)
    assert (month["days"], of(month["grades"], "none")[0]) == (30, 3)
